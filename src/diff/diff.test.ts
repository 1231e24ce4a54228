import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFromObject, documentFromText } from '../document/index.js';
import { checkRequest, checkResponse, createOperations, type Operations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { diff } from './diff.js';
import { pairsOf } from './pairs.js';
import type { Change } from './types.js';

const now = new Date('2026-06-01');

function things(parts: {
  request?: JsonObject;
  answer?: JsonObject;
  query?: JsonObject;
  more?: JsonObject;
  operation?: JsonObject;
}) {
  const { request = { type: 'object' }, answer = { type: 'object' }, query, more = {}, operation = {} } = parts;
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        post: {
          parameters: query ? [{ name: 'q', in: 'query', ...query }] : [],
          requestBody: { required: true, content: { 'application/json': { schema: request } } },
          responses: { '200': { description: 'ok', content: { 'application/json': { schema: answer } } } },
          ...operation,
        },
      },
      ...more,
    },
  } as unknown as JsonObject;
}

const compiled = new WeakMap<JsonObject, Operations>();

/** What is compared in one direction is compared in the other too. */
function operationsOf(document: JsonObject): Operations {
  const operations = compiled.get(document) ?? createOperations(documentFromObject(document));
  compiled.set(document, operations);
  return operations;
}

/** What has changed; each witness is run against both documents on the way. */
async function changes(old: JsonObject, other: JsonObject): Promise<readonly Change[]> {
  const [before, after] = [operationsOf(old), operationsOf(other)];
  const result = await diff(before, after, { now });
  for (const change of result.changes) expectWitnessed(change, before, after);
  return result.changes;
}

function expectWitnessed({ request, answer, operations, kind }: Change, before: Operations, after: Operations): void {
  expect(request !== undefined).toBe(kind === 'request-refused' || kind === 'request-misread');
  expect(answer !== undefined).toBe(kind === 'answer-unforeseen');
  const bytes = (body: string | null) => (body === null ? null : new TextEncoder().encode(body));
  const violations = (side: Operations) => {
    if (request) {
      const match = side.match(request.method, request.target, request.headers);
      if (match.kind !== 'operation') throw new Error(`${request.target} is no operation`);
      const { body } = request;
      return checkRequest(side.compile(match.entry), { ...request, body: bytes(body) }, match.pathParameters)
        .violations;
    }
    const entry = side.find(operations[0] ?? '');
    if (!entry || !answer) return [];
    return checkResponse(side.compile(entry), { ...answer, body: bytes(answer.body) });
  };
  const [valid, invalid] = request ? [before, after] : [after, before];
  if (kind === 'request-misread') {
    expect([violations(before), violations(after)]).toEqual([[], []]);
  } else if (request || answer) {
    expect(violations(valid)).toEqual([]);
    expect(violations(invalid)).not.toEqual([]);
  }
}

const breaking = (all: readonly Change[]) => all.filter(({ breaks }) => breaks).map(({ message }) => message);

const text = { type: 'string' };
type Narrowing = [name: string, wide: JsonObject, narrow: JsonObject];

const member = (schema: JsonObject, rest: JsonObject = {}) => ({ type: 'object', properties: { a: schema }, ...rest });

const closing: Narrowing = ['additionalProperties', member(text), member(text, { additionalProperties: false })];

