import { expect, test } from 'vitest';
import { run } from '../contract/index.js';
import { documentFromText } from '../document/index.js';
import { createMock, type Mock } from '../mock/index.js';
import { createOperations } from '../operation/index.js';
import { overVirtualWire } from './virtual-wire.js';

const head = "openapi: 3.0.3\ninfo: { title: A, version: '1' }\n";

/** The mock of a small document, what it answers to a request, and what the suite has to say of it. */
function mockOf(text: string) {
  const operations = createOperations(documentFromText(head + text, { name: 'a.yaml' }));
  const mock: Mock = createMock({ operations });
  return {
    ask: (method: string, target: string, headers: Record<string, string> = {}) =>
      mock.answer({ method, target, headers, body: null }),
    async said(): Promise<readonly string[]> {
      const { verdict, findings, notes } = await run({
        operations,
        send: async (request, { timeout }) => overVirtualWire(mock.answer(request), request.method, timeout),
        target: 'http://localhost',
        allowWrites: true,
        maxCases: 12,
      });
      const violations = findings.filter(({ severity }) => severity === 'violation');
      return [verdict, ...violations.map(({ check, message }) => `${check}: ${message}`), ...notes];
    },
  };
}

test('where an operation declares errors alone, a valid request has success, and each 405 has Allow', async () => {
  const { ask, said } = mockOf("paths: { /pet: { post: { responses: { '405': { description: no } } }, get: {} } }");
  expect(ask('POST', '/pet')).toMatchObject({ status: 200, body: '' });
  expect(ask('POST', '/pet', { prefer: 'code=405' })).toMatchObject({
    status: 405,
    headers: { Allow: 'GET, POST, HEAD, OPTIONS' },
  });
  expect(await said()).toEqual(['kept']);
});

test('where default stands for success, an error is problem details', async () => {
  const { ask, said } = mockOf(`
security: [{ key: [] }]
paths:
  /ids:
    get: { responses: { default: { description: ok, content: { application/json: { schema: { type: array, minItems: 1, items: { type: integer } } } } } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`);
  expect(ask('GET', '/ids')).toMatchObject({ status: 401, headers: { 'Content-Type': 'application/problem+json' } });
  expect(ask('GET', '/ids', { 'x-key': 'a' })).toMatchObject({
    status: 200,
    headers: { 'Content-Type': 'application/json' },
  });
  expect(await said()).toEqual(['kept', expect.stringContaining('No credential was given')]);
});

test('where nothing is declared, nothing is broken', async () => {
  expect(await mockOf('paths: { /users: { get: {} } }').said()).toEqual(['kept']);
});

test('operations with one path and keys with a fragment are told apart by their required headers', async () => {
  const operation = (name: string) =>
    `  /#${name}: { post: { operationId: ${name}, parameters: [{ name: X-Target, in: header, required: true, schema: { type: string, enum: [${name}] } }], responses: { '200': { description: ok } } } }`;
  const { ask, said } = mockOf(`paths:\n${operation('make')}\n${operation('remove')}\n`);
  expect(ask('POST', '/', { 'x-target': 'remove' })).toMatchObject({ status: 200, operationId: 'remove' });
  expect(await said()).toEqual(['kept']);
});

test('what stands in braces in the query of a key is a query parameter, however it is declared', async () => {
  const { ask, said } = mockOf(`
paths:
  /alerts?lat={latitude}&lon={lon}&kind={kind}:
    get:
      parameters:
        - { name: latitude, in: path, required: true, schema: { type: number } }
        - { name: lon, in: query, schema: { type: number } }
      responses: { '200': { description: ok }, '422': { description: no } }
`);
  expect(ask('GET', '/alerts?lat=1.5&lon=2&kind=a')).toMatchObject({ status: 200 });
  expect(ask('GET', '/alerts?lat=north&lon=2&kind=a')).toMatchObject({ status: 422 });
  expect(await said()).toEqual(['kept']);
});

test('a declared Accept-Encoding has its own say', async () => {
  const parameter = '{ name: Accept-Encoding, in: header, schema: { type: string, enum: [base64] } }';
  const { said } = mockOf(
    `paths: { /a: { get: { parameters: [${parameter}], responses: { '200': { description: ok } } } } }`,
  );
  expect(await said()).toEqual(['kept']);
});

test('an operation whose requests another one answers is named', async () => {
  const { said } = mockOf(`
paths:
  /a/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: ok } } } }
  /a/{name}: { get: { parameters: [{ name: name, in: path, required: true, schema: { type: string } }], responses: { '200': { description: ok } } } }
  /b: { get: { parameters: [{ name: map, in: query, required: true, schema: { type: object, additionalProperties: { type: string } } }], responses: { '200': { description: ok } } } }
  /c/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string, default: '' } }], responses: { '200': { description: ok } } } }
`);
  expect(await said()).toEqual([
    'kept',
    'GET /a/{name} could not be checked whole: No valid request can be made for it: its requests are also those of GET /a/{id}, which answers',
  ]);
});

