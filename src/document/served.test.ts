import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createOperations } from '../operation/index.js';
import { type Document, documentFromText, problemsLine, readDocument } from './index.js';

/** What is said of a document, and what is left of it. */
function reading(text: string, name = 'a.yaml') {
  return readingOf(documentFromText(text, { name }));
}

function readingOf(document: Document) {
  const operations = createOperations(document);
  return {
    document,
    operations,
    said: document.problems.map(
      ({ id, takes, location }) => `${id} takes ${takes} (${location?.line}:${location?.column})`,
    ),
    served: operations.entries.map(({ method, path }) => `${method} ${path}`),
    leftOut: document.leftOut.map(({ name, reason }) => `${name}: ${reason}`),
  };
}

const head = 'openapi: 3.0.3\ninfo: {title: t, version: "1"}\npaths:\n';
const fine = '  /fine: {get: {responses: {200: {description: ok}}}}\n';
const ok = 'responses: {200: {description: ok}}';

test('a parameter of a path that is not declared is a required string', () => {
  const { said, operations } = reading(`${head}  /a/{id}: {get: {${ok}}}\n`);
  expect(said).toEqual(['path-parameter-undeclared takes nothing (4:3)']);
  const [entry] = operations.entries;
  expect(entry && operations.compile(entry).parameters).toMatchObject([{ name: 'id', in: 'path', required: true }]);
});

test.each([
  ['a parameter without a name', 'parameters: [{in: query, schema: {}}]', 'parameter-name', 'a parameter has no name'],
  [
    'a parameter in no place',
    'parameters: [{name: a, in: quarry, schema: {}}]',
    'parameter-place',
    'Parameter "a" does not say where it is',
  ],
  ['parameters that are no list', 'parameters: {name: a}', 'shape', '"parameters" is not a list'],
  [
    'a reference to no parameter',
    "parameters: [{$ref: '#/components/parameters/Gone'}]",
    'reference-dangling',
    '"#/components/parameters/Gone" leads to nothing that is a Parameter Object',
  ],
  [
    'a reference to no body',
    "requestBody: {$ref: '#/components/requestBodies/Gone'}",
    'reference-dangling',
    '"#/components/requestBodies/Gone" leads to nothing that is a Request Body Object',
  ],
])('%s takes away its operation alone', (_kind, member, id, reason) => {
  const { said, served, leftOut } = reading(`${head}  /a:\n    get: {${ok}, ${member}}\n    put: {${ok}}\n${fine}`);
  expect(said).toEqual([expect.stringContaining(`${id} takes operation (5:`)]);
  expect(served).toEqual(['PUT /a', 'GET /fine']);
  expect(leftOut).toEqual([`GET /a: ${reason}`]);
});

test('a name that YAML takes for a number or a boolean is read as its text', () => {
  const named = 'parameters: [{name: 12, in: query, schema: {}}, {name: true, in: header, schema: {}}]';
  const security = 'components: {securitySchemes: {K: {type: apiKey, in: header, name: 7}}}\n';
  const { said, served, operations } = reading(
    `${head}  /a: {get: {${ok}, operationId: 42, ${named}, security: [{K: []}]}}\n${security}`,
  );
  expect(said).toEqual([
    'text-unquoted takes nothing (4:51)',
    'text-unquoted takes nothing (4:82)',
    'text-unquoted takes nothing (4:117)',
    'text-unquoted takes nothing (5:62)',
  ]);
  expect(served).toEqual(['GET /a']);
  const [entry] = operations.entries;
  expect(entry?.id).toBe('42');
  const { parameters, security: demanded } = operations.compile(entry as NonNullable<typeof entry>);
  expect(parameters.map(({ name }) => name)).toEqual(['12', 'true']);
  expect(demanded).toMatchObject([[{ parameterName: '7' }]]);
});

test('a shared parameter without a name takes away the operations that use it', () => {
  const shared = 'components: {parameters: {A: {in: query, schema: {}}}}\n';
  const used = `parameters: [{$ref: '#/components/parameters/A'}]`;
  const { said, served, leftOut } = reading(
    `${head}  /a: {get: {${ok}, ${used}}}\n  /b: {${used}, get: {${ok}}}\n${fine}${shared}`,
  );
  expect(said).toEqual(['parameter-name takes operation (7:27)']);
  expect(served).toEqual(['GET /fine']);
  expect(leftOut).toEqual(['GET /a: a parameter has no name', 'GET /b: a parameter has no name']);
});

test('a list for a Path Item, and a reference to none, take away their path', () => {
  const { said, served, leftOut } = reading(`${head}  /a: []\n  /b: {$ref: '#/components/pathItems/B'}\n${fine}`);
  expect(said).toEqual(['shape takes path (4:3)', 'reference-dangling takes path (5:8)']);
  expect(served).toEqual(['GET /fine']);
  expect(leftOut).toEqual([
    '/a: /paths/~1a is not a Path Item Object',
    '/b: "#/components/pathItems/B" leads to nothing that is a Path Item Object',
  ]);
});

