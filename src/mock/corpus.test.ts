import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Document, documentFromText } from '../document/index.js';
import { createFaker } from '../fake/index.js';
import {
  type Answer,
  checkResponse,
  createOperations,
  type HttpRequest,
  impliedStatus,
  isJson,
  type Operation,
  type Operations,
  type Situation,
  serializeParameter,
} from '../operation/index.js';
import type { Schema } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { createMock } from './index.js';
import type { Mock } from './types.js';

const root = new URL('../../', import.meta.url);
/** Of the seeds and the requests `npm test` tries a tenth, `npm run test:whole` all. */
const share = process.env.WHOLE === '1' ? 1 : 10;
const documents = [
  { name: 'the built-in document', path: 'spec/openhands-installations.yaml', seeds: 20, runs: 4000 },
  { name: 'openhands-v0.json', path: 'tests/documents/openhands-v0.json', seeds: 20, runs: 2000 },
  { name: 'openhands-agent-server.json', path: 'tests/documents/openhands-agent-server.json', seeds: 20, runs: 1500 },
  { name: 'the Figma API', path: 'node_modules/@figma/rest-api-spec/openapi/openapi.yaml', seeds: 2, runs: 1000 },
  { name: 'Scalar Galaxy', path: 'node_modules/@scalar/galaxy/dist/3.1.yaml', seeds: 10, runs: 1500 },
].map(({ seeds, runs, ...each }) => ({
  ...each,
  file: new URL(each.path, root),
  seeds: Math.ceil(seeds / share),
  runs: runs / share,
}));

const read = new Map<string, Operations>();
function operationsOf(file: URL): Operations {
  let operations = read.get(file.href);
  if (operations === undefined) {
    const document: Document = documentFromText(readFileSync(file, 'utf8'), { name: file.pathname });
    operations = createOperations(document);
    read.set(file.href, operations);
  }
  return operations;
}

/** What the document has against an answer; none for an undeclared status that is implied in some situation. */
function faultsOf(operation: Operation, answer: Answer, method: string): unknown[] {
  const declared = operation.responses.map(({ key }) => key);
  const isDeclared = [String(answer.status), `${Math.floor(answer.status / 100)}XX`, 'default'].some((key) =>
    declared.includes(key),
  );
  const situations: Situation[] = [
    'rejected',
    'invalid-path',
    'unauthorized',
    'unsupported-media-type',
    'not-acceptable',
  ];
  if (!isDeclared) {
    return situations.some((situation) => impliedStatus(answer.status, situation, declared)) ? [] : [answer];
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const bytes = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
  const body = bytes.length === 0 || method === 'HEAD' ? null : bytes;
  return checkResponse(operation, { status: answer.status, headers, body }, { method });
}

for (const { name, path, file, seeds, runs } of documents) {
  const title = existsSync(file) ? name : `${name} (skipped: needs ${path})`;
  describe.skipIf(!existsSync(file))(title, () => {
    it(`gives every response that it declares, valid, for ${seeds} seeds`, () => {
      const operations = operationsOf(file);
      let answers = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const mock = createMock({ operations, seed });
        for (const operation of operations.entries.map((entry) => operations.compile(entry))) {
          for (const { status, accept } of declaredAnswers(operation)) {
            const target = operation.path.replaceAll(/\{[^}]*\}/g, '1');
            const headers = { prefer: `code=${status}, validate=off`, ...(accept === null ? {} : { accept }) };
            const answer = mock.answer({ method: operation.method, target, headers, body: null });
            answers += 1;
            if (answer.status !== status) expect({ target, answer }).toEqual({ status });
            const faults = faultsOf(operation, answer, operation.method);
            if (faults.length > 0) expect({ target, answer, faults }).toEqual([]);
          }
        }
      }
      expect(answers).toBeGreaterThan(seeds);
    });

    it('takes a valid request for every operation, and answers it with success', () => {
      const operations = operationsOf(file);
      const mock = createMock({ operations });
      for (const entry of operations.entries) {
        const operation = operations.compile(entry);
        for (let seed = 1; seed <= 2; seed++) {
          const request = validRequest(operation, operations, seed);
          if (request === null) continue;
          const answer = mock.answer(request);
          if (answer.status >= 400) expect({ request: shown(request), answer }).toEqual({ status: 200 });
          expect(faultsOf(operation, answer, request.method)).toEqual([]);
        }
      }
    });

    it(`withstands ${runs} random and mutated requests: no exception, no undeclared 5xx, every body valid`, () => {
      const operations = operationsOf(file);
      const mock = createMock({ operations });
      fc.assert(
        fc.property(hostileRequest(operations), (request) => expectSound(mock, request)),
        { numRuns: runs, endOnFailure: true },
      );
    });
  });
}

