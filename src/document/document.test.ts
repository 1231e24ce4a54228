import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { CounterproofError } from '../errors.js';
import { pointerOf } from '../text/pointer.js';
import type { Json, JsonObject } from '../text/value.js';
import { type Document, documentFromObject, documentFromText, readDocument } from './index.js';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Every `$ref` of a tree that stands where references stand, with its pointer. */
function* references(value: Json, pointer = ''): Generator<{ holder: JsonObject; pointer: string }> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && typeof value.$ref === 'string') yield { holder: value, pointer };
  for (const [key, member] of Object.entries(value)) {
    if (!['example', 'examples', 'default', 'enum'].includes(key)) yield* references(member, pointer + pointerOf(key));
  }
}

/** What holds of every document: each reference leads somewhere, and each place is one of the file. */
function expectWhole(document: Document, text: string): void {
  const lines = text.split('\n');
  let count = 0;
  for (const { holder, pointer } of references(document.root)) {
    count += 1;
    expect(holder.$ref).toMatch(/^#\//);
    expect(document.resolve(holder, pointer).value).toBeTypeOf('object');
    const { line, column } = document.locate(`${pointer}/$ref`);
    expect(lines[line - 1]?.slice(column - 1)).toMatch(/^["']?\$ref/);
  }
  expect(count).toBeGreaterThan(0);
  for (const path of Object.keys(document.root.paths as JsonObject)) {
    const { line } = document.locate(pointerOf('paths', path));
    expect(lines[line - 1]).toContain(path);
  }
}

describe.each([
  ['spec/openhands-installations.yaml', 1],
  ['node_modules/@figma/rest-api-spec/openapi/openapi.yaml', 47],
  ['node_modules/@scalar/galaxy/dist/3.1.yaml', 6],
  ['node_modules/@scalar/galaxy/dist/3.1.json', 6],
])('%s', (file, paths) => {
  test('is read whole, without a warning but for what only 3.0 knows, and each of its places is found', async () => {
    const document = await readDocument(fromRoot(file));
    expect(Object.keys(document.root.paths as JsonObject)).toHaveLength(paths);
    expect(document.problems.filter(({ message }) => !message.startsWith('"nullable" says nothing'))).toEqual([]);
    expectWhole(document, readFileSync(fromRoot(file), 'utf8'));
  });
});

const corpus = fromRoot('tests/documents');

describe('real documents', () => {
  test.each([
    ['openhands-v0.json', 36],
    ['openhands-agent-server.json', 40],
    ['get-user-installations.md', 1],
  ])('%s is read whole', async (file, paths) => {
    const document = await readDocument(`${corpus}/${file}`);
    expect(Object.keys(document.root.paths as JsonObject)).toHaveLength(paths);
    expect(document.problems).toEqual([]);
    expectWhole(document, readFileSync(`${corpus}/${file}`, 'utf8'));
  });

  test('a page says what the document does that was taken from it', async () => {
    const page = await readDocument(`${corpus}/get-user-installations.md`);
    const document = await readDocument(fromRoot('spec/openhands-installations.yaml'));
    expect(page.root).toEqual(document.root);
    expect(page.locate('/paths/~1api~1user~1installations/get')).toMatchObject({ line: 25, column: 5 });
  });
});

const small = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths:\n  /a: {}\n';

test('a document is read by its content, not by its name', () => {
  const yaml = documentFromText(small, { name: 'a.json' });
  expect(documentFromText(JSON.stringify(yaml.root), { name: 'a.yaml' }).root).toEqual(yaml.root);
  expect(documentFromText(`\ufeff${JSON.stringify(yaml.root)}`, { name: 'a' }).root).toEqual(yaml.root);
  expect(documentFromObject(yaml.root).root).toEqual(yaml.root);
});

test('JSON with a comment or a comma too many is read, with a warning', () => {
  const { problems } = documentFromText('{\n "openapi": "3.1.0",\n "info": {},\n "paths": {},\n}', { name: 'a.json' });
  expect(problems).toMatchObject([
    { message: 'Not JSON: expected a key in double quotes, but found "}"', location: { line: 5, column: 1 } },
  ]);
});

test('a key that is repeated in JSON is a warning', () => {
  const text = '{"openapi": "3.1.0", "info": {},\n "paths": {"/a": {},\n  "/a": {"summary": "last"}}}';
  const document = documentFromText(text, { name: 'a.json' });
  expect(document.at('/paths/~1a')).toEqual({ summary: 'last' });
  expect(document.problems).toMatchObject([
    {
      message: 'The key "/a" is there more than once in one object, and the last counts',
      location: { line: 3, column: 3 },
    },
  ]);
});

test.each(['```', '````', '~~~~~'])('a page holds its document in a block fenced by %s', (fence) => {
  const page = `# Title\n\n${fence}js\nopenapi: no\n${fence}\n\n${fence}yaml /x.json get /a\n${small}${fence}\n`;
  const document = documentFromText(page, { name: 'page.md' });
  expect(Object.keys(document.root.paths as JsonObject)).toEqual(['/a']);
  expect(document.locate('/paths/~1a')).toMatchObject({ file: 'page.md', line: 11, column: 3 });
});

test('a block of a page may be JSON, and indented', () => {
  const page =
    '- step\n\n    ```json\n    {\n      "openapi": "3.1.0", "info": {},\n      "paths": {"/a": {}}\n    }\n    ```\n';
  const document = documentFromText(page, { name: 'page.md' });
  expect(document.locate('/paths/~1a')).toMatchObject({ line: 6, column: 17 });
});

test('fences in a description do not make a page of a document', () => {
  const text = `openapi: 3.1.0\ninfo:\n  title: t\n  description: |\n    Use:\n\n    \`\`\`yaml\n    openapi: 3.0.0\n    \`\`\`\npaths: {}\n`;
  expect(documentFromText(text, { name: 'a.yaml' }).declaredVersion).toBe('3.1.0');
});

test('a broken block of a page is refused at the line of the page', () => {
  expect(() => documentFromText(`# Title\n\n\`\`\`yaml\n${small}  /b: {]\n\`\`\`\n`, { name: 'page.md' })).toThrow(
    /^page\.md:8:8: Not YAML: /,
  );
});

test('a place that the upgrade made is that of its nearest ancestor', () => {
  const document = documentFromText(
    'openapi: 3.0.0\ninfo: {}\npaths: {}\ncomponents:\n  schemas:\n    A:\n      nullable: true\n      allOf:\n      - type: string\n',
    { name: 'a.yaml' },
  );
  const place = (pointer: string) => {
    const { line, pointer: written } = document.locate(pointer);
    return `${line} ${written}`;
  };
  expect(place('/components/schemas/A/anyOf/0/allOf/0/type')).toBe('9 /components/schemas/A/allOf/0/type');
  expect(place('/components/schemas/A/anyOf/1/type')).toBe('6 /components/schemas/A');
  expect(place('/components/schemas/A/anyOf')).toBe('6 /components/schemas/A');
});

test('locate never throws, whatever it is asked', () => {
  const document = documentFromText(small, { name: 'a.yaml' });
  fc.assert(
    fc.property(fc.string(), (pointer) => {
      expect(document.locate(pointer).line).toBeGreaterThan(0);
    }),
  );
  expect(document.locate('/x-counterproof-files/nothing/a').line).toBe(1);
});

test('a reference is followed to the end, or to nowhere', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: {},
    paths: {},
    components: {
      schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/C' }, C: { type: 'string' } },
    },
  });
  expect(document.resolve({ $ref: '#/components/schemas/A' }, '/x')).toEqual({
    value: { type: 'string' },
    pointer: '/components/schemas/C',
  });
  expect(document.resolve({ a: 1 }, '/x')).toEqual({ value: { a: 1 }, pointer: '/x' });
  expect(document.resolve({ $ref: '#/nothing' }, '/x').value).toBeUndefined();
  expect(document.resolve({ $ref: 'https://example.com' }, '/x').value).toBeUndefined();
});

