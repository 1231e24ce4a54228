import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { documentFromObject, readDocument } from '../../document/index.js';
import { type Fixtures, noFixtures } from '../../fixture/index.js';
import {
  checkRequest,
  checkSecurity,
  createOperations,
  type Operation,
  type Operations,
} from '../../operation/index.js';
import { createSchemas } from '../../schema/schemas.js';
import type { Json, JsonObject } from '../../text/value.js';
import { fillCredentials } from '../credentials/place.js';
import { aspects, type ContractCase } from '../types.js';
import { casesInTurn, type DeriveOptions, deriveCases } from './derive.js';
import { whyNone } from './why-none.js';

const corpus = new URL('../../../tests/documents/', import.meta.url);
const modules = new URL('../../../node_modules/', import.meta.url);

async function open(path: string | URL): Promise<Operations> {
  return createOperations(await readDocument(typeof path === 'string' ? path : path.pathname));
}

function openObject(root: unknown): Operations {
  return createOperations(documentFromObject(root as JsonObject));
}

/** One operation, `POST /things/{id}` or `GET /things`, of a document made for a test. */
function operationOf(
  method: 'get' | 'post',
  path: string,
  operation: unknown,
  components: unknown = {},
): [Operation, Operations] {
  const operations = openObject({
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    paths: { [path]: { [method]: { responses: { '200': { description: 'ok' } }, ...(operation as object) } } },
    components,
  });
  return [operations.compile(operations.entries[0] as Operation), operations];
}

const withQuery = (schema: unknown, over: object = {}) =>
  operationOf('get', '/things', { parameters: [{ name: 'q', in: 'query', schema, ...over }] });
const withBody = (schema: unknown, components: unknown = {}, mediaType = 'application/json') =>
  operationOf('post', '/things', { requestBody: { required: true, content: { [mediaType]: { schema } } } }, components);

const derive = ([operation, operations]: [Operation, Operations], options: Partial<DeriveOptions> = {}) =>
  deriveCases(operation, operations, { seed: 1, ...options });
const text = (contractCase: ContractCase) =>
  contractCase.request.body === null ? '' : new TextDecoder().decode(contractCase.request.body);
const titles = (cases: readonly ContractCase[], aspect: string) =>
  cases.filter((one) => one.aspect === aspect).map(({ title }) => title);

function* allCases(operations: Operations, seed = 1): Iterable<[Operation, ContractCase[]]> {
  for (const entry of operations.entries) {
    const operation = operations.compile(entry);
    yield [operation, deriveCases(operation, operations, { seed })];
  }
}

/** What is wrong with a case, by the reading of it that `operation/` has: nothing, if it expects what it may expect. */
function misjudgement(operation: Operation, operations: Operations, contractCase: ContractCase): string | null {
  const { expectation, request, title } = contractCase;
  if (expectation === 'survived' || expectation === 'method-not-allowed' || expectation === 'not-acceptable')
    return null;
  if (expectation === 'unauthorized') {
    const credentials = new Map(operation.security.flat().map(({ name }) => [name, 'Y291bnRlcnByb29mOndyb25n']));
    const isRefused = checkSecurity(operation, fillCredentials(request, credentials)).length > 0;
    return isRefused || contractCase.onlyWithCredential ? null : `${title} has a credential`;
  }
  const match = operations.match(request.method, request.target);
  if (match.kind !== 'operation' || match.entry.id !== operation.id) return `${title} is not for ${operation.id}`;
  const { violations } = checkRequest(operation, request, match.pathParameters);
  const isRight = (expectation === 'accepted') === (violations.length === 0);
  return isRight
    ? null
    : `${operation.id}: ${title} expects ${expectation}: ${violations.map(({ message }) => message)}`;
}

it('takes a path for its own whose template has what a request encodes', () => {
  const [operation, operations] = operationOf('get', '/the things"', {});
  const cases = [...casesInTurn(operation, operations, { seed: 1 })];
  expect(cases.find((one) => one?.title.startsWith('HEAD'))?.expectation).toBe('survived');
});

it('the first case is made without the others, however many parameters there are', () => {
  const parameters = Array.from({ length: 3000 }, (_, index) => ({
    name: `q${index}`,
    in: 'query',
    schema: { type: 'integer' },
  }));
  const [operation, operations] = operationOf('get', '/things', { parameters });
  const turns = casesInTurn(operation, operations, { seed: 1, maxCases: 1 });
  const steps = [...turns];
  expect(steps.filter((one) => one !== null).map(({ title }) => title)).toEqual(['a valid request']);
  expect(steps.length).toBeLessThan(10);
});