function expectSound(mock: Mock, request: HttpRequest): void {
  const answer = mock.answer(request);
  const match = mock.operations.match(request.method, request.target);
  const answering = match.kind === 'operation' ? mock.operations.compile(match.entry) : null;
  if (answering === null) {
    expect([204, 404, 405]).toContain(answer.status);
    return;
  }
  const faults = faultsOf(answering, answer, request.method);
  if (faults.length > 0) expect({ request: shown(request), answer, faults }).toEqual([]);
  expect(mock.answer(request)).toEqual(answer);
}

/** Every declared response in every declared media type. */
function declaredAnswers(operation: Operation) {
  return operation.responses.flatMap(({ key, content }) => {
    const status = key === 'default' ? 418 : Number(key.replace(/XX$/i, '17'));
    const accepts = content.length > 0 ? content.map(({ mediaType }) => mediaType) : [null];
    return status < 200 ? [] : accepts.map((accept) => ({ status, accept }));
  });
}

const encoder = new TextEncoder();

function credentials(operation: Operation): { headers: Record<string, string>; query: string[] } {
  const headers: Record<string, string> = {};
  const query: string[] = [];
  for (const scheme of operation.security[0] ?? []) {
    if (scheme.type === 'apiKey' && scheme.in === 'query') query.push(`${scheme.parameterName}=key`);
    else if (scheme.type === 'apiKey' && scheme.in === 'cookie') headers.cookie = `${scheme.parameterName}=key`;
    else if (scheme.type === 'apiKey') headers[String(scheme.parameterName).toLowerCase()] = 'key';
    else headers.authorization = scheme.httpScheme === 'basic' ? `Basic ${btoa('a:b')}` : 'Bearer token';
  }
  return { headers, query };
}

/**
 * Made from the schemas of its parameters and body: required ones on an odd seed, all on an even one. null where a
 * required parameter has no form on the wire, or the body cannot be JSON.
 */
function validRequest(operation: Operation, operations: Operations, seed: number): HttpRequest | null {
  const faker = createFaker(operations.schemas);
  const make = (schema: Schema, salt: string): Json => {
    const made = faker.generate(schema, { seed, salt });
    return made.ok ? made.value : expect.fail(made.problem.message);
  };
  const { headers, query } = credentials(operation);
  const cookies = headers.cookie === undefined ? [] : [headers.cookie];
  let path = operation.path;
  for (const parameter of operation.parameters.filter(({ required }) => required || seed % 2 === 0)) {
    const text = serializeParameter(parameter, make(parameter.schema, parameter.name));
    if (text === null && parameter.required) return null;
    if (text === null) continue;
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, text);
    else if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = text;
    else (parameter.in === 'query' ? query : cookies).push(text);
  }
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  const target = query.length > 0 ? `${path}?${query.filter((each) => each !== '').join('&')}` : path;
  const content = operation.requestBody?.content.find(({ mediaType }) => isJson(mediaType));
  if (content === undefined || content.schema === null) {
    return operation.requestBody?.required ? null : { method: operation.method, target, headers, body: null };
  }
  headers['content-type'] = content.mediaType;
  const body = encoder.encode(JSON.stringify(make(content.schema, 'body')));
  return { method: operation.method, target, headers, body };
}

