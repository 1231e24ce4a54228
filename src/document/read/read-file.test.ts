import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CounterproofError, type Problem } from '../../errors.js';
import type { JsonObject } from '../../text/value.js';
import { type Document, documentFromText, embeddedFiles, readDocument } from '../index.js';

let base = '';
let folders = 0;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'counterproof-'));
});

afterAll(async () => {
  await rm(base, { recursive: true });
});

/** Writes files into a folder of their own, and returns its path. */
async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  folders += 1;
  const folder = join(base, `folder${folders}`, 'spec');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const head = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\n';

/** A document with these component schemas, in YAML flow style. */
const withSchemas = (schemas: string) =>
  `${head}paths: {}\ncomponents:\n  schemas:\n${schemas.replaceAll(/^/gm, '    ')}\n`;

async function read(files: Record<string, string | Uint8Array>, name = 'openapi.yaml'): Promise<Document> {
  return readDocument(join(await folderOf(files), name));
}

/** What reading is refused for, without the folder's name. */
async function refusal(path: string, folder = dirname(path)): Promise<string> {
  const error = await readDocument(path, { strict: true }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CounterproofError);
  const { code, message } = error as CounterproofError;
  return `${code} ${message.replaceAll(folder, '.')}`;
}

const refusalOf = async (files: Record<string, string | Uint8Array>, name = 'openapi.yaml') => {
  const folder = await folderOf(files);
  return refusal(join(folder, name), folder);
};

const schema = (document: Document, name: string) => document.at(`/components/schemas/${name}`);
const embedded = (document: Document) => document.root[embeddedFiles] as JsonObject;

/** Follows the reference of a component schema. */
function followed(document: Document, name: string) {
  const pointer = `/components/schemas/${name}`;
  const found = document.resolve(document.at(pointer), pointer);
  const { line, file, pointer: written } = document.locate(found.pointer);
  return { value: found.value, place: `${file.split('/spec/')[1]}:${line} ${written}` };
}

test('a reference leads to a file beside the document, or to a place in it', async () => {
  const document = await read({
    'openapi.yaml': withSchemas(
      `A: {$ref: a.yaml}\nB: {$ref: './sub/b.json#/x/y'}\nC: {$ref: 'with%20blank%C3%A9.yaml#/C%20D'}\nD: {$ref: 'a.yaml#'}`,
    ),
    'a.yaml': '\ntype: string\n',
    'sub/b.json': '{"x": {\n "y": {"type": "integer"}}}',
    'with blanké.yaml': 'C D: {type: boolean}',
  });
  expect(followed(document, 'A')).toEqual({ value: { type: 'string' }, place: 'a.yaml:2 ' });
  expect(followed(document, 'B')).toEqual({ value: { type: 'integer' }, place: 'sub/b.json:2 /x/y' });
  expect(followed(document, 'C')).toEqual({ value: { type: 'boolean' }, place: 'with blanké.yaml:1 /C D' });
  expect(followed(document, 'D')).toEqual({ value: { type: 'string' }, place: 'a.yaml:2 ' });
});

test('files refer to files, relative to themselves, and in circles', async () => {
  const document = await read({
    'openapi.yaml': withSchemas('A: {$ref: sub/a.yaml}\nOwn: {type: string}'),
    'sub/a.yaml':
      'properties:\n  b: {$ref: deep/b.yaml#/b}\n  self: {$ref: "#"}\n  own: {$ref: "#/$defs/x"}\n$defs: {x: {type: integer}}',
    'sub/deep/b.yaml':
      'b: {properties: {a: {$ref: ../a.yaml}, own: {$ref: ../../openapi.yaml#/components/schemas/Own}}}',
  });
  expect(document.root.components).toEqual({
    schemas: { A: { $ref: '#/x-counterproof-files/sub~1a.yaml' }, Own: { type: 'string' } },
  });
  expect(embedded(document)).toEqual({
    'sub/a.yaml': {
      properties: {
        b: { $ref: '#/x-counterproof-files/sub~1deep~1b.yaml/b' },
        self: { $ref: '#/x-counterproof-files/sub~1a.yaml' },
        own: { $ref: '#/x-counterproof-files/sub~1a.yaml/$defs/x' },
      },
      $defs: { x: { type: 'integer' } },
    },
    'sub/deep/b.yaml': {
      b: {
        properties: {
          a: { $ref: '#/x-counterproof-files/sub~1a.yaml' },
          own: { $ref: '#/components/schemas/Own' },
        },
      },
    },
  });
});