describe('deriveCases on the built-in document', () => {
  it('makes cases that a person can read', async () => {
    const operations = await open('spec/openhands-installations.yaml');
    const [[, cases] = []] = [...allCases(operations)];
    const lines = cases?.map(
      ({ aspect, expectation, title, request: { method, target } }) =>
        `${aspect} → ${expectation} | ${title} | ${method} ${target.length > 100 ? `${target.slice(0, 60)}…` : target}`,
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "accepted → accepted | a valid request | GET /api/user/installations?provider=github",
        "accepted → accepted | provider = "gitlab" (enum value) | GET /api/user/installations?provider=gitlab",
        "accepted → accepted | provider = "bitbucket" (enum value) | GET /api/user/installations?provider=bitbucket",
        "accepted → accepted | provider = "enterprise_sso" (enum value) | GET /api/user/installations?provider=enterprise_sso",
        "rejected → rejected | provider missing (required) | GET /api/user/installations",
        "rejected → rejected | provider = "" (empty) | GET /api/user/installations?provider=",
        "rejected → rejected | provider = "GITHUB" (other case than an enum value) | GET /api/user/installations?provider=GITHUB",
        "rejected → rejected | provider = "github " (trailing blank after an enum value) | GET /api/user/installations?provider=github%20",
        "rejected → rejected | provider = "githu" (a prefix of an enum value) | GET /api/user/installations?provider=githu",
        "rejected → rejected | provider = "githubx" (an enum value with more at its end) | GET /api/user/installations?provider=githubx",
        "rejected → rejected | provider = " github" (leading blank before an enum value) | GET /api/user/installations?provider=%20github",
        "security → unauthorized | no credential | GET /api/user/installations?provider=github",
        "security → unauthorized | X-Session-API-Key empty | GET /api/user/installations?provider=github",
        "security → unauthorized | X-Session-API-Key in the query | GET /api/user/installations?provider=github&X-Session-API-Key=$APIKEY_HEADER",
        "security → unauthorized | X-Session-API-Key in a cookie | GET /api/user/installations?provider=github",
        "security → unauthorized | X-Session-API-Key as a bearer token | GET /api/user/installations?provider=github",
        "security → unauthorized | X-Session-API-Key under another name | GET /api/user/installations?provider=github",
        "security → unauthorized | X-Session-API-Key wrong | GET /api/user/installations?provider=github",
        "security → unauthorized | X-Session-API-Key right, with more at its end | GET /api/user/installations?provider=github",
        "method → method-not-allowed | PUT (not declared) | PUT /api/user/installations?provider=github",
        "method → method-not-allowed | POST (not declared) | POST /api/user/installations?provider=github",
        "method → method-not-allowed | DELETE (not declared) | DELETE /api/user/installations?provider=github",
        "method → survived | OPTIONS (not declared, a server may know it) | OPTIONS /api/user/installations?provider=github",
        "method → survived | HEAD (not declared, a server may know it) | HEAD /api/user/installations?provider=github",
        "method → method-not-allowed | PATCH (not declared) | PATCH /api/user/installations?provider=github",
        "method → method-not-allowed | TRACE (not declared) | TRACE /api/user/installations?provider=github",
        "method → survived | QUERY (not declared, a server may know it) | QUERY /api/user/installations?provider=github",
        "rejected → rejected | provider = "Github" (other case than an enum value) | GET /api/user/installations?provider=Github",
        "rejected → rejected | provider = "github\\n" (line feed after an enum value) | GET /api/user/installations?provider=github%0A",
        "rejected → rejected | provider = "ithub" (a suffix of an enum value) | GET /api/user/installations?provider=ithub",
        "rejected → rejected | provider = "xgithub" (an enum value with more at its beginning) | GET /api/user/installations?provider=xgithub",
        "rejected → rejected | provider = "github,github" (an enum value twice, with a comma) | GET /api/user/installations?provider=github%2Cgithub",
        "rejected → rejected | provider = "GITLAB" (other case than an enum value) | GET /api/user/installations?provider=GITLAB",
        "rejected → rejected | provider = "BITBUCKET" (other case than an enum value) | GET /api/user/installations?provider=BITBUCKET",
        "rejected → rejected | provider = "ENTERPRISE_SSO" (other case than an enum value) | GET /api/user/installations?provider=ENTERPRISE_SSO",
        "rejected → rejected | provider = "counterproof-unknown" (not an enum value) | GET /api/user/installations?provider=counterproof-unknown",
        "media-type → not-acceptable | Accept: application/x-counterproof (cannot be met) | GET /api/user/installations?provider=github",
        "repetition → accepted | the valid request again (1 of 4) | GET /api/user/installations?provider=github",
        "repetition → accepted | the valid request again (2 of 4) | GET /api/user/installations?provider=github",
        "repetition → accepted | the valid request again (3 of 4) | GET /api/user/installations?provider=github",
        "repetition → accepted | the valid request again (4 of 4) | GET /api/user/installations?provider=github",
        "hostile → rejected | provider: 10000 characters | GET /api/user/installations?provider=aaaaaaaaaaaaaaaaaaaaaaaaaaa…",
        "hostile → rejected | provider: NUL | GET /api/user/installations?provider=github%00",
        "hostile → rejected | provider: characters beyond ASCII | GET /api/user/installations?provider=%C3%A9%E6%BC%A2%F0%9F%99%82",
        "hostile → survived | provider: broken percent-encoding | GET /api/user/installations?provider=%zz",
        "hostile → survived | provider: percent-encoding cut short | GET /api/user/installations?provider=a%",
        "hostile → survived | provider: bytes that are not UTF-8 | GET /api/user/installations?provider=%ff%fe",
        "hostile → survived | provider: twice | GET /api/user/installations?provider=github&provider=github",
        "hostile → survived | provider: an array with brackets | GET /api/user/installations?provider[]=github&provider[]=github",
        "hostile → survived | provider: an object with brackets | GET /api/user/installations?provider[a]=github",
      ]
    `);
  });
});

const documents: [name: string, file: URL][] = [
  ['@scalar/galaxy', new URL('@scalar/galaxy/dist/3.1.yaml', modules)],
  ['@figma/rest-api-spec', new URL('@figma/rest-api-spec/openapi/openapi.yaml', modules)],
  ['openhands-v0.json', new URL('openhands-v0.json', corpus)],
  ['openhands-agent-server.json', new URL('openhands-agent-server.json', corpus)],
];

describe.each(documents)('deriveCases on %s', (_name, file) => {
  it('expects nothing that the bytes do not justify, for several seeds', async () => {
    const operations = await open(file);
    for (const seed of [1, 7]) {
      const wrong: string[] = [];
      const ids = new Set<string>();
      let count = 0;
      for (const [operation, cases] of allCases(operations, seed)) {
        expect(cases[0]?.aspect, operation.id).toBe('accepted');
        for (const contractCase of cases) {
          const said = misjudgement(operation, operations, contractCase);
          if (said !== null) wrong.push(said);
          ids.add(contractCase.id);
          count++;
        }
      }
      expect(wrong).toEqual([]);
      expect(ids.size).toBe(count);
    }
  });
});

describe('the ids of cases', () => {
  it('are the same from run to run, and differ from case to case', async () => {
    const [first, second] = await Promise.all([open(documents[0]?.[1] as URL), open(documents[0]?.[1] as URL)]);
    const ids = (operations: Operations) => [...allCases(operations)].flatMap(([, cases]) => cases.map(({ id }) => id));
    expect(ids(first)).toEqual(ids(second));
    expect(new Set(ids(first)).size).toBe(ids(first).length);
    expect(ids(first)[0]).toMatch(/^[0-9a-f]{12}$/);
  });

  it('are those of the whole where only some aspects are asked for, and nothing else of these is made', async () => {
    const operations = await open(documents[0]?.[1] as URL);
    for (const [operation, all] of allCases(operations)) {
      for (const aspect of aspects) {
        const some = deriveCases(operation, operations, { seed: 1, aspects: [aspect] });
        const own = (cases: readonly ContractCase[]) =>
          cases.filter((one) => one.aspect === aspect).map(({ id }) => id);
        // Bytes that stand for two aspects are sent once, for the first of these that is asked for.
        expect(own(some).filter((id) => own(all).includes(id))).toEqual(own(all));
        const others = some.filter((one) => one.aspect !== aspect);
        const isGroup = aspect === 'accepted' || aspect === 'rejected' || aspect === 'hostile';
        if (!isGroup) expect(others.map(({ title }) => title)).toEqual(all.length === 0 ? [] : ['a valid request']);
      }
    }
  });

  it('ask by Accept for what every success can be had as', () => {
    const content = (...types: string[]) => ({
      description: 'd',
      content: Object.fromEntries(types.map((type) => [type, {}])),
    });
    const accepted = (responses: object) =>
      titles(derive(operationOf('get', '/things', { responses })), 'media-type').filter(
        (title) => !/cannot/.test(title),
      );
    const queued = content('application/json');
    expect(accepted({ 200: content('image/*'), 202: queued })).toEqual([]);
    expect(accepted({ 200: content('application/json', 'text/csv'), 202: queued, 204: { description: 'd' } })).toEqual([
      'Accept: application/json',
    ]);
  });

  it('do not depend on what else the document says', () => {
    const plain = derive(withQuery({ enum: ['a', 'b'] }));
    const [operation, operations] = withQuery(
      { enum: ['a', 'b'], description: 'words', 'x-note': 1 },
      { description: 'words' },
    );
    expect(derive([operation, operations]).map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
  });
});

describe('the number of cases', () => {
  const properties = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`p${index}`, { type: 'integer', minimum: 1, maximum: 9 }]),
    );

  it('grows with the keywords of a schema, and not with their combinations', () => {
    const count = (size: number) => derive(withBody({ type: 'object', properties: properties(size) })).length;
    const [ten, twenty, forty] = [count(10), count(20), count(40)];
    expect(twenty - ten).toBeGreaterThan(10);
    expect((forty - twenty) / (twenty - ten)).toBeCloseTo(2, 1);
  });

  it('stays linear where every schema uses the next one twice', () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          `S${index}`,
          index + 1 === length
            ? { type: 'string', maxLength: 3 }
            : {
                type: 'object',
                properties: {
                  a: { $ref: `#/components/schemas/S${index + 1}` },
                  b: { $ref: `#/components/schemas/S${index + 1}` },
                },
              },
        ]),
      );
    const count = (length: number) =>
      derive(withBody({ $ref: '#/components/schemas/S0' }, { schemas: chain(length) })).length;
    expect(count(8)).toBeLessThan(4 * count(4));
  });

  it('judges what many places lead to once', () => {
    let schema: JsonObject = { type: 'object', properties: { z: { type: 'integer' } } };
    for (let depth = 0; depth < 6; depth++) {
      const other = { properties: { p: { type: 'string' } }, allOf: [schema] };
      schema = { anyOf: [schema, other], unevaluatedProperties: false };
    }
    const content = { 'application/json': { schema } };
    const document = documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Test', version: '1' },
      paths: { '/a': { post: { requestBody: { required: true, content }, responses: { 200: { description: '' } } } } },
    });
    const schemas = createSchemas(document);
    const asked: string[] = [];
    const at: typeof schemas.at = (...place) => {
      const found = schemas.at(...place);
      const validate: typeof found.validate = (data, ...rest) => {
        if (rest[0] === 'body' && place[0].endsWith('application~1json/schema')) asked.push(JSON.stringify(data));
        return found.validate(data, ...rest);
      };
      return Object.create(found, { validate: { value: validate } });
    };
    const operations = createOperations(document, { ...schemas, at });
    deriveCases(operations.compile(operations.entries[0] as Operation), operations, { seed: 1 });
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.length).toBeLessThan(3 * new Set(asked).size);
  });

  it('ends where a schema holds itself', () => {
    const node = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        left: { $ref: '#/components/schemas/Node' },
        right: { $ref: '#/components/schemas/Node' },
      },
    };
    const cases = derive(withBody({ $ref: '#/components/schemas/Node' }, { schemas: { Node: node } }));
    expect(cases.length).toBeLessThan(150);
    expect(titles(cases, 'rejected')).toContain('body/left/name = 12345 (a number where a string belongs)');
  });
});