test('deep, wide and strange input is refused or read, and never harms', () => {
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const said = (document: Document) => document.problems.map(({ message }) => message).join();
  expect(said(documentFromText(`{"openapi": "3.1.0", "paths": {}, "x": ${deep(10_000)}}`, { name: 'a' }))).toContain(
    'Values are nested more than 500 levels deep',
  );
  expect(() => documentFromText(`openapi: 3.1.0\nx: ${'['.repeat(10_000)}`, { name: 'a' })).toThrow(
    'nested more than 500 levels deep',
  );
  expect(said(documentFromText('{"openapi": "3.1.0", "paths": {}, "x": 1e999}', { name: 'a' }))).toContain(
    'A number is not one that JSON and IEEE 754 can hold',
  );
  const circle: JsonObject = { openapi: '3.1.0', paths: {} };
  circle.paths = { '/a': circle };
  expect(said(documentFromObject(circle))).toContain('An object contains itself');
  const surrogate = documentFromText('{"openapi": "3.1.0", "paths": {"/\\ud800": {"get": {"responses": {}}}}}', {
    name: 'a',
  });
  expect(surrogate.locate(pointerOf('paths', '/\ud800', 'get')).column).toBe(44);
  const polluting = documentFromText(
    '{"openapi": "3.0.0", "paths": {}, "components": {"schemas": {"__proto__": {"nullable": true, "type": "string"}}}}',
    { name: 'a' },
  );
  expect(polluting.at('/components/schemas/__proto__')).toEqual({ type: ['string', 'null'] });
  expect(({} as Record<string, unknown>).nullable).toBeUndefined();
});