test('two schemes for one header are met by either', async () => {
  const { said } = mockOf(`
paths: { /a: { get: { security: [{ basic: [], token: [] }], responses: { '200': { description: ok } } } } }
components: { securitySchemes: { basic: { type: http, scheme: basic }, token: { type: apiKey, in: header, name: Authorization } } }
`);
  expect(await said()).toEqual(['kept', expect.stringContaining('No credential was given')]);
});

test('a document without operations is not kept, and says why', async () => {
  expect(await mockOf('paths: {}').said()).toEqual([
    'incomplete',
    'The document has no operation, so there is nothing to check',
  ]);
});

test('of two parameters with nothing between them the second begins at the last dot', async () => {
  const path = (name: string, schema: string) =>
    `{ name: ${name}, in: path, required: true, schema: { type: string, ${schema} } }`;
  const { ask, said } = mockOf(`
paths:
  /blog/{page}{extension}:
    get:
      parameters: [${path('page', 'minLength: 3')}, ${path('extension', 'enum: [.json]')}]
      responses: { '200': { description: ok }, '422': { description: no } }
`);
  expect(ask('GET', '/blog/a.week.json').status).toBe(200);
  expect(ask('GET', '/blog/week.xml').status).toBe(422);
  expect(await said()).toEqual(['kept']);
});

const misfit = (where: string) =>
  expect.stringMatching(`^Not judged: .*/${where}: The example does not fit its schema`);
const answer = (status: string, content: string) => `'${status}': { description: d, content: { ${content} } }`;

test.each([
  ['a key of content that is no media type', '422', "'': { schema: { type: object } }", 'application/octet-stream'],
  ['a range of images, without a schema', '422', "'image/*': {}", 'image/png'],
  ['any text, without a schema', '422', "'text/*': {}", 'text/plain'],
])('an error in %s has a media type that is declared', async (_, status, content, sent) => {
  const { ask, said } = mockOf(`
paths:
  /a:
    get:
      parameters: [{ name: n, in: query, required: true, schema: { type: integer } }]
      responses: { '200': { description: ok }, ${answer(status, content)} }
`);
  const { headers } = ask('GET', '/a');
  expect(headers['Content-Type']).toMatch(new RegExp(`^${sent}`));
  expect(await said()).toEqual(['kept']);
});

test('events of numbers are events', async () => {
  const { ask, said } = mockOf(
    `paths: { /a: { get: { responses: { ${answer('200', "'text/event-stream': { schema: { type: integer } }")} } } } }`,
  );
  expect(ask('GET', '/a').body).toMatch(/^(?:data: -?\d+\n\n)+$/);
  expect(await said()).toEqual(['kept']);
});

test('a text that can be no body is no example', async () => {
  const { ask, said } = mockOf(`
paths:
  /a: { get: { responses: { ${answer('200', "'application/xml': { schema: { type: object, properties: { a: { type: string } } }, example: '' }")} } } }
  /b: { get: { responses: { ${answer('200', `'application/x-ndjson': { schema: { type: object }, example: "\\uD800" }`)} } } }
`);
  expect(ask('GET', '/a').body).toMatch(/^<\?xml/);
  expect(ask('GET', '/b').body).toBe('"\\ud800"\n');
  expect(await said()).toEqual(['kept', misfit('example'), misfit('example')]);
});

test('a text of any type is not said to be JSON', async () => {
  const { ask, said } = mockOf(`
paths:
  /a: { get: { responses: { ${answer('200', "'*/*': { schema: { type: object }, example: All is well }")} } } }
  /b: { get: { responses: { ${answer('200', `'*/*': { schema: { type: object }, example: '{ "a": 1 }' }`)} } } }
`);
  expect(ask('GET', '/a')).toMatchObject({
    body: 'All is well',
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
  expect(ask('GET', '/b')).toMatchObject({ body: '{"a":1}', headers: { 'Content-Type': 'application/json' } });
  expect(await said()).toEqual(['kept', misfit('example')]);
});

test('a header that can only be null is not sent', async () => {
  const { ask, said } = mockOf(
    "paths: { /a: { get: { responses: { '200': { description: d, headers: { X-A: { schema: { enum: [null] } } } } } } } }",
  );
  expect(ask('GET', '/a').headers).not.toHaveProperty('X-A');
  expect(await said()).toEqual(['kept']);
});

test('no form is asked for that one of the successes does not name', async () => {
  const of = (first: string) =>
    `post: { responses: { ${answer('200', `${first}: {}`)}, ${answer('202', "'text/csv': {}")} } }`;
  const { said } = mockOf(`paths: { /a: { ${of("'a b/c'")} }, /b: { ${of("'*/*'")} } }`);
  expect(await said()).toEqual(['kept']);
});