it('takes no value of an enum for a near miss, though a list may have it once', () => {
  const schema = { type: 'array', uniqueItems: true, items: { enum: ['*', 'Category'] } };
  const misses = derive(withQuery(schema)).filter(({ title }) => title.includes('other case'));
  expect(misses.map(({ title }) => title)).not.toContain('q/2 = "*" (other case than an enum value)');
  expect(misses.length).toBeGreaterThan(0);
});

describe('maxCases', () => {
  it('keeps the most telling ones, in the same order, of every kind that fits', () => {
    const target = withQuery({ enum: ['asc', 'desc'] }, { required: true });
    const all = derive(target);
    const few = derive(target, { maxCases: 12 });
    expect(few.map(({ id }) => id)).toEqual(all.slice(0, 12).map(({ id }) => id));
    expect(few.map(({ title }) => title)).toMatchInlineSnapshot(`
      [
        "a valid request",
        "q = "desc" (enum value)",
        "q missing (required)",
        "q = "" (empty)",
        "q = "ASC" (other case than an enum value)",
        "q = "asc " (trailing blank after an enum value)",
        "q = "as" (a prefix of an enum value)",
        "q = "ascx" (an enum value with more at its end)",
        "q = " asc" (leading blank before an enum value)",
        "PUT (not declared)",
        "POST (not declared)",
        "DELETE (not declared)",
      ]
    `);
    expect(derive(target, { maxCases: 0 })).toEqual([]);
  });
});