test('path items, parameters, bodies, responses, headers and examples may stand in other files', async () => {
  const document = await read({
    'openapi.yaml': `${head}paths:\n  /a/{id}: {$ref: paths.yaml#/~1a}\n`,
    'paths.yaml': `/a:
  parameters: [{$ref: 'parts.yaml#/parameter'}]
  post:
    requestBody: {$ref: 'parts.yaml#/body'}
    responses:
      200: {$ref: 'parts.yaml#/response'}
`,
    'parts.yaml': `parameter: {name: id, in: path, required: true, schema: {$ref: '#/id'}}
id: {type: string}
body: {content: {application/json: {schema: {$ref: '#/id'}, examples: {a: {$ref: '#/example'}}}}}
example: {value: {$ref: data.yaml}}
response: {description: d, headers: {X-A: {$ref: '#/header'}}}
header: {schema: {$ref: '#/id'}}
`,
  });
  const reference = (name: string) => ({ $ref: `#/x-counterproof-files/parts.yaml/${name}` });
  expect(document.at('/paths/~1a~1{id}')).toEqual({ $ref: '#/x-counterproof-files/paths.yaml/~1a' });
  expect(embedded(document)['paths.yaml']).toEqual({
    '/a': {
      parameters: [reference('parameter')],
      post: { requestBody: reference('body'), responses: { 200: reference('response') } },
    },
  });
  expect(embedded(document)['parts.yaml']).toMatchObject({
    body: { content: { 'application/json': { schema: reference('id'), examples: { a: reference('example') } } } },
    example: { value: { $ref: 'data.yaml' } },
    response: { headers: { 'X-A': reference('header') } },
  });
});

test('files beside a document of 3.0 or 2.0 are upgraded with it', async () => {
  const files = {
    'schemas.yaml': 'A: {type: string, nullable: true}\nB: {type: string, x-nullable: true}\nunused: {nullable: true}',
    'parts.yaml': `limit: {name: limit, in: query, type: integer}
body: {name: b, in: body, schema: {$ref: 'schemas.yaml#/B'}}
response: {description: ok, schema: {$ref: 'schemas.yaml#/B'}}
item: {get: {responses: {200: {$ref: '#/response'}}}}
`,
  };
  const three = await read({
    ...files,
    'openapi.yaml': withSchemas("A: {$ref: 'schemas.yaml#/A', nullable: true}").replace('3.1.0', '3.0.3'),
  });
  expect(schema(three, 'A')).toEqual({
    anyOf: [{ $ref: '#/x-counterproof-files/schemas.yaml/A' }, { type: 'null' }],
  });
  expect(embedded(three)).toEqual({ 'schemas.yaml': { A: { type: ['string', 'null'] } } });

  const two = await read({
    ...files,
    'openapi.yaml': `swagger: "2.0"
info: {title: t, version: "1"}
paths:
  /a:
    post:
      parameters: [{$ref: 'parts.yaml#/limit'}, {$ref: 'parts.yaml#/body'}]
      responses:
        200: {$ref: 'parts.yaml#/response'}
  /b: {$ref: 'parts.yaml#/item'}
`,
  });
  const content = { 'application/json': { schema: { $ref: '#/x-counterproof-files/schemas.yaml/B' } } };
  expect(two.root.paths).toEqual({
    '/a': {
      post: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        requestBody: { content },
        responses: { 200: { description: 'ok', content } },
      },
    },
    '/b': { get: { responses: { 200: { description: 'ok', content } } } },
  });
  expect(two.at('/x-counterproof-files/schemas.yaml/B')).toEqual({ type: ['string', 'null'] });
  const { file, line } = two.locate('/paths/~1b/get/responses/200/content');
  expect(`${file.split('/spec/')[1]}:${line}`).toBe('parts.yaml:3');
});

test('what is only data is no reference', async () => {
  const data = '{$ref: nowhere.yaml}';
  const document = await read({
    'openapi.yaml': withSchemas(
      `A: {default: ${data}, example: ${data}, examples: [${data}], enum: [${data}], const: ${data}, x-a: ${data}, properties: {$ref: {type: string}}}`,
    ),
  });
  expect(embedded(document)).toBeUndefined();
  expect(schema(document, 'A')).toMatchObject({ const: { $ref: 'nowhere.yaml' } });
});