test('2xx is read as 2XX, and what is no status code takes away its response', () => {
  const { said, operations } = reading(
    `${head}  /a: {get: {responses: {2xx: {description: a}, 20: {description: b}, 404: {description: c}}}}\n`,
  );
  expect(said).toEqual(['status-code takes nothing (4:26)', 'status-code takes response (4:49)']);
  const [entry] = operations.entries;
  expect(entry && operations.compile(entry).responses.map(({ key }) => key)).toEqual(['404', '2XX']);
});

test('a reference to nothing in a schema allows anything, and is said once', () => {
  const { said, document, operations } = reading(`${head}${fine}components:
  schemas:
    A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Gone'}}}
    B: {$ref: '#/components/schemas/Gone'}
    C: {$ref: '#/components/schemas/D'}
    D: {$ref: '#/components/schemas/C'}
    E: text
`);
  expect(said).toEqual([
    'reference-dangling takes schema (7:55)',
    'reference-circular takes schema (9:9)',
    'shape takes schema (11:5)',
  ]);
  expect(document.problems[0]?.found).toContain('2 times');
  for (const name of ['A', 'B', 'C', 'D', 'E']) {
    const schema = operations.schemas.at(`/components/schemas/${name}`, 'response');
    expect([name, schema.problems, schema.accepts({ a: 5 })]).toEqual([name, [], true]);
  }
});

test('of a security scheme that is not there, any credential will do', () => {
  const { said, operations } = reading(
    `${head}  /a: {get: {${ok}, security: [{gone: []}]}}\n  /b: {get: {${ok}, security: [{odd: []}, text]}}\ncomponents: {securitySchemes: {odd: {type: odd}}}\n`,
  );
  expect(said).toEqual([
    'security-unknown takes nothing (4:63)',
    'shape takes nothing (5:73)',
    'security-scheme takes nothing (6:38)',
  ]);
  for (const entry of operations.entries) expect(operations.compile(entry).security.flat()).toEqual([]);
});

test('an API key that is named as a header field with its scheme is http', () => {
  const text = `swagger: "2.0"\ninfo: {title: t, version: "1"}\nsecurityDefinitions: {jwt: {type: apiKey, in: header, name: "Authorization: Bearer"}}\nsecurity: [{jwt: []}]\npaths: {/a: {get: {${ok}}}}\n`;
  const { said, operations } = reading(text);
  expect(said).toEqual(['security-header takes nothing (3:55)']);
  const [entry] = operations.entries;
  expect(entry && operations.compile(entry).security).toMatchObject([[{ type: 'http', httpScheme: 'bearer' }]]);
});

test('what is sent in a header that HTTP cannot carry is left out, and blanks around a name are no part of it', () => {
  const header = (name: string) => `{name: "${name}", in: header, required: true, schema: {type: string}}`;
  const { said, operations } = reading(
    `${head}  /a: {get: {${ok}, parameters: [${header('my key')}, ${header('X-Tenant ')}], security: [{odd: []}]}}
  /b: {get: {${ok}, security: [{even: []}]}}
components:
  securitySchemes:
    odd: {type: apiKey, in: header, name: my api key}
    even: {type: apiKey, in: header, name: "X-Key "}
`,
  );
  expect(said).toEqual([
    'header-name takes nothing (4:65)',
    'header-name takes nothing (4:135)',
    'security-scheme takes nothing (8:37)',
    'header-name takes nothing (9:38)',
  ]);
  const [one, other] = operations.entries.map((entry) => operations.compile(entry));
  expect(one?.parameters.map(({ name }) => name)).toEqual(['X-Tenant']);
  expect(one?.security.flat()).toEqual([]);
  expect(other?.security.flat()).toMatchObject([{ parameterName: 'X-Key' }]);
});