describe('values from outside', () => {
  const things = () =>
    operationOf('post', '/things/{id}/{kind}', {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 7 },
        { name: 'kind', in: 'path', required: true, schema: { enum: ['big', 'small'] } },
        { name: 'note', in: 'query', schema: { type: 'string' } },
      ],
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', properties: { name: { type: 'string' } } } } },
      },
    });
  const base = (options: Partial<DeriveOptions> = {}) => derive(things(), options)[0] as ContractCase;

  it('take a documented example for a path parameter, and do not believe that it exists', () => {
    expect(base().request.target).toBe('/things/7/big');
    expect(base().generatedPath).toBe(true);
  });

  it('take what the user sets, read as the schema wants it, and believe it', () => {
    const set = base({ values: { id: '42', note: 'x y' } });
    expect(set.request.target).toBe('/things/42/big?note=x%20y');
    expect(set.generatedPath).toBe(false);
  });

  it('take what the fixtures give, those of the operation before those of all', () => {
    const fixtures: Fixtures = {
      ...noFixtures(),
      contract: { parameters: { id: 1, kind: 'small' } },
      for: (id) => ({
        ...noFixtures().for(id),
        contract: { parameters: { id: 2 }, body: { name: 'Ada' } },
      }),
    };
    const fixed = base({ fixtures });
    expect(fixed.request.target).toBe('/things/2/small');
    expect(text(fixed)).toBe('{"name":"Ada"}');
    expect(fixed.generatedPath).toBe(false);
    expect(base({ fixtures, values: { id: 3 } }).request.target).toBe('/things/3/small');
  });

  it('are passed over where a parameter of that name takes no such value', () => {
    expect(base({ values: { id: 'no-number' } }).request.target).toBe('/things/7/big');
  });
});