test('the mapping of a discriminator leads to files as well', async () => {
  const document = await read({
    'openapi.yaml': withSchemas(
      'A: {oneOf: [{$ref: dog.yaml}], discriminator: {propertyName: k, mapping: {dog: dog.yaml, cat: "#/components/schemas/B", b: B}}}\nB: {}',
    ),
    'dog.yaml': 'type: object',
  });
  expect(schema(document, 'A')).toMatchObject({
    discriminator: { mapping: { dog: '#/x-counterproof-files/dog.yaml', cat: '#/components/schemas/B', b: 'B' } },
  });
});

test('identifiers and anchors keep their meaning', async () => {
  const document = await read({
    'openapi.yaml': withSchemas(
      `A: {$id: 'https://example.com/a', $defs: {x: {$anchor: here, type: integer}}, items: {$ref: '#here'}, not: {$ref: '#/$defs/x'}}
ById: {$ref: 'https://example.com/a'}
ByAnchor: {$ref: 'https://example.com/a#here'}
Own: {$anchor: own, type: string}
ByOwn: {$ref: '#own'}
Tree: {$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}
File: {$ref: 'f.yaml#there'}
FromId: {$id: 'https://example.com/b', $ref: f.yaml}
Whole: {$id: 'https://example.com/c', items: {$ref: '#/components/schemas/Own'}}`,
    ),
    'f.yaml': '$defs: {x: {$anchor: there, type: boolean}}\nitems: {$ref: "#there"}',
  });
  const before = (name: string) => (schema(document, name) as JsonObject).$ref;
  expect(before('ById')).toBe('https://example.com/a');
  expect(before('ByAnchor')).toBe('https://example.com/a#here');
  expect(before('ByOwn')).toBe('#own');
  expect(before('FromId')).toBe('#/x-counterproof-files/f.yaml');
  expect(schema(document, 'Tree')).toEqual({ $dynamicAnchor: 'node', properties: { next: { $dynamicRef: '#node' } } });
  expect(followed(document, 'ById').place).toBe('openapi.yaml:6 /components/schemas/A');
  expect(followed(document, 'ByAnchor').place).toBe('openapi.yaml:6 /components/schemas/A/$defs/x');
  expect(followed(document, 'ByOwn').value).toEqual({ $anchor: 'own', type: 'string' });
  expect(followed(document, 'File').place).toBe('f.yaml:1 /$defs/x');
  const inside = document.at('/components/schemas/A/not');
  expect(document.resolve(inside, '/components/schemas/A/not').pointer).toBe('/components/schemas/A/$defs/x');
  const items = document.at('/components/schemas/Whole/items');
  expect(document.resolve(items, '/components/schemas/Whole/items').pointer).toBe('/components/schemas/Own');
});

test('an anchor of a file is found, wherever it stands in it', async () => {
  const document = await read({
    'openapi.yaml': withSchemas(
      "A: {$ref: 'a.yaml#/$defs/x'}\nB: {$ref: 'a.yaml#here'}\nC: {$ref: 'b.yaml#deep'}\nD: {$ref: 'https://example.com/a#here'}",
    ),
    'a.yaml': '$id: https://example.com/a\n$defs: {x: {type: string}, y: {$anchor: here, type: integer}}',
    'b.yaml': `${head}paths: {}\ncomponents: {schemas: {Z: {$anchor: deep, type: boolean}}}`,
  });
  expect(followed(document, 'B').place).toBe('a.yaml:2 /$defs/y');
  expect(followed(document, 'C').place).toBe('b.yaml:4 /components/schemas/Z');
  expect(schema(document, 'D')).toEqual({ $ref: '#/x-counterproof-files/a.yaml/$defs/y' });
});

test('what stands beside the reference of a path item counts as well', async () => {
  const document = await read({
    'openapi.yaml': `${head}paths:
  /a/{id}:
    $ref: item.yaml
    parameters: [{name: id, in: path, required: true, schema: {}}]
    put: {responses: {200: {description: ok}}}
`,
    'item.yaml': 'get: {responses: {200: {description: ok}}}',
  });
  expect(document.problems).toEqual([]);
});