/** Pairs of schemas, of which the second allows less. */
const narrowings: Narrowing[] = [
  ['type', { type: ['string', 'integer'] }, text],
  ['no type', {}, text],
  ['nullable', { type: ['string', 'null'] }, text],
  ['minLength', { type: 'string', minLength: 2 }, { type: 'string', minLength: 5 }],
  ['int32', { type: 'integer' }, { type: 'integer', format: 'int32' }],
  ['maxLength', text, { type: 'string', maxLength: 8 }],
  ['pattern', { type: 'string', pattern: '^[a-z0-9]+$' }, { type: 'string', pattern: '^[a-z]+$' }],
  ['format', text, { type: 'string', format: 'uuid' }],
  ['enum', { type: 'string', enum: ['a', 'b', 'c'] }, { type: 'string', enum: ['a', 'c'] }],
  ['new enum', text, { type: 'string', enum: ['a'] }],
  ['const', { enum: ['a', 'b'] }, { const: 'a' }],
  ['minimum', { type: 'integer', minimum: 0 }, { type: 'integer', minimum: 1 }],
  ['maximum', { type: 'integer', maximum: 100 }, { type: 'integer', maximum: 99 }],
  ['exclusiveMaximum', { type: 'number', maximum: 10 }, { type: 'number', exclusiveMaximum: 10 }],
  ['multipleOf', { type: 'integer' }, { type: 'integer', multipleOf: 5 }],
  ['integer', { type: 'number' }, { type: 'integer' }],
  ['required', member(text), member(text, { required: ['a'] })],
  closing,
  ['maxItems', { type: 'array', items: text }, { type: 'array', items: text, maxItems: 3 }],
  ['minItems', { type: 'array', items: text }, { type: 'array', items: text, minItems: 1 }],
  ['uniqueItems', { type: 'array', items: text }, { type: 'array', items: text, uniqueItems: true }],
  ['items', { type: 'array', items: {} }, { type: 'array', items: text }],
  ['anyOf', { anyOf: [text, { type: 'integer' }, { type: 'boolean' }] }, { anyOf: [text, { type: 'integer' }] }],
  ['oneOf', { oneOf: [member(text, { required: ['a'] }), { type: 'boolean' }] }, member(text, { required: ['a'] })],
  ['not', text, { type: 'string', not: { enum: ['', 'x'] } }],
  ['patternProperties', { type: 'object' }, { type: 'object', patternProperties: { '^x-': text } }],
  ['exclusiveMinimum', { type: 'number', minimum: 0 }, { type: 'number', exclusiveMinimum: 0 }],
  ['minProperties', { type: 'object' }, { type: 'object', minProperties: 1 }],
  ['maxProperties', { type: 'object' }, { type: 'object', maxProperties: 2 }],
  ['propertyNames', { type: 'object' }, { type: 'object', propertyNames: { pattern: '^[a-z]+$' } }],
  ['dependentRequired', member(text), member(text, { dependentRequired: { a: ['b'] } })],
  ['dependentSchemas', member(text), member(text, { dependentSchemas: { a: { required: ['b'] } } })],
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name
  ['if and then', member(text), member(text, { if: { required: ['a'] }, then: { required: ['b'] } })],
  ['if and else', member(text), member(text, { if: { required: ['a'] }, else: { required: ['b'] } })],
  ['unevaluatedProperties', { allOf: [member(text)] }, { allOf: [member(text)], unevaluatedProperties: false }],
  ['prefixItems', { type: 'array' }, { type: 'array', prefixItems: [text] }],
  [
    'unevaluatedItems',
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [text], unevaluatedItems: false },
  ],
  ['contains', { type: 'array', items: {} }, { type: 'array', items: {}, contains: text }],
  ['maxContains', { type: 'array', contains: text }, { type: 'array', contains: text, maxContains: 1 }],
  ['minContains', { type: 'array', contains: text }, { type: 'array', contains: text, minContains: 2 }],
  ['allOf', member(text), { allOf: [member(text), { required: ['b'] }] }],
  ['an enum in an allOf', { allOf: [text] }, { allOf: [text, { enum: ['a', 'b'] }] }],
];

test.each(narrowings)(
  'a schema that allows less (%s) breaks requests, and one that allows more breaks answers',
  async (_, wide, narrow) => {
    const wrapped = (schema: JsonObject) =>
      member({ type: 'array', items: member(schema, { required: ['a'] }), minItems: 1 }, { required: ['a'] });
    for (const wrap of [(schema: JsonObject) => schema, wrapped]) {
      const [a, b] = [wrap(wide), wrap(narrow)];
      const [takesA, takesB] = [things({ request: a }), things({ request: b })];
      const [givesA, givesB] = [things({ answer: a }), things({ answer: b })];
      expect(breaking(await changes(takesA, takesB))).not.toEqual([]);
      expect(breaking(await changes(givesB, givesA))).not.toEqual([]);
      const harmless = [...(await changes(takesB, takesA)), ...(await changes(givesA, givesB))];
      expect(breaking(harmless)).toEqual([]);
      expect(harmless.length).toBeGreaterThan(0);
    }
  },
);