describe('what is not sent', () => {
  const rejectedTargets = (schema: unknown, over: object = {}) =>
    derive(withQuery(schema, over))
      .filter(({ expectation }) => expectation === 'rejected')
      .map(({ request }) => request.target);

  it('is text that a framework reads as the declared type', () => {
    const lenient = /q=(\d+(\.0+)?|[+-]\d+|1e\d+|true|false|yes|no|on|off|y|n|t|f|%20.*|.*%20)$/i;
    for (const type of ['integer', 'number', 'boolean']) {
      const targets = rejectedTargets({ type });
      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets) expect(target).not.toMatch(lenient);
    }
  });

  it('is anything invalid for a parameter that takes every string', () => {
    expect(rejectedTargets({ type: 'string' })).toEqual([]);
    expect(rejectedTargets({ type: ['integer', 'string'] })).toEqual([]);
    expect(rejectedTargets({})).toEqual([]);
  });

  it('is an empty value where the document allows one, or where it is as good as none', () => {
    const required = { required: true };
    expect(rejectedTargets({ type: 'integer' }, required)).toContain('/things?q=');
    expect(rejectedTargets({ enum: ['a', 'b'] })).toContain('/things?q=');
    expect(rejectedTargets({ type: 'integer' })).not.toContain('/things?q=');
    expect(rejectedTargets({ type: 'integer' }, { ...required, allowEmptyValue: true })).not.toContain('/things?q=');
    expect(rejectedTargets({ type: 'array', items: { type: 'integer' } }, required)).not.toContain('/things?q=');
  });

  it('is a depth that the schema allows, as an invalid one', () => {
    const expectationOf = (schema: unknown, schemas: object = {}) =>
      derive(withBody(schema, { schemas })).find(({ title }) => title.endsWith('nested arrays'))?.expectation;
    expect(expectationOf({ type: 'object' })).toBe('rejected');
    expect(expectationOf(true)).toBe('survived');
    const nested = { Nested: { type: 'array', items: { $ref: '#/components/schemas/Nested' } } };
    expect(expectationOf({ $ref: '#/components/schemas/Nested' }, nested)).toBe('survived');
  });

  it('is a number that not every reader takes for the same one', () => {
    const int64 = { type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63 };
    const targets = derive(withQuery(int64)).map(({ request }) => request.target);
    expect(targets.filter((target) => target.includes('922337203685477'))).toEqual([]);
    const tenths = derive(withQuery({ type: 'number', maximum: 0.7, multipleOf: 0.1 })).map(
      ({ request }) => request.target,
    );
    expect(tenths).toContain('/things?q=0.8');
    for (const target of tenths) expect(target).not.toMatch(/q=[\d.]{8}|q=\d+e/);
  });

  it('is a body that is to be refused where a body has no meaning', () => {
    const requestBody = {
      content: {
        'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { enum: [1] } } } },
      },
    };
    const expectations = new Set(
      derive(operationOf('get', '/things', { requestBody }))
        .filter(({ varies }) => varies.in === 'body')
        .map(({ expectation }) => expectation),
    );
    expect(expectations).toEqual(new Set(['survived']));
  });

  it('is a header that the client would add by itself, as a missing one', () => {
    const parameters = ['User-Agent', 'X-Trace'].map((name) => ({
      name,
      in: 'header',
      required: true,
      schema: { type: 'string' },
    }));
    expect(titles(derive(operationOf('get', '/things', { parameters })), 'rejected')).toEqual([
      'X-Trace missing (required)',
    ]);
  });

  it('is a value of a format that nobody checks', () => {
    expect(rejectedTargets({ type: 'string', format: 'password' })).toEqual([]);
    expect(rejectedTargets({ type: 'string', format: 'made-up' })).toEqual([]);
    expect(rejectedTargets({ type: 'string', format: 'uuid' })).toContain('/things?q=not-a-uuid');
  });

  it('is a header value that changes on its way, nor a header that the client writes', () => {
    const cases = derive(
      operationOf('get', '/things', {
        parameters: [
          { name: 'X-Sort', in: 'header', required: true, schema: { enum: ['asc', 'desc'] } },
          { name: 'Authorization', in: 'header', schema: { type: 'string' } },
          { name: 'Host', in: 'header', schema: { enum: ['example.com'] } },
        ],
      }),
    );
    const rejected = cases.filter(({ expectation }) => expectation === 'rejected');
    const values = rejected.map(({ request }) => request.headers['x-sort']).filter((value) => value !== undefined);
    expect(values).toContain('ASC');
    for (const value of values) expect(value).toMatch(/^[!-~]([ -~]*[!-~])?$/);
    for (const { request } of cases)
      expect([request.headers.authorization, request.headers.host]).toEqual([undefined, undefined]);
  });

  it('is a path value that makes another path', () => {
    const cases = derive(
      operationOf('get', '/things/{id}', {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z]+$', minLength: 1 } },
        ],
      }),
    );
    expect(titles(cases, 'rejected').length).toBeGreaterThan(0);
    for (const { request } of cases) expect(request.target).toMatch(/^\/things\/(?!\.\.?$)[^/]+$/);
  });

  it('is a request for another operation', () => {
    const operations = openObject({
      openapi: '3.1.0',
      info: { title: 'Test', version: '1' },
      paths: {
        '/users/{id}': {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { enum: ['me', 'you'] } }],
            responses: { '200': { description: 'ok' } },
          },
          delete: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
            responses: { '204': { description: 'ok' } },
          },
        },
        '/users/me': { get: { responses: { '200': { description: 'ok' } } } },
      },
    });
    const byPath = new Map(
      [...allCases(operations)].map(([operation, cases]) => [`${operation.method} ${operation.path}`, cases]),
    );
    const own = byPath.get('GET /users/{id}')?.filter(({ expectation }) => expectation === 'accepted') ?? [];
    expect(own.map(({ request }) => request.target)).not.toContain('/users/me');
    expect(own.length).toBeGreaterThan(0);
    // `DELETE /users/me` may rightly be served as `/users/{id}`.
    const methods = byPath.get('GET /users/me')?.filter(({ aspect }) => aspect === 'method') ?? [];
    expect(methods.map(({ request }) => request.method)).not.toContain('DELETE');
    expect(methods.map(({ request }) => request.method)).toContain('PUT');
  });

  it('is null for a member that may be absent, or a member that only servers send', () => {
    const cases = derive(
      withBody({
        type: 'object',
        required: ['name', 'id'],
        properties: {
          id: { type: 'string', readOnly: true },
          name: { type: 'string' },
          note: { type: 'string' },
          count: { type: 'integer' },
        },
      }),
    );
    for (const contractCase of cases) {
      if (contractCase.aspect === 'hostile') continue;
      expect(text(contractCase)).not.toContain('"id"');
      if (contractCase.expectation === 'rejected') expect(text(contractCase)).not.toMatch(/"(note|count)":null/);
    }
    expect(cases.map(text)).toContain('{"name":null}');
  });

  it('is an extra member as an invalid one, where it is not forbidden', () => {
    const extra = (schema: object) =>
      derive(withBody({ type: 'object', ...schema })).filter((one) => text(one).includes('counterproofUnexpected'));
    expect(extra({})).toEqual([]);
    expect(extra({ additionalProperties: false })).toHaveLength(1);
    expect(extra({ unevaluatedProperties: false })).toHaveLength(1);
  });

  it('is any case of security for an operation that may do without a credential', () => {
    const schemes = { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } };
    const count = (security: unknown) =>
      titles(derive(operationOf('get', '/things', { security }, schemes)), 'security').length;
    expect(count([])).toBe(0);
    expect(count([{ key: [] }, {}])).toBe(0);
    expect(count([{ key: [] }])).toBeGreaterThan(3);
  });
});