test.each([
  ['../secret.yaml'],
  ['sub/../../secret.yaml'],
  ['..%2Fsecret.yaml'],
  ['%2e%2e/secret.yaml'],
  ['/etc/passwd'],
  ['file:///etc/passwd'],
  ['file://host/share/x.yaml'],
  ['//host/share/x.yaml'],
  ['link.yaml'],
  ['linked/secret.yaml'],
  ['a%00.yaml'],
])('%s leads out of the folder and is refused, whether it exists or not', async (reference) => {
  const folder = await folderOf({ 'openapi.yaml': withSchemas(`A: {$ref: '${reference}'}`) });
  await writeFile(join(folder, '../secret.yaml'), 'type: string');
  await symlink('../secret.yaml', join(folder, 'link.yaml'));
  await symlink('..', join(folder, 'linked'));
  const path = join(folder, 'openapi.yaml');
  expect(await refusal(path)).toMatch(/^REFERENCE_FORBIDDEN .*openapi.yaml:6:9 at \/components\/schemas\/A\/\$ref: /);
});

test('links that stay in the folder are followed', async () => {
  const folder = await folderOf({ 'openapi.yaml': withSchemas('A: {$ref: link.yaml}'), 'sub/a.yaml': 'type: string' });
  await symlink('sub/a.yaml', join(folder, 'link.yaml'));
  await symlink('openapi.yaml', join(folder, 'other.yaml'));
  expect(followed(await readDocument(join(folder, 'other.yaml')), 'A').value).toEqual({ type: 'string' });
});

test('all references that lead nowhere are named at once, with what may be meant', async () => {
  expect(
    await refusalOf({
      'openapi.yaml': withSchemas(
        `Widget: {type: string}
A: {$ref: '#/components/schemas/Widgte'}
B: {$ref: missing.yaml}
C: {$ref: 'a.yaml#/x'}
D: {$ref: schemas}
E: {$ref: Widget}
F: {$ref: 'components/schemas/Widget'}
G: {$ref: '#components/schemas/Widget'}
H: {$ref: '#nowhere'}
I: {$ref: 'http://[broken'}
J: {$ref: broken.yaml}
K: {$ref: '#/components/schemas/Widget/type'}`,
      ),
      'a.yaml': 'y: {$ref: "#/nowhere"}\nxx: 1',
      'broken.yaml': 'a: b: c\nd: [',
      'mising.yaml': '',
      'schemas/a.yaml': '',
    }),
  ).toMatchInlineSnapshot(`
    "DOCUMENT_INVALID ./openapi.yaml:7:9 at /components/schemas/A/$ref: "#/components/schemas/Widgte" leads to nothing (expected a Schema Object)
      Did you mean "#/components/schemas/Widget"?
    ./openapi.yaml:8:9 at /components/schemas/B/$ref: There is no file ./missing.yaml (found "missing.yaml")
      Did you mean "mising.yaml"?
    ./openapi.yaml:9:9 at /components/schemas/C/$ref: "a.yaml#/x" leads to nothing (expected a Schema Object)
      Did you mean "a.yaml#/xx"?
    ./openapi.yaml:10:9 at /components/schemas/D/$ref: ./schemas is not a file (found "schemas")
      Refer to a file.
    ./openapi.yaml:11:9 at /components/schemas/E/$ref: There is no file ./Widget (found "Widget")
      Did you mean "#/components/schemas/Widget"?
    ./openapi.yaml:12:9 at /components/schemas/F/$ref: There is no file ./components/schemas/Widget (found "components/schemas/Widget")
      Did you mean "#/components/schemas/Widget"?
    ./openapi.yaml:13:9 at /components/schemas/G/$ref: "#components/schemas/Widget" leads to nothing (expected a Schema Object)
      Did you mean "#/components/schemas/Widget"?
    ./openapi.yaml:14:9 at /components/schemas/H/$ref: "#nowhere" leads to nothing (expected a Schema Object)
      Add what is missing, or correct the reference.
    ./openapi.yaml:15:9 at /components/schemas/I/$ref: A reference is not a URI reference (found "http://[broken")
      Write "#/…", or the path of a file beside the document.
    ./openapi.yaml:17:9 at /components/schemas/K/$ref: "#/components/schemas/Widget/type" does not lead to a Schema Object (expected an object, found "string")
    ./broken.yaml:1:4: Not YAML: a value that has ": " in it needs quotes, and a line below a value must not be indented deeper than its key (found "b: c")
    ./broken.yaml:2:5: Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]"
  `);
});