test('a bomb of aliases is refused, with its place', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(10)}]`,
  );
  expect(() => documentFromText(`${small}l0: &l0 [lol]\n${levels.join('\n')}\n`, { name: 'a.yaml' })).toThrow(
    /^a\.yaml:\d+:\d+ at \/l\d+.*Aliases stand for more than 500000 values/,
  );
});

test('a document of a thousand operations is read in time that grows with its size', () => {
  const operations = (count: number) => {
    const paths: JsonObject = {};
    for (let index = 0; index < count; index++) {
      paths[`/a${index}/{id}`] = {
        get: {
          operationId: `op${index}`,
          parameters: [{ name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Id' } }],
          responses: {
            200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Id' } } } },
          },
        },
      };
    }
    return JSON.stringify(
      { openapi: '3.0.3', info: {}, paths, components: { schemas: { Id: { type: 'string', nullable: true } } } },
      null,
      1,
    );
  };
  const time = (text: string) => {
    const start = performance.now();
    const document = documentFromText(text, { name: 'a.json' });
    for (const path of Object.keys(document.root.paths as JsonObject)) {
      document.locate(pointerOf('paths', path, 'get', 'parameters', 0, 'schema'));
    }
    return performance.now() - start;
  };
  time(operations(500));
  const once = Math.min(time(operations(500)), time(operations(500)));
  const eightfold = Math.min(time(operations(4000)), time(operations(4000)));
  expect(eightfold / once).toBeLessThan(30);
});

/** Every member of a tree. */
function members(value: Json, found: { holder: JsonObject; key: string }[] = []) {
  if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      const holder = value as JsonObject;
      found.push({ holder, key });
      members(holder[key] as Json, found);
    }
  }
  return found;
}

const twoPointZero: JsonObject = {
  swagger: '2.0',
  info: {},
  host: 'a.example',
  securityDefinitions: {
    key: { type: 'apiKey', in: 'header', name: 'X' },
    o: { type: 'oauth2', flow: 'implicit', scopes: {} },
  },
  parameters: {
    A: { name: 'a', in: 'query', type: 'array', items: { type: 'string' } },
    B: { name: 'b', in: 'body', schema: {} },
  },
  responses: { R: { description: '', schema: { $ref: '#/definitions/D' }, headers: { H: { type: 'string' } } } },
  definitions: { D: { discriminator: 'k', properties: { k: { type: 'string', 'x-nullable': true } }, example: {} } },
  paths: {
    '/a/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
      get: { parameters: [{ $ref: '#/parameters/A' }], responses: { 200: { $ref: '#/responses/R' } } },
      post: {
        parameters: [{ name: 'f', in: 'formData', type: 'file' }],
        responses: { 200: { description: '', examples: { x: 1 } } },
      },
      put: {
        parameters: [{ $ref: '#/parameters/B' }],
        produces: ['text/a'],
        responses: { default: { $ref: '#/responses/R' } },
      },
    },
  },
};

const galaxy = JSON.parse(readFileSync(fromRoot('node_modules/@scalar/galaxy/dist/3.1.json'), 'utf8')) as JsonObject;

test('whatever is wrong in a document, it is read, or refused with problems that say where', () => {
  const junk = fc.constantFrom<Json>(
    null,
    true,
    -1,
    'text',
    '#/nothing',
    [],
    {},
    [null],
    { $ref: 5 },
    { $ref: '#' },
    { $ref: 'a.yaml' },
    { $ref: '#/paths' },
    { $id: 'x', $ref: 'y' },
    { $anchor: {} },
    { type: ['a'], nullable: true },
    { nullable: true, allOf: 'x', type: {} },
    { in: 'body' },
    { in: 'formData' },
    { discriminator: { mapping: { a: '#/x', b: 5 } } },
    { content: { a: null } },
    JSON.parse('{"__proto__": {"$ref": "#"}}') as Json,
  );
  const names = fc.constantFrom(
    '$ref',
    'nullable',
    '$id',
    'type',
    'in',
    'schema',
    'parameters',
    'content',
    'get',
    '__proto__',
  );
  const edit = fc.record({ at: fc.nat(), kind: fc.constantFrom('set', 'delete', 'add'), value: junk, name: names });
  const documents = [twoPointZero, galaxy, { ...galaxy, openapi: '3.0.3' }];
  fc.assert(
    fc.property(fc.constantFrom(...documents), fc.array(edit, { minLength: 1, maxLength: 4 }), (original, edits) => {
      const root = structuredClone(original);
      for (const { at, kind, value, name } of edits) {
        const places = members(root);
        const { holder, key } = places[at % places.length] as { holder: JsonObject; key: string };
        if (kind === 'delete') {
          delete holder[key];
        } else if (kind === 'add' && !Array.isArray(holder)) {
          Object.defineProperty(holder, name, {
            value: structuredClone(value),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        } else {
          holder[key] = structuredClone(value);
        }
      }
      try {
        const document = documentFromText(JSON.stringify(root), { name: 'a.json' });
        expect(document.problems.every(({ location }) => location?.file === 'a.json')).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(CounterproofError);
        expect((error as CounterproofError).problems.every(({ location }) => location?.file === 'a.json')).toBe(true);
      }
      expect(({} as Record<string, unknown>).$ref).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('others have their turn while a large document is read', async () => {
  const item = { get: { responses: { 200: { $ref: '#/components/responses/ok' } } } };
  const paths = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`/a${index}`, item]));
  const components = { responses: { ok: { description: 'ok' } } };
  const document = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths, components };
  // So slow a machine that each piece takes longer than a slice.
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  let turns = 0;
  let turn = setImmediate(function again() {
    turns += 1;
    turn = setImmediate(again);
  });
  const { problems } = await readDocument(document);
  clearImmediate(turn);
  clock.mockRestore();
  expect(problems).toEqual([]);
  expect(turns).toBeGreaterThan(500);
});