describe('each keyword', () => {
  const bodies = (schema: unknown, expectation: string) =>
    derive(withBody({ type: 'object', required: ['v'], properties: { v: schema } }))
      .filter((one) => one.expectation === expectation && one.aspect !== 'hostile')
      .map((one) => (text(one).startsWith('{') ? (JSON.parse(text(one)) as { v?: Json }).v : undefined))
      .filter((value) => value !== undefined);
  const rows: [schema: JsonObject, accepted: Json[], rejected: Json[]][] = [
    [{ type: 'integer', minimum: 3, maximum: 9 }, [3, 4, 8, 9], [2, 10, 1.5]],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 5 }, [0.5, 4.5], [0, 5]],
    [{ type: 'integer', multipleOf: 5 }, [], ['not-a-number', null]],
    [{ type: 'string', minLength: 2, maxLength: 4 }, [], [12345, null]],
    [{ type: 'boolean' }, [], ['not-a-boolean', null]],
    [{ type: 'array', items: { type: 'integer' }, minItems: 1 }, [], [[], 'not-an-array']],
    [{ const: 'one' }, ['one'], ['ONE', 'one ', 'counterproof-unknown']],
    [{ enum: [1, 2] }, [1, 2], [3]],
    [{ type: ['string', 'null'] }, [null], [12345]],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, [null], ['not-a-number', ['counterproof', {}]]],
    [{ type: 'string', format: 'date-time' }, [], ['not-a-date-time']],
    [{ type: 'object', properties: { deep: { type: 'boolean' } } }, [], [{ deep: 'not-a-boolean' }]],
    [{ not: { type: 'string' } }, [], []],
  ];

  it.each(rows)('%j is tried at its edges', (schema, accepted, rejected) => {
    expect(bodies(schema, 'accepted')).toEqual(expect.arrayContaining(accepted));
    expect(bodies(schema, 'rejected')).toEqual(expect.arrayContaining(rejected));
    expect(bodies(schema, 'rejected').length).toBeGreaterThan(0);
  });

  it('is tried with lengths on both sides of a bound', () => {
    const lengths = (expectation: string) =>
      bodies({ type: 'string', minLength: 3, maxLength: 6 }, expectation).map((value) =>
        typeof value === 'string' ? value.length : -1,
      );
    expect(lengths('accepted')).toEqual(expect.arrayContaining([3, 4, 5, 6]));
    expect(lengths('rejected')).toEqual(expect.arrayContaining([2, 7]));
  });

  it('is found through references, allOf, anyOf and oneOf', () => {
    const schemas = {
      Cat: {
        type: 'object',
        required: ['kind', 'lives'],
        properties: { kind: { const: 'cat' }, lives: { type: 'integer', maximum: 9 } },
      },
      Dog: {
        allOf: [
          { $ref: '#/components/schemas/Animal' },
          { required: ['kind'], properties: { kind: { const: 'dog' } } },
        ],
      },
      Animal: { type: 'object', properties: { legs: { type: 'integer', minimum: 0 } } },
    };
    const body = { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] };
    const cases = derive(withBody(body, { schemas }));
    const pointers = new Set(cases.map(({ varies }) => varies.pointer));
    for (const pointer of [
      'Cat/properties/lives/maximum',
      'Cat/properties/kind/const',
      'Dog/allOf/1/properties/kind/const',
      'Animal/properties/legs/minimum',
    ]) {
      expect(pointers).toContain(`/components/schemas/${pointer}`);
    }
  });
});