test('references in a circle are refused', async () => {
  expect(
    await refusalOf({
      'openapi.yaml': withSchemas(
        "A: {$ref: '#/components/schemas/A'}\nB: {$ref: '#/components/schemas/C'}\nC: {$ref: c.yaml}\nD: {$ref: '#/components/schemas/B'}",
      ),
      'c.yaml': "$ref: 'openapi.yaml#/components/schemas/B'",
    }),
  ).toMatchInlineSnapshot(`
    "DOCUMENT_INVALID ./openapi.yaml:6:9 at /components/schemas/A/$ref: "#/components/schemas/A" leads back to itself, by references alone (expected a Schema Object)
      Let one of the references of the circle lead to a definition.
    ./openapi.yaml:7:9 at /components/schemas/B/$ref: "#/components/schemas/C" leads back to itself, by references alone (expected a Schema Object)
      Let one of the references of the circle lead to a definition."
  `);
});

test('a file that is not there is refused with those that are', async () => {
  const folder = await folderOf({ 'openapi.yaml': '', 'other.json': '', 'picture.png': '', 'sub/x.yaml': '' });
  expect(await refusal(join(folder, 'opnapi.yml'), folder)).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE There is no file ./opnapi.yml
      Did you mean "./openapi.yaml"?"
  `);
  expect(await refusal(join(folder, 'zzz'), folder)).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE There is no file ./zzz
      Give the path of an OpenAPI document: its folder has openapi.yaml, other.json."
  `);
  expect(await refusal(join(folder, 'nowhere/openapi.yaml'), folder)).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE There is no file ./nowhere/openapi.yaml
      Give the path of an OpenAPI document."
  `);
  expect(await refusal(join(folder, 'openapi.yaml/x'), folder)).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE There is no file ./openapi.yaml/x
      Give the path of an OpenAPI document."
  `);
  for (const [path, address] of [
    ['localhost:8080/openapi.json', 'http://localhost:8080/openapi.json'],
    ['htp://example.com/x.yaml', 'http://example.com/x.yaml'],
    ['httsp:/example.com/x.yaml', 'https://example.com/x.yaml'],
  ] as const)
    expect(await refusal(path, folder)).toContain(`There is no file ${path}\n  Did you mean "${address}"?`);
  expect(await refusal(folder, folder)).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE . is a folder (expected a file)
      Did you mean "./openapi.yaml" or "./other.json"?"
  `);
});

test('what is not text in UTF-8 is refused where it is not', async () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
  const of = async (content: Uint8Array) => refusalOf({ 'a.yaml': content }, 'a.yaml');
  expect(await of(bytes(head, 'x-a: "', [0xe9], '"\n'))).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE ./a.yaml:3:1: The file is not text in UTF-8 (expected YAML or JSON in UTF-8, found bytes that are not UTF-8)
      Save it as UTF-8, or give another file."
  `);
  expect(await of(Buffer.from(`\ufeff${head}`, 'utf16le'))).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE ./a.yaml:1:1: The file is not text in UTF-8 (expected YAML or JSON in UTF-8, found UTF-16)
      Save it as UTF-8, or give another file."
  `);
  expect(await of(bytes(head, 'a: \0'))).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE ./a.yaml:3:4: The file is not text in UTF-8 (expected YAML or JSON in UTF-8, found a NUL character)
      Save it as UTF-8, or give another file."
  `);
  expect(await of(bytes([0x89], 'PNG\r\n', [0x1a]))).toMatchInlineSnapshot(`
    "DOCUMENT_UNREADABLE ./a.yaml:1:1: The file is not text in UTF-8 (expected YAML or JSON in UTF-8, found bytes that are not UTF-8)
      Save it as UTF-8, or give another file."
  `);
});

test('a byte order mark, a replacement character and Windows line ends are no error', async () => {
  const text = `\ufeff${withSchemas('A: {description: "\ufffd é"}')}`.replaceAll('\n', '\r\n');
  const document = await read({ 'openapi.yaml': text });
  expect(schema(document, 'A')).toEqual({ description: '\ufffd é' });
  expect(document.locate('/components/schemas/A')).toMatchObject({ line: 6, column: 5 });
});