test('a reference in place of an operation, of responses, or of content is followed', () => {
  const { said, operations, document } = reading(`${head}  /a/{id}: {get: {$ref: '#/x-operations/one'}}
  /b: {get: {responses: {$ref: '#/x-responses'}}}
x-operations:
  one:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    ${ok}
x-responses: {200: {description: ok, content: {$ref: '#/x-content'}}}
x-content: {text/plain: {schema: {$ref: '#/components/schemas/A'}}}
components: {schemas: {A: {type: string}}}
`);
  expect(said.map((text) => text.replace(/ \(.*/, ''))).toEqual(Array(3).fill('reference-misplaced takes nothing'));
  const [a, b] = operations.entries.map((entry) => operations.compile(entry));
  expect(a?.parameters).toMatchObject([{ name: 'id' }]);
  expect(b?.responses).toMatchObject([{ key: '200', content: [{ mediaType: 'text/plain' }] }]);
  expect(document.locate('/paths/~1a~1{id}/get/parameters/0')).toMatchObject({ line: 8 });
});

test('a reference to a schema, in place of what has one, is that schema', () => {
  const parameter = "{name: a, in: query, $ref: '#/components/schemas/A'}";
  const content = "content: {application/json: {$ref: '#/components/schemas/A'}}";
  const { said, document } = reading(
    `${head}  /a: {post: {parameters: [${parameter}], requestBody: {${content}}, ${ok}}}\ncomponents: {schemas: {A: {type: integer}}}\n`,
  );
  expect(said.map((text) => text.replace(/ \(.*/, ''))).toEqual(Array(2).fill('reference-kind takes nothing'));
  const schema = { $ref: '#/components/schemas/A' };
  expect(document.root).toMatchObject({
    paths: {
      '/a': { post: { parameters: [{ schema }], requestBody: { content: { 'application/json': { schema } } } } },
    },
  });
});

test('a template is not held against parameters that nobody can read', () => {
  const lost = "{$ref: 'https://api.test/id.yaml'}";
  expect(reading(`${head}  /a/{id}: {get: {parameters: [${lost}], ${ok}}}\n${fine}`).said).toEqual([
    expect.stringContaining('reference-dangling takes operation'),
  ]);
});

test('a path without its slash, a server without its URL', () => {
  const { said, served, operations } = reading(`${head}  a: {get: {${ok}}}\nservers: [{description: d}]\n`);
  expect(said).toEqual(['path-slash takes nothing (4:3)', 'server-url takes nothing (5:11)']);
  expect(served).toEqual(['GET /a']);
  expect(operations.match('GET', '/a').kind).toBe('operation');
});

test('from 3.1 on an operation need not declare responses', () => {
  expect(reading(`${head.replace('3.0.3', '3.1.0')}  /a: {get: {}}\n`).said).toEqual([]);
  expect(reading(`${head}  /a: {get: {}}\n`).said).toEqual(['responses-missing takes nothing (4:8)']);
});

test('a reference may lead anywhere within the project, or the root that is named, and not above it', async () => {
  const base = await mkdtemp(join(tmpdir(), 'served-'));
  const files = {
    'spec/api/a.yaml': `${head}${fine}components: {schemas: {A: {$ref: ../common/b.yaml}, C: {$ref: ../../c.yaml}}}\n`,
    'spec/common/b.yaml': 'type: string\n',
    'c.yaml': 'type: integer\n',
    'spec/package.json': '{}',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(base, name)), { recursive: true });
    await writeFile(join(base, name), text);
  }
  const path = join(base, 'spec/api/a.yaml');
  const own = readingOf(await readDocument(path));
  expect(own.said).toEqual(['reference-forbidden takes schema (5:57)']);
  expect(own.operations.schemas.at('/components/schemas/A', 'response').accepts(1)).toBe(false);
  expect(own.operations.schemas.at('/components/schemas/C', 'response').accepts('any')).toBe(true);
  expect(readingOf(await readDocument(path, { root: base })).said).toEqual([]);
  await expect(readDocument(path, { root: join(base, 'other') })).rejects.toThrow('does not lie in');
});

test('a path is served up to the length that a request can have, and a longer one is left out', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `p${index}`);
  const long = names.map((name) => `/{${name}}`).join('');
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const responses = { 204: { description: 'ok' } };
  const paths = {
    [`/${'a'.repeat(7999)}`]: { get: { responses } },
    [`/${'b'.repeat(8000)}`]: { get: { responses } },
    [long]: { get: { parameters, responses } },
  };
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const { said, served } = reading(text, 'a.json');
  expect(said.map((line) => line.replace(/ \(.*/, ''))).toEqual(['path-long takes path', 'path-long takes path']);
  expect(served).toEqual([`GET /${'a'.repeat(7999)}`]);
});

test('an operation that declares errors alone is said', () => {
  const { said } = reading(`${head}  /a: {get: {responses: {405: {description: no}}}}\n`);
  expect(said).toEqual(['success-missing takes nothing (4:14)']);
});

test('with strict a document that would be mended is refused', () => {
  const text = `${head}  /a/{id}: {get: {${ok}}}\n`;
  expect(() => documentFromText(text, { name: 'a.yaml', strict: true })).toThrow('declares no such path parameter');
});