describe('every style and medium', () => {
  it('gives bytes that read back as what was meant', () => {
    const styles = [
      { in: 'query', style: 'form', explode: true },
      { in: 'query', style: 'form', explode: false },
      { in: 'query', style: 'spaceDelimited', explode: false },
      { in: 'query', style: 'pipeDelimited', explode: false },
      { in: 'query', style: 'deepObject', explode: true },
      { in: 'path', style: 'simple', explode: false },
      { in: 'path', style: 'label', explode: true },
      { in: 'path', style: 'matrix', explode: true },
      { in: 'header', style: 'simple', explode: false },
      { in: 'cookie', style: 'form', explode: false },
    ];
    const list = { type: 'array', minItems: 1, maxItems: 3, items: { type: 'integer' } };
    const object = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'integer', minimum: 2 } },
      additionalProperties: false,
    };
    for (const style of styles) {
      for (const schema of [style.style === 'deepObject' ? object : list, { type: 'integer', maximum: 5 }]) {
        // These styles are for lists and objects alone.
        if (/deepObject|Delimited/.test(style.style) && schema !== object && schema !== list) continue;
        const parameter = { name: 'p', required: true, schema, ...style };
        const [operation, operations] = operationOf('get', style.in === 'path' ? '/things/{p}' : '/things', {
          parameters: [parameter],
        });
        const cases = derive([operation, operations]);
        expect(cases.length, JSON.stringify(style)).toBeGreaterThan(8);
        for (const one of cases) expect(misjudgement(operation, operations, one)).toBeNull();
        expect(titles(cases, 'rejected').length, JSON.stringify(parameter)).toBeGreaterThan(0);
      }
    }
  });

  it.each(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'writes bodies of %s',
    (mediaType) => {
      const schema = {
        type: 'object',
        required: ['name', 'size'],
        properties: {
          name: { type: 'string', enum: ['a', 'b'] },
          size: { type: 'integer', minimum: 1 },
          tags: { type: 'array', items: { type: 'string' } },
          file: { type: 'string', format: 'binary' },
          meta: { type: 'object', properties: { x: { type: 'integer' } } },
        },
      };
      const [operation, operations] = withBody(schema, {}, mediaType);
      const cases = derive([operation, operations]);
      expect(cases[0]?.request.headers['content-type']).toContain(mediaType);
      expect(titles(cases, 'rejected').join('\n')).toMatch(/body\/name missing/);
      expect(titles(cases, 'rejected').join('\n')).toMatch(/body\/size = 0 \(below the minimum\)/);
      expect(titles(cases, 'accepted').join('\n')).toMatch(/everything that is declared/);
      for (const one of cases) expect(misjudgement(operation, operations, one)).toBeNull();
    },
  );

  it('sends each declared media type of a body once', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: { type: 'string' } } };
    const content = {
      'application/json': { schema },
      'application/x-www-form-urlencoded': { schema },
      'text/plain': { schema: { type: 'string' } },
    };
    const cases = derive(operationOf('post', '/things', { requestBody: { required: true, content } }));
    const accepted = cases
      .filter(({ aspect }) => aspect === 'accepted')
      .map(({ request }) => request.headers['content-type']);
    expect(new Set(accepted)).toEqual(new Set(Object.keys(content)));
    const other = cases.filter(({ expectation }) => expectation === 'unsupported-media-type');
    expect(other.map(({ request }) => request.headers['content-type'])).toEqual(['application/xml']);
  });
});

describe('credentials', () => {
  const schemes = {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      query: { type: 'apiKey', in: 'query', name: 'key' },
      basic: { type: 'http', scheme: 'basic' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
  };
  const security = (list: unknown) =>
    derive(operationOf('get', '/things', { security: list }, schemes)).filter(({ aspect }) => aspect === 'security');

  it('are left out, emptied, malformed, misplaced and wrong', () => {
    for (const scheme of ['key', 'query', 'basic', 'bearer']) {
      const kinds = new Set(security([{ [scheme]: [] }]).map(({ varies }) => varies.keyword));
      expect([...kinds], scheme).toEqual(expect.arrayContaining(['missing', 'empty', 'wrong']));
      expect(kinds.has('misplaced') || kinds.has('malformed'), scheme).toBe(true);
    }
  });

  it('are wrong only where the right one is known', () => {
    for (const one of security([{ key: [] }]))
      expect(one.onlyWithCredential === true).toBe(one.varies.keyword === 'wrong');
  });

  it('are never enough by halves', () => {
    const both = security([{ key: [], bearer: [] }]);
    expect(both.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['no credential for key', 'no credential for bearer']),
    );
    expect(both.find(({ title }) => title === 'no credential for key')?.request.headers).toMatchObject({
      authorization: 'Bearer $BEARER',
    });
  });

  it('of one alternative are not misplaced where another alternative takes them', () => {
    const titlesOf = security([{ key: [] }, { bearer: [] }]).map(({ title }) => title);
    expect(titlesOf).not.toContain('X-Key as a bearer token');
    expect(security([{ key: [] }]).map(({ title }) => title)).toContain('X-Key as a bearer token');
  });

  it('that are declared as a parameter as well are not varied as one', () => {
    const parameters = [{ name: 'x-key', in: 'header', required: true, schema: { type: 'string', minLength: 3 } }];
    const cases = derive(operationOf('get', '/things', { security: [{ key: [] }], parameters }, schemes));
    expect(cases[0]?.request.headers['x-key']).toBe('$KEY');
    expect(cases.filter(({ varies }) => varies.in === 'header')).toEqual([]);
    expect(cases.find(({ title }) => title === 'no credential')?.request.headers['x-key']).toBeUndefined();
  });
});