test('a mutation of any schema breaks in one direction alone, wherever it stands', async () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const around = fc.array(fc.oneof(names, fc.constant('[]'), fc.constantFrom('allOf', 'anyOf', 'oneOf', '$ref')), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(around, fc.constantFrom(...narrowings), async (steps, [, wide, narrow]) => {
      const place = (schema: JsonObject) => {
        const schemas: JsonObject = {};
        const whole = steps.reduce<JsonObject>((inner, step, index) => {
          if (step === '[]') return { type: 'array', items: inner, minItems: 1 };
          if (step === 'allOf') return { allOf: [inner] };
          if (step === 'anyOf') return { anyOf: [inner, { const: `another ${index}` }] };
          // Of a oneOf, what one branch allows less another might allow more.
          if (step === 'oneOf') return { oneOf: [member(inner, { required: ['a'] }), { type: 'boolean' }] };
          if (step !== '$ref') return { type: 'object', required: [step], properties: { [step]: inner, other: text } };
          schemas[`S${index}`] = inner;
          return { $ref: `#/components/schemas/S${index}` };
        }, schema);
        return { ...things({ request: whole, answer: whole }), components: { schemas } };
      };
      const found = await changes(place(wide), place(narrow));
      expect(found.filter(({ breaks }) => breaks).map(({ kind }) => kind)).toContain('request-refused');
      expect(found.map(({ kind }) => kind)).not.toContain('answer-unforeseen');
    }),
    // Below a union in a union stands what only one branch of each shows.
    { numRuns: 40, examples: [[['oneOf', 'anyOf', 'oneOf'], closing]] },
  );
});

/** What every version can say of one value, as it stands on the wire. */
const scalars = narrowings.filter(([name]) =>
  [
    'minLength',
    'maxLength',
    'int32',
    'pattern',
    'format',
    'enum',
    'new enum',
    'minimum',
    'maximum',
    'multipleOf',
    'integer',
  ].includes(name),
);

type Version = '2.0' | '3.0.3' | '3.1.0';

/** Where a schema of one value may stand, in each version. */
const sites: Readonly<Record<string, (schema: JsonObject, version: Version) => JsonObject>> = {
  'query parameter': (schema, version) => withParameter('query', schema, version),
  'header parameter': (schema, version) => withParameter('header', schema, version),
  'cookie parameter': (schema, version) => withParameter(version === '2.0' ? 'query' : 'cookie', schema, version),
  'path parameter': (schema, version) => withParameter('path', schema, version),
  form: (schema, version) => {
    const body = { content: { 'application/x-www-form-urlencoded': { schema: member(schema, { required: ['a'] }) } } };
    if (version !== '2.0') return { requestBody: body };
    const parameters = [{ name: 'a', in: 'formData', required: true, ...schema }];
    return { consumes: ['application/x-www-form-urlencoded'], parameters };
  },
  body: (schema, version) =>
    version === '2.0'
      ? {
          consumes: ['application/json'],
          parameters: [{ name: 'b', in: 'body', required: true, schema: member(schema) }],
        }
      : { requestBody: { required: true, content: { 'application/json': { schema: member(schema) } } } },
  answer: (schema, version) => {
    const content = { schema: member(schema, { required: ['a'] }) };
    const said = version === '2.0' ? content : { content: { 'application/json': content } };
    return {
      responses: { 200: { description: '', ...said } },
      ...(version === '2.0' && { produces: ['application/json'] }),
    };
  },
  'answer header': (schema, version) => {
    const header = version === '2.0' ? schema : { required: true, schema };
    return { responses: { 200: { description: '', headers: { 'X-A': header } } } };
  },
};