test('all syntax errors of YAML are named at once; JSON has one', async () => {
  expect(await refusalOf({ 'openapi.yaml': `${head}a: b: c\nd: 1\nd: 2\ne: "x` })).toMatchInlineSnapshot(`
    "DOCUMENT_INVALID ./openapi.yaml:3:4: Not YAML: a value that has ": " in it needs quotes, and a line below a value must not be indented deeper than its key (found "b: c")
    ./openapi.yaml:5:1: Not YAML: Map keys must be unique (found "d: 2")
    ./openapi.yaml:6:6: Not YAML: Missing closing "quote"
  `);
  expect(await refusalOf({ 'a.json': '{\n "openapi": "3.1.0",\n "a" 1\n}' }, 'a.json')).toMatchInlineSnapshot(
    `"DOCUMENT_INVALID ./a.json:3:6: Not JSON: expected ":", but found "1""`,
  );
});

test('a closing bracket at the indentation of its key is read, with a warning', async () => {
  const text = `${head}paths: {}\nx-a: {\n  "b": 1\n}\n`;
  for (const document of [await read({ 'openapi.yaml': text }), documentFromText(text, { name: 'openapi.yaml' })]) {
    expect(document.root['x-a']).toEqual({ b: 1 });
    expect(document.problems).toMatchObject([
      {
        message: expect.stringContaining('A line within brackets or quotes is indented no deeper'),
        location: { line: 6, column: 1 },
      },
    ]);
  }
});

test('a key that is repeated counts as in JSON, with a warning', async () => {
  const text = `${head}paths: {}\nx-a:\n  b: 1\n  b: 2\n  b: 3\n`;
  const document = await read({ 'openapi.yaml': text });
  expect(document.root['x-a']).toEqual({ b: 3 });
  expect(document.problems).toMatchObject(
    [6, 7].map((line) => ({
      message: 'The key "b" is there more than once in one object, and the last counts',
      location: { line, column: 3 },
    })),
  );
});

test('one bracket too many is one message', async () => {
  const lines = Array.from({ length: 60 }, (_, index) => `b${index}: {c: 1}`).join('\n');
  expect(await refusalOf({ 'openapi.yaml': `${head}a: {b: 1}}\n${lines}` })).toMatchInlineSnapshot(
    `"DOCUMENT_INVALID ./openapi.yaml:3:10: Not YAML: Unexpected flow-map-end token in YAML stream: "}" (found "}")"`,
  );
  expect(await refusalOf({ 'openapi.yaml': `${head}a: {b: 1\n${lines}` })).toMatchInlineSnapshot(
    `"DOCUMENT_INVALID ./openapi.yaml:4:1: Not YAML: Flow map in block collection must be sufficiently indented and end with a } (found "b0: {c: 1}")"`,
  );
});

test('YAML with a fence in a description is YAML, whatever is wrong with it', async () => {
  const text = `${head}x-text: |\n  \`\`\`\n  curl\n  \`\`\`\n`;
  expect(await refusalOf({ 'openapi.yaml': `${text}a: [1\n` })).toMatchInlineSnapshot(
    `"DOCUMENT_INVALID ./openapi.yaml:8:1: Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]"`,
  );
  expect((await read({ 'openapi.yaml': `${text}a: [\n  1\n]\n` })).root.a).toEqual([1]);
});

test('options name the document in messages', async () => {
  const folder = await folderOf({ 'openapi.yaml': withSchemas('A: {$ref: nowhere.yaml}') });
  const problems: readonly Problem[] = await readDocument(join(folder, 'openapi.yaml'), {
    name: 'mine',
    strict: true,
  }).then(
    () => [],
    (error: CounterproofError) => error.problems,
  );
  expect(problems.map(({ location }) => location?.file)).toEqual(['mine']);
});