describe('methods', () => {
  it('are tried once for a path, but for CONNECT', () => {
    const responses = { '200': { description: 'ok' } };
    const operations = openObject({
      openapi: '3.1.0',
      info: { title: 'Test', version: '1' },
      paths: { '/things': { get: { responses }, post: { responses } } },
    });
    const tried = [...allCases(operations)].map(([, cases]) =>
      cases.filter(({ aspect }) => aspect === 'method').map(({ request }) => request.method),
    );
    expect(tried).toEqual([['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'QUERY'], []]);
  });
});

describe('any schema', () => {
  const leaf = fc.oneof(
    fc.record(
      {
        type: fc.constant('integer'),
        minimum: fc.integer({ min: -5, max: 5 }),
        maximum: fc.integer({ min: 5, max: 20 }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      { type: fc.constant('string'), minLength: fc.nat(3), maxLength: fc.integer({ min: 3, max: 9 }) },
      { requiredKeys: ['type'] },
    ),
    fc.record({
      enum: fc.uniqueArray(fc.oneof(fc.string({ minLength: 1 }), fc.integer()), { minLength: 1, maxLength: 4 }),
    }),
    fc.record(
      {
        type: fc.constantFrom('boolean', 'number', 'string'),
        format: fc.constantFrom('uuid', 'date-time', 'email', 'odd'),
      },
      { requiredKeys: ['type'] },
    ),
  );
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record(
        { type: fc.constant('array'), items: tie('schema'), maxItems: fc.integer({ min: 1, max: 4 }) },
        { requiredKeys: ['type', 'items'] },
      ),
      fc
        .dictionary(fc.constantFrom('a', 'b/c', 'd~e', '__proto__', 'constructor', 'x y'), tie('schema'), {
          maxKeys: 3,
        })
        .chain((properties) =>
          fc.record({
            type: fc.constant('object'),
            properties: fc.constant(properties),
            required: fc.subarray(Object.keys(properties)),
            additionalProperties: fc.boolean(),
          }),
        ),
      fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    ),
  }));

  it('gives cases whose expectations the bytes justify, as a body and as a parameter', () => {
    fc.assert(
      fc.property(schema, fc.integer({ min: 1, max: 1000 }), (drawn, seed) => {
        for (const [operation, operations] of [withBody(drawn), withQuery(drawn, { required: true })]) {
          const cases = deriveCases(operation, operations, { seed });
          for (const one of cases) expect(misjudgement(operation, operations, one)).toBeNull();
          expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('of an operation whose path makes no target that servers take nothing is derived, whatever number of parameters it has', () => {
  const names = Array.from({ length: 600 }, (_, index) => `p${index}`);
  const path = `/${'a'.repeat(3_000)}/${names.map((name) => `{${name}}`).join('/')}`;
  const [operation, operations] = operationOf('get', path, {});
  expect(deriveCases(operation, operations, { seed: 1 })).toEqual([]);
  expect(whyNone(operation, operations, { seed: 1 })).toEqual({
    reason:
      'its path makes a target of at least 4,201 characters, and of more than 4,000 nothing is sent, since many servers refuse them for their length',
    isExcused: false,
  });
});

describe('the number of cases', () => {
  it('of an operation with very many parameters goes down with their number, and each kind of case is there', () => {
    const parameters = Array.from({ length: 1_500 }, (_, index) => ({
      name: `q${index}`,
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: 9 },
    }));
    const cases = derive(operationOf('get', '/things', { parameters }));
    expect(cases.length).toBeLessThanOrEqual(334);
    expect(new Set(cases.map(({ aspect }) => aspect))).toEqual(new Set(['accepted', 'rejected', 'method']));
  });

  it('of an enum does not grow beyond a thousand', () => {
    const values = Array.from({ length: 3_000 }, (_, index) => `value ${index}`);
    const sent = derive(withQuery({ enum: values })).filter(({ title }) => title.includes('(enum value)'));
    // One of them is that of the base.
    expect(sent.length).toBe(999);
  });

  it('of thousands of security schemes is that of some', () => {
    const names = Array.from({ length: 500 }, (_, index) => `key${index}`);
    const securitySchemes = Object.fromEntries(names.map((name) => [name, { type: 'apiKey', in: 'header', name }]));
    const security = names.map((name) => ({ [name]: [] }));
    const cases = derive(operationOf('get', '/things', { security }, { securitySchemes }), { aspects: ['security'] });
    expect(new Set(cases.map(({ varies }) => varies.name)).size).toBeLessThan(20);
    expect(cases.length).toBeGreaterThan(5);
  });
});

test('a valid request is found where what is known to be there would lead to another operation', () => {
  const get = (name: string, schema: JsonObject) => ({
    get: {
      parameters: [{ name, in: 'path', required: true, schema }],
      responses: { '200': { description: 'ok' } },
    },
  });
  const operations = openObject({
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    paths: {
      '/files/{number}': get('number', { type: 'integer' }),
      '/files/{name}': get('name', { type: 'string' }),
    },
  });
  const entry = operations.entries.find(({ path }) => path.includes('name')) as Operation;
  const byName = operations.compile(entry);
  const cases = derive([byName, operations], { learnt: { values: { name: '12' }, isSure: true } });
  const target = cases[0]?.request.target ?? '';
  expect(operations.match('GET', target)).toMatchObject({ kind: 'operation', entry: { id: byName.id } });
});