function withParameter(place: string, schema: JsonObject, version: Version): JsonObject {
  const said = version === '2.0' ? schema : { schema };
  return { parameters: [{ name: 'id', in: place, required: true, ...said }] };
}

function standing(site: string, schema: JsonObject, version: Version): JsonObject {
  const operation = { responses: { 200: { description: '' } }, ...sites[site]?.(schema, version) };
  return {
    ...(version === '2.0' ? { swagger: version } : { openapi: version }),
    info: { title: 'Things', version: '1' },
    paths: { [site === 'path parameter' ? '/things/{id}' : '/things']: { post: operation } },
  } as unknown as JsonObject;
}

test.each(
  (['2.0', '3.0.3', '3.1.0'] as const).flatMap((version) => Object.keys(sites).map((site) => [version, site] as const)),
)('in %s what may stand in a %s is told in one direction alone', async (version, site) => {
  for (const [, wide, narrow] of scalars) {
    const [a, b] = [standing(site, wide, version), standing(site, narrow, version)];
    const [narrowed, widened] = [await changes(a, b), await changes(b, a)];
    const [breaks, allows, kind] = site.startsWith('answer')
      ? [widened, narrowed, 'answer-unforeseen']
      : [narrowed, widened, 'request-refused'];
    expect(breaks.filter((change) => change.breaks).map((change) => change.kind)).toEqual([kind]);
    expect(breaking(allows)).toEqual([]);
    expect(allows).not.toEqual([]);
  }
});

test('a query parameter is read as it stands on the wire', async () => {
  const query = (schema: JsonObject, required = false) => things({ query: { schema, required } });
  expect(breaking(await changes(query({ type: 'integer' }), query(text)))).toEqual([]);
  expect(breaking(await changes(query(text), query({ type: 'integer' })))).toEqual([
    'query /q: must be an integer, not a string',
  ]);
  expect(breaking(await changes(query(text), query(text, true)))).toEqual([
    'query /q: query parameter "q" is required',
  ]);
  expect(breaking(await changes(things({}), query(text)))).toEqual([]);
});

test('a parameter that is written otherwise means something else, where it is not one value', async () => {
  const list = { type: 'array', items: { type: 'string', enum: ['a', 'b'] } };
  const written = (more: JsonObject, schema: JsonObject = list) => things({ query: { schema, ...more } });
  const kinds = async (old: JsonObject, other: JsonObject) => (await changes(old, other)).map(({ kind }) => kind);
  expect(await kinds(written({}), written({ explode: false }))).toContain('request-misread');
  expect(await kinds(written({ explode: false }), written({ explode: false, style: 'pipeDelimited' }))).toEqual(
    expect.arrayContaining([expect.stringMatching('request-')]),
  );
  expect(breaking(await changes(written({}, text), written({ explode: false }, text)))).toEqual([]);
  expect(await kinds(written({}), written({ style: 'form', explode: true, allowReserved: false }))).toEqual([]);
});

test('what a server sends because it was asked for it is held against who listens', async () => {
  const calling = (schema: JsonObject, at = '{$request.body#/url}') => {
    const post = {
      requestBody: { content: { 'application/json': { schema } } },
      responses: { 200: { description: '' } },
    };
    return things({ operation: { callbacks: { done: { [at]: { post } } } } });
  };
  const told = async (old: JsonObject, other: JsonObject) => breaking(await changes(old, other));
  expect(await told(calling(member(text)), calling(member({ type: 'integer' })))).toEqual([
    'body /a: must be a string, not a number',
  ]);
  expect(await told(calling(text), calling(text))).toEqual([]);
  expect(await told(calling(text), things({}))).toEqual(['the callback POST done is no more']);
});