test('reads the file of an example as text, within the bounds of references', async () => {
  const examples = `
        xml: { externalValue: ./examples/pet.xml }
        json: { externalValue: examples/pet.json }
        away: { externalValue: https://example.com/pet.xml }
        gone: { externalValue: ./gone.xml }
        outside: { externalValue: ../../../../outside.xml }`;
  const document = await read({
    'openapi.yaml': `${head}paths: {}\ncomponents:\n  mediaTypes:\n    Pet:\n      examples:${examples}\n`,
    'examples/pet.xml': '<pet id="1"/>',
    'examples/pet.json': '{"id": 1}',
  });
  const texts = Object.entries(document.at('/components/mediaTypes/Pet/examples') as JsonObject);
  expect(Object.fromEntries(texts.map(([name, example]) => [name, (example as JsonObject).serializedValue]))).toEqual({
    xml: '<pet id="1"/>',
    json: '{"id": 1}',
  });
  expect(document.problems.map(({ id, location }) => [id, location?.pointer])).toEqual([
    ['example-unreadable', '/components/mediaTypes/Pet/examples/gone/externalValue'],
    ['example-unreadable', '/components/mediaTypes/Pet/examples/outside/externalValue'],
  ]);
  expect(document.files?.map((file) => file.replace(/^.*spec./, ''))).toEqual([
    'openapi.yaml',
    'examples/pet.xml',
    'examples/pet.json',
  ]);
});

test('no more is read of a document, its overlays and what it refers to than is allowed', async () => {
  const files = { 'openapi.yaml': withSchemas('A: {$ref: a.yaml}'), 'a.yaml': 'type: string # é\n' };
  const overlay = {
    'overlay.yaml': 'overlay: 1.1.0\ninfo: {title: t, version: "1"}\nactions: [{target: $.info, update: {}}]\n',
  };
  const folder = await folderOf({ ...files, ...overlay });
  const path = join(folder, 'openapi.yaml');
  const bytes = (text: string) => Buffer.byteLength(text);
  const whole = bytes(files['openapi.yaml']);
  const all = whole + bytes(files['a.yaml']);
  const reading = (maxDocumentBytes: number, overlays: string[] = []) =>
    readDocument(path, { maxDocumentBytes, overlays, strict: true }).then(
      () => 'read',
      (error: Error) => error.message.replaceAll(folder, '.'),
    );
  expect(await reading(all)).toBe('read');
  expect(await reading(all - 1)).toContain('What was read is with ./a.yaml longer than');
  expect(await reading(whole - 1)).toBe(
    `./openapi.yaml is longer than ${whole - 1} bytes, which is all that is read of a document and of what it refers to
  Leave out what is not needed, or allow more: --max-document SIZE, in code maxDocumentBytes.`,
  );
  const withOverlay = all + bytes(overlay['overlay.yaml']);
  expect(await reading(withOverlay, [join(folder, 'overlay.yaml')])).toBe('read');
  expect(await reading(withOverlay - 1, [join(folder, 'overlay.yaml')])).toContain('longer than');
  await expect(readDocument(`${head}# é`, { maxDocumentBytes: bytes(head) + 3 })).rejects.toThrow('document is longer');
});

test.skipIf(process.platform === 'win32')('a device that never ends is no document', async () => {
  await expect(readDocument('/dev/zero', { maxDocumentBytes: 100_000 })).rejects.toThrow('/dev/zero is longer than');
});

test('a reference in place of all components of a kind leads to each of them', async () => {
  const document = await read({
    'openapi.yaml': `${head}paths:
  /users:
    get: {responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}
  /notes: {$ref: 'notes.yaml'}
components:
  schemas: {$ref: 'schemas/_index.yaml'}
  parameters: {$ref: '#/x-parameters'}
x-parameters: {size: {name: size, in: query, schema: {type: integer}}}
`,
    'notes.yaml': `get:
  parameters: [{$ref: 'openapi.yaml#/components/parameters/size'}]
  responses: {200: {description: d, content: {application/json: {schema: {$ref: 'openapi.yaml#/components/schemas/Note'}}}}}
`,
    'schemas/_index.yaml': 'User: {$ref: user.yaml}\nNote: {type: string}\n',
    'schemas/user.yaml': 'type: integer\n',
  });
  expect(document.problems.map(({ id, location }) => [id, location?.pointer])).toEqual([
    ['reference-misplaced', '/components/schemas/$ref'],
    ['reference-misplaced', '/components/parameters/$ref'],
  ]);
  expect(schema(document, 'User')).toEqual({ $ref: '#/x-counterproof-files/schemas~1_index.yaml/User' });
  expect(followed(document, 'User').place).toBe('schemas/user.yaml:1 ');
  expect(followed(document, 'Note').place).toBe('schemas/_index.yaml:2 /Note');
});