const hostileText = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'true',
    'null',
    '[]',
    '{}',
    'é',
    '\0',
    '%',
    '%zz',
    '%ff',
    '%00',
    'a,b',
    '../..',
  ),
  fc.constant('x'.repeat(10_000)),
);

type Mutation = (request: HttpRequest) => HttpRequest;

const withQuery = (request: HttpRequest, piece: string): HttpRequest => ({
  ...request,
  target: request.target + (request.target.includes('?') ? '&' : '?') + piece,
});

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant<Mutation>((request) => request),
  fc.tuple(hostileText, hostileText).map(
    ([name, value]): Mutation =>
      (request) =>
        withQuery(request, `${name}=${value}`),
  ),
  fc.tuple(fc.nat(), hostileText).map(
    ([at, wedge]): Mutation =>
      (request) => {
        const cut = 1 + (at % request.target.length);
        return { ...request, target: request.target.slice(0, cut) + wedge + request.target.slice(cut) };
      },
  ),
  fc.nat().map(
    (at): Mutation =>
      (request) => ({ ...request, target: request.target.slice(0, 1 + (at % request.target.length)) }),
  ),
  fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'QUERY', 'x').map(
    (method): Mutation =>
      (request) => ({ ...request, method }),
  ),
  fc
    .tuple(
      fc.constantFrom('accept', 'content-type', 'prefer', 'cookie', 'authorization', 'origin', 'x-session-api-key'),
      fc.oneof(
        hostileText,
        fc.constantFrom(
          'text/html',
          'application/json',
          'code=404',
          'code=200',
          'example=x',
          'dynamic',
          'validate=off',
        ),
      ),
    )
    .map(
      ([name, value]): Mutation =>
        (request) => ({ ...request, headers: { ...request.headers, [name]: value } }),
    ),
  fc.nat().map(
    (at): Mutation =>
      (request) => {
        const names = Object.keys(request.headers);
        return { ...request, headers: { ...request.headers, [names[at % (names.length || 1)] ?? 'x']: undefined } };
      },
  ),
  fc.oneof(fc.json(), hostileText).map(
    (text): Mutation =>
      (request) => ({
        ...request,
        headers: { 'content-type': 'application/json', ...request.headers },
        body: encoder.encode(text),
      }),
  ),
  fc.uint8Array({ maxLength: 30 }).map(
    (body): Mutation =>
      (request) => ({ ...request, body }),
  ),
  fc.tuple(fc.nat(), fc.jsonValue()).map(
    ([at, value]): Mutation =>
      (request) => {
        const text = request.body === null ? '' : new TextDecoder().decode(request.body);
        const object = parse(text);
        if (object === null) return request;
        const names = Object.keys(object);
        const name = names[at % (names.length || 1)] ?? 'extra';
        return { ...request, body: encoder.encode(JSON.stringify({ ...object, [name]: value })) };
      },
  ),
);

const valid = new Map<string, HttpRequest | null>();

/** `validRequest`, made once. */
function knownRequest(operation: Operation, operations: Operations, seed: number): HttpRequest | null {
  const key = `${operations.document.name} ${operation.id} ${seed}`;
  if (!valid.has(key)) valid.set(key, validRequest(operation, operations, seed));
  return valid.get(key) ?? null;
}

/** A valid request for an operation, mutated up to three times. */
function hostileRequest(operations: Operations) {
  return fc
    .tuple(
      fc.nat({ max: operations.entries.length - 1 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(mutation, { maxLength: 3 }),
    )
    .map(([index, seed, mutations]) => {
      const operation = operations.compile(operations.entries[index] ?? expect.fail());
      const plain: HttpRequest = { method: operation.method, target: operation.path, headers: {}, body: null };
      const request = knownRequest(operation, operations, seed) ?? plain;
      return mutations.reduce((changed, mutate) => mutate(changed), request);
    });
}

function parse(text: string): Record<string, Json> | null {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function shown({ method, target, headers, body }: HttpRequest) {
  return { method, target, headers, body: body === null ? null : new TextDecoder().decode(body).slice(0, 500) };
}