test('what is told of an operation as a whole leaves its parts to be told', async () => {
  const scheme = { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Key' } } } };
  const secured = { ...things({ query: { schema: text } }), ...scheme, security: [{ key: [] }] };
  expect((await changes(things({}), secured)).map(({ kind }) => kind)).toEqual(['security-raised', 'added']);
});

test('a server that is no more breaks who asks it', async () => {
  const at = (...urls: string[]) => ({ ...things({}), servers: urls.map((url) => ({ url })) });
  const messages = async (old: JsonObject, other: JsonObject) =>
    (await changes(old, other)).map(({ breaks, message }) => [breaks, message]);
  expect(await messages(at('https://a.example/v1/'), at('https://b.example/v1', 'https://a.example/v1'))).toEqual([
    [false, 'the server https://b.example/v1 is new'],
  ]);
  expect(await messages(at('https://a.example/v1'), at('https://a.example/v2'))).toEqual([
    [true, 'the server https://a.example/v1 is no more'],
    [false, 'the server https://a.example/v2 is new'],
  ]);
  expect(await messages(at('http://localhost:3000', '/v1'), at('https://a.example/v1'))).toEqual([
    // What is relative may be there.
  ]);
  expect(await messages(things({}), at('https://a.example/v1'))).toEqual([]);
  expect(await messages(at('https://eu.example/v1'), at('https://{region}.example/v1'))).toEqual([
    [false, 'the server https://{region}.example/v1 is new'],
  ]);
});

test('a server with many variables is looked for in one pass', async () => {
  const at = (url: string) => ({ ...things({}), servers: [{ url: `https://x.example/${url}` }] });
  const messages = async (old: JsonObject, other: JsonObject) =>
    (await changes(old, other)).map(({ kind, message }) => `${kind} ${message.slice(0, 35)}`);
  const open = '{a}'.repeat(400);
  expect(await messages(at(`${'a'.repeat(400)}/x`), at(`${open}/y`))).toEqual([
    'server-removed the server https://x.example/aaaaaa',
    'added the server https://x.example/{a}{a}',
  ]);
  expect(await messages(at(`${'a'.repeat(400)}/x`), at(`${open}/x`))).toEqual([
    'added the server https://x.example/{a}{a}',
  ]);
  expect(await messages(at('v1-eu/x'), at('v{n}-{region}/{rest}'))).toHaveLength(1);
  expect(await messages(at('v1/x'), at('v{n}-{region}/{rest}'))).toHaveLength(2);
});

test('thousands of credentials, servers and paths are told from one another at once', async () => {
  const count = 2_000;
  const names = Array.from({ length: count }, (_, index) => `k${index}`);
  const securitySchemes = Object.fromEntries(names.map((name) => [name, { type: 'apiKey', in: 'header', name }]));
  const secured = (security: JsonObject[], more: JsonObject = {}) =>
    ({ ...things({}), components: { securitySchemes }, security, ...more }) as JsonObject;
  const each = names.map((name) => ({ [name]: [] }));
  const all = [Object.fromEntries(names.map((name) => [name, []]))];
  expect(await changes(secured(each), secured(each.toReversed()))).toEqual([]);
  expect(await changes(secured(all), secured(each))).toMatchObject([{ kind: 'changed' }]);
  const raised = await changes(secured(each), secured(all));
  expect(raised).toHaveLength(count);
  expect(raised[0]?.message).toBe(
    'k0 was enough, and k0 and k1 and k2 and k3 and k4 and k5 and k6 and k7 and k8 and k9 and 1,990 more is needed',
  );
  const served = (order: readonly string[]) =>
    secured([], { servers: order.map((name) => ({ url: `https://${name}.example/{v}`, variables: {} })) });
  expect(await changes(served(names), served(names.toReversed()))).toEqual([]);
  const document = { ...things({}), paths: Object.fromEntries(names.map((name) => [`/${name}/{id}`, { get: {} }])) };
  const { entries } = operationsOf(document as JsonObject);
  expect(pairsOf(entries, entries.toReversed())).toMatchObject({ removed: [], added: [] });
});

test('what no request or answer shows is read off both documents', async () => {
  const scheme = { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Key' } } } };
  const secured = { ...things({}), ...scheme, security: [{ key: [] }] };
  const kinds = async (old: JsonObject, other: JsonObject) =>
    (await changes(old, other)).filter(({ breaks }) => breaks).map(({ kind }) => kind);
  expect(await kinds(things({}), secured)).toEqual(['security-raised']);
  expect(await kinds(secured, things({}))).toEqual([]);
  expect(await changes(secured, things({}))).toMatchObject([
    { message: 'key was needed, and no credential is enough' },
  ]);
  expect(await kinds(secured, { ...secured, security: [{}, { key: [] }] })).toEqual([]);
  const responses = (content: Json, status = '200') =>
    things({ operation: { responses: { [status]: { description: '', content } } } });
  const json = { 'application/json': { schema: text } };
  expect(await kinds(responses({ ...json, 'text/csv': {} }), responses(json))).toEqual(['answer-type-removed']);
  expect(await kinds(responses(json), responses(json, '202'))).toEqual(['success-removed']);
  const defaulted = (value: Json) => things({ query: { schema: { type: 'integer', default: value } } });
  expect(await kinds(defaulted(10), defaulted(20))).toEqual(['default-changed']);
  const inBody = (value: Json, rest: JsonObject = {}) => things({ request: member({ ...text, default: value }, rest) });
  expect(await kinds(inBody('a'), inBody('b'))).toEqual(['default-changed']);
  expect(await kinds(inBody('a', { required: ['a'] }), inBody('b', { required: ['a'] }))).toEqual([]);
  const file = (schema: JsonObject) => things({ request: member({ type: 'string', ...schema }) });
  const bytes = { contentMediaType: 'application/octet-stream' };
  expect(await kinds(file(bytes), file({ format: 'binary' }))).toEqual([]);
  expect(await kinds(file(bytes), file({ contentMediaType: 'image/png' }))).toEqual(['content-changed']);
});

test('a value that is not named any more in an open list breaks who sends it, and nobody who reads it', async () => {
  const named = (...values: string[]) => ({ ...text, 'x-extensible-enum': values });
  const kinds = async (old: JsonObject, other: JsonObject) => (await changes(old, other)).map(({ kind }) => kind);
  const [wide, narrow] = [named('a', 'b'), named('b')];
  expect(await kinds(things({ query: { schema: wide } }), things({ query: { schema: narrow } }))).toEqual([
    'value-withdrawn',
  ]);
  const inBody = (schema: JsonObject) => things({ request: member({ type: 'array', items: schema }) });
  expect(await kinds(inBody(wide), inBody(narrow))).toEqual(['value-withdrawn']);
  expect(await kinds(inBody(wide), inBody(named('b', 'a')))).toEqual([]);
  expect(await kinds(inBody(narrow), inBody(wide))).toEqual(['changed']);
  expect(await kinds(things({ answer: wide }), things({ answer: narrow }))).toEqual(['changed']);
});

test('what no request can show is undecided: parameters without a place, and parts of which nothing valid is made', async () => {
  const kinds = async (old: JsonObject, other: JsonObject) => (await changes(old, other)).map(({ kind }) => kind);
  const unplaced = (schema: JsonObject) =>
    things({ operation: { parameters: [{ name: 'id', in: 'path', required: true, schema }] } });
  expect(await kinds(unplaced(text), unplaced({ type: 'integer' }))).toEqual(['undecided']);
  expect(await kinds(unplaced(text), unplaced({ ...text, description: 'other words' }))).toEqual([]);
  expect(await kinds(unplaced(text), things({}))).toEqual([]);
  // Nothing fits exactly one of two that are alike.
  const optional = (more: JsonObject) => {
    const schema = { oneOf: [member(text), member(text), ...[more].flat()] };
    return things({ operation: { requestBody: { content: { 'application/json': { schema } } } } });
  };
  expect(await kinds(optional(member(text)), optional(member({ type: 'integer' })))).toEqual(['undecided']);
});

test.each([
  [{}, 'operation-removed'],
  [{ deprecated: true }, 'operation-removed'],
  [{ deprecated: true, 'x-sunset': '2026-05-01' }, 'operation-ended'],
  [{ deprecated: true, 'x-sunset': '2026-07-01' }, 'operation-removed'],
])('an operation that is removed with %j is told as %s', async (member, kind) => {
  const more = { '/gone': { get: { responses: { '200': { description: '' } }, ...member } } };
  expect((await changes(things({ more }), things({}))).map((change) => change.kind)).toEqual([kind]);
});

test('a document against itself, and against what says the same otherwise, has no change', async () => {
  const one = things({ request: { $ref: '#/components/schemas/A' }, answer: { anyOf: [text, { type: 'integer' }] } });
  const schemas = { A: member({ type: ['string', 'null'], enum: ['a', null], minLength: 0 }, { required: ['a'] }) };
  const other = things({
    request: {
      required: ['a'],
      properties: { a: { enum: [null, 'a'], type: ['null', 'string'] } },
      type: 'object',
      description: 'A thing',
    },
    answer: { anyOf: [{ type: 'integer' }, text] },
  });
  expect(await changes({ ...one, components: { schemas } }, { ...one, components: { schemas } })).toEqual([]);
  expect(await changes({ ...one, components: { schemas } }, other)).toEqual([]);
});

test('a change of a shared schema is one change, with its lines in both documents', async () => {
  const document = (type: string) => `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a: { get: { responses: { '200': { $ref: '#/components/responses/A' } } } }
  /b: { get: { responses: { '200': { $ref: '#/components/responses/A' } } } }
components:
  responses:
    A:
      description: d
      content:
        application/json:
          schema:
            type: ${type}
`;
  const [old, other] = [
    documentFromText(document('string'), { name: 'old' }),
    documentFromText(document('integer'), { name: 'new' }),
  ];
  const { changes: all } = await diff(createOperations(old), createOperations(other), { now });
  expect(all).toMatchObject([
    {
      kind: 'answer-unforeseen',
      message: 'answer 200, body: must be a string, not a number',
      operations: ['GET /a', 'GET /b'],
      old: { file: 'old', line: 13 },
      new: { file: 'new', line: 13 },
    },
  ]);
});

test('schemas that know each other in circles through unions are compared to an end', async () => {
  const trees = (leaf: JsonObject): JsonObject => ({
    ...things({ answer: { $ref: '#/components/schemas/Tree' } }),
    components: {
      schemas: {
        Tree: { oneOf: [leaf, { $ref: '#/components/schemas/Fork' }] },
        Fork: {
          type: 'object',
          required: ['left'],
          properties: {
            left: { $ref: '#/components/schemas/Tree' },
            right: { allOf: [{ $ref: '#/components/schemas/Fork' }] },
          },
        },
      },
    },
  });
  expect(await changes(trees({ type: 'string' }), trees({ type: 'string' }))).toEqual([]);
  expect((await changes(trees({ type: 'string' }), trees({ type: 'integer' }))).length).toBeGreaterThan(0);
});

test('schemas that lead to each other deeper than the stack bears are compared to their end', async () => {
  const chain = (end: JsonObject, list: boolean): JsonObject => ({
    ...things({ answer: { $ref: '#/components/schemas/C0' } }),
    components: {
      schemas: Object.fromEntries(
        Array.from({ length: 400 }, (_, index) => {
          const next = { $ref: `#/components/schemas/C${index + 1}` };
          return [
            `C${index}`,
            { type: 'object', properties: { c: list ? { anyOf: [next, { type: 'null' }] } : next } },
          ];
        }).concat([['C400', end as never]]),
      ),
    },
  });
  for (const list of [false, true]) {
    expect(await changes(chain({ type: 'string' }, list), chain({ type: 'string' }, list))).toEqual([]);
  }
});