test('an example that is a reference shows what that leads to, and data with such a member stays as it is', () => {
  const content = (example: string) =>
    `{responses: {200: {description: ok, content: {application/json: {schema: {}, example: ${example}}}}}}`;
  const { said, document } = reading(`${head}  /a: {get: ${content("{$ref: '#/components/examples/One'}")}}
  /b: {get: ${content("{$ref: '#/x-list'}")}}
  /c: {get: ${content("{$ref: '#/nowhere'}")}}
  /d: {get: ${content("{$ref: '#/x-list', id: 1}")}}
components:
  examples: {One: {value: {id: 1}}, Two: {value: {$ref: '#/components/examples/One/value'}}}
x-list: [1, 2]
`);
  const shown = (path: string) => document.at(`/paths/~1${path}/get/responses/200/content/application~1json/example`);
  expect([shown('a'), shown('b')]).toEqual([{ id: 1 }, [1, 2]]);
  expect([shown('c'), shown('d')]).toEqual([{ $ref: '#/nowhere' }, { $ref: '#/x-list', id: 1 }]);
  expect(document.at('/components/examples/Two/value')).toEqual({ id: 1 });
  expect(said).toEqual(Array(3).fill(expect.stringMatching(/^example-reference takes nothing/)));
});

test('a parameter or a response that says what it is as in 2.0 is read so', () => {
  const { said, operations } = reading(
    `${head}  /a: {get: {parameters: [{name: n, in: query, type: integer, minimum: 3}], responses: {200: {description: ok, schema: {type: string}}}}}\n`,
  );
  expect(said).toEqual(Array(2).fill(expect.stringMatching(/^version-two takes nothing/)));
  const [operation] = operations.entries.map((entry) => operations.compile(entry));
  expect([3, 2, 'x'].map((value) => operation?.parameters[0]?.schema.accepts(value))).toEqual([true, false, false]);
  expect(operation?.responses[0]?.content).toMatchObject([{ mediaType: 'application/json' }]);
});

test('a header of an answer whose name HTTP cannot carry is left out alone', () => {
  const answer = "responses: {'200': {description: x, headers: {'HTTP/1.1': {}, X-A: {}}}}";
  const { said, operations } = reading(`${head}  /a: {get: {${answer}}}\n`);
  expect(said).toEqual([expect.stringContaining('header-name takes nothing')]);
  const [entry] = operations.entries;
  const headers = entry && operations.compile(entry).responses.flatMap((response) => response.headers);
  expect(headers?.map(({ name }) => name)).toEqual(['X-A']);
});

test('what is said of a document tells whether anything of it is served', () => {
  const lineOf = (text: string) => {
    const { document, served } = reading(text);
    return problemsLine({ ...document, operations: served.length + document.leftOut.length });
  };
  const bad = `${head}  /a: {get: {${ok}, parameters: [{in: query, schema: {}}]}}\n`;
  expect(lineOf(`${bad}${fine}`)).toBe('1 problem in 1 of 2 operations, the rest is served');
  expect(lineOf(bad)).toBe('1 problem in 1 of 1 operation, and none is left that could be served');
});

test('a parameter that several operations do not declare is said in one sentence', () => {
  const { document } = reading(`${head}  /a/{id}: {get: {${ok}}, put: {${ok}}}\n`);
  expect(document.problems[0]?.message).toBe('The template has {id}, but GET, PUT declare no such path parameter');
});

test.each([
  ['openapi: "3.0.x"', '3.0'],
  ['openapi: "v3.1.0"', '3.1'],
  ['openapi: OpenAPI 3.1.0', '3.1'],
  ['openapi: "3"', '3.0'],
  ['openapi: 3.3.0', '3.2'],
  ['openapi: 4.0.0', '3.2'],
  ['openapi: ""', '3.2'],
  ['openapi: {}', '3.2'],
  ['openapi: 2.0', '2.0'],
  ['swagger: 3.0.0', '3.0'],
  ['swagger: v2', '2.0'],
])('%s is read as the nearest version, %s', (version, dialect) => {
  const { document, said, served } = reading(`${version}\ninfo: {title: t, version: "1"}\npaths:\n${fine}`);
  expect(said).toEqual(['version takes nothing (1:1)']);
  expect(document.problems[0]?.message).toMatch(`was read as ${dialect}`);
  expect(served).toEqual(['GET /fine']);
});

test('what has no version and describes nothing is no description', () => {
  expect(() => reading('openapi: {}\n')).toThrow(/Unknown OpenAPI version/);
});

test.each([
  [
    'a number without an end',
    'x-a: 1\n  /b: {get: {parameters: [{name: n, in: query, schema: {type: number, maximum: .inf}}], responses: {200: {description: ok}}}}\n',
    ['GET /b', 'GET /fine'],
  ],
  ['an alias to what it stands in', 'x-a: &a {b: *a}\n', ['GET /fine']],
])('%s costs what it concerns', (_, lines, expected) => {
  const { said, served } = reading(`${head}  ${lines}${fine}`);
  expect(said[0]).toMatch(/^syntax takes nothing/);
  expect(served.toSorted()).toEqual(expected);
});
