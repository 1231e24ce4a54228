import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CounterproofError } from '../../errors.js';
import type { Json } from '../../text/value.js';
import { readDocument } from '../read/read.js';
import { type Source, sourceFromText, sourceFromValue } from '../read/source.js';
import { applyOverlays } from './apply.js';

const source = (name: string, text: string) => sourceFromText(name, text) as Source;
const actions = (...list: readonly object[]) => ({
  overlay: '1.1.0',
  info: { title: 'T', version: '1' },
  actions: list,
});

async function applied(document: Json, ...list: readonly object[]): Promise<Source> {
  return applyOverlays(sourceFromValue('document', document), [sourceFromValue('overlay', actions(...list))]);
}

async function refusal(document: Json, ...list: readonly object[]): Promise<string> {
  const error = await applied(document, ...list).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CounterproofError);
  expect(error).toMatchObject({ code: 'OVERLAY_INVALID' });
  return (error as CounterproofError).message;
}

const paged = { paths: { '/items': { get: { 'x-oai-traits': ['paged'] } }, '/other': { get: {} } } };
const two = { paths: { '/items': { get: { summary: 'List' } }, '/some-items': { delete: {} } } };

test.each<[name: string, document: Json, list: object[], result: Json]>([
  [
    'merges objects',
    { info: { title: 'A' } },
    [{ target: '$', update: { info: { 'x-b': 1 } } }],
    { info: { title: 'A', 'x-b': 1 } },
  ],
  [
    'replaces a primitive value',
    { a: { b: 1, c: 2 } },
    [{ target: '$.a', update: { b: null } }],
    { a: { b: null, c: 2 } },
  ],
  ['replaces a primitive target', { a: { b: 1 } }, [{ target: '$.a.b', update: 2 }], { a: { b: 2 } }],
  ['appends an item to a list', { a: [1] }, [{ target: '$.a', update: { b: 2 } }], { a: [1, { b: 2 }] }],
  ['concatenates lists', { a: { b: [1] } }, [{ target: '$.a', update: { b: [2] } }], { a: { b: [1, 2] } }],
  [
    'leaves what a name without a value mirrors',
    { tags: [1] },
    [{ target: '$', update: { tags: null } }],
    { tags: [1] },
  ],
  [
    'updates every match of a wildcard and a filter',
    { paths: { '/a': { get: { p: [{ n: 'f' }, { n: 'g' }] } }, '/b': { get: { p: [{ n: 'f' }] } } } },
    [{ target: "$.paths.*.get.p[?@.n=='f']", update: { s: true } }],
    { paths: { '/a': { get: { p: [{ n: 'f', s: true }, { n: 'g' }] } }, '/b': { get: { p: [{ n: 'f', s: true }] } } } },
  ],
  [
    'finds traits by a filter in a filter',
    paged,
    [{ target: "$.paths[?(@.get['x-oai-traits'][?(@ == 'paged')])].get", update: { parameters: [{ name: 'top' }] } }],
    {
      paths: { '/items': { get: { 'x-oai-traits': ['paged'], parameters: [{ name: 'top' }] } }, '/other': { get: {} } },
    },
  ],
  ['removes members', { a: { b: 1, c: 2 } }, [{ target: '$.a.b', remove: true, update: { c: 3 } }], { a: { c: 2 } }],
  [
    'removes several items of a list at once',
    { a: [1, 2, 1, 3] },
    [{ target: '$.a[?@ == 1]', remove: true }],
    { a: [2, 3] },
  ],
  ['removes what lies in what is removed', { a: { a: 1 }, b: 1 }, [{ target: '$..a', remove: true }], { b: 1 }],
  [
    'applies actions to the result of the actions before',
    { servers: [{ url: '/a' }] },
    [
      { target: '$.servers', remove: true },
      { target: '$', update: { servers: [{ url: '/b' }] } },
    ],
    { servers: [{ url: '/b' }] },
  ],
  [
    'copies into what is there',
    two,
    [{ target: '$.paths["/some-items"]', copy: '$.paths["/items"]' }],
    { paths: { '/items': { get: { summary: 'List' } }, '/some-items': { delete: {}, get: { summary: 'List' } } } },
  ],
  [
    'moves, by a copy and a removal',
    two,
    [
      { target: '$.paths', update: { '/new-items': {} } },
      { target: '$.paths["/new-items"]', copy: '$.paths["/items"]' },
      { target: '$.paths["/items"]', remove: true },
    ],
    { paths: { '/some-items': { delete: {} }, '/new-items': { get: { summary: 'List' } } } },
  ],
  ['copies a part into itself once', { a: { b: 1 } }, [{ target: '$.a', copy: '$' }], { a: { b: 1, a: { b: 1 } } }],
])('an overlay %s', async (_name, document, list, result) => {
  const { value, warnings } = await applied(document, ...list);
  expect(value).toEqual(result);
  expect(warnings).toEqual([]);
});

test.each<[name: string, document: Json, action: object, message: string]>([
  [
    'an object on a list',
    { a: { b: [] } },
    { target: '$.a', update: { b: { c: 1 } } },
    'does not fit what it is merged with (expected a list, found an object)',
  ],
  [
    'a primitive value on an object',
    { a: { b: {} } },
    { target: '$.a', update: { b: 1 } },
    'expected an object, found the number 1',
  ],
  ['a query that is none', {}, { target: 'paths.*', update: {} }, 'Not a JSONPath query'],
  [
    'a copy of two parts',
    { a: {}, b: {} },
    { target: '$.a', copy: '$.*' },
    '$.* selects 2 parts of the document (expected exactly one)',
  ],
  ['the removal of everything', {}, { target: '$', remove: true }, 'The action removes the whole document'],
  ['nothing for an object', { a: {} }, { target: '$.a', update: null }, 'expected an object, found null'],
  [
    'parts of two kinds',
    { a: {}, b: [], c: 1 },
    { target: '$.*', update: 1 },
    '$.* selects objects and lists and primitive values at once (expected all of one kind)',
  ],
])('refuses %s', async (_name, document, action, message) => {
  expect(await refusal(document, action)).toContain(message);
});

test('refuses copies of copies without end', async () => {
  const doubles = Array.from({ length: 40 }, (_, index) => ({ target: '$.a', copy: '$.a', description: `${index}` }));
  expect(await refusal({ a: [1, 2] }, ...doubles)).toContain('more than 200000 values');
});

const head = "overlay: 1.1.0\ninfo: { title: T, version: '1' }\n";
const renaming = '  - { target: $.info, update: { title: U } }\n';

// What the schemas of the specification (schemas/v1.0, schemas/v1.1) refuse.
test.each<[name: string, overlay: string, messages: string[]]>([
  ['no object', '- a\n', ['1:1: Not an overlay (expected an Overlay document with "overlay: 1.0.0", found a list)']],
  ['no version', head.replace('overlay: 1.1.0\n', ''), ['1:1: Not an overlay (expected']],
  ['another version', 'overlay: 2.0.0\n', ['1:1 at /overlay: Not an overlay (expected', 'found "2.0.0"']],
  ['half a version', "overlay: '1.1'\n", ['found "1.1"']],
  [
    'nothing but a version',
    'overlay: 1.0.0\n',
    [
      '1:1: The overlay has no "info" (expected an object with "title" and "version")',
      '1:1: The overlay has no "actions" (expected a list that is not empty)',
    ],
  ],
  ['no action', `${head}actions: []\n`, ['3:1 at /actions: "actions" does not fit (expected a list that']],
  ['actions that are no list', `${head}actions: {}\n`, ['3:1 at /actions: "actions" does not fit']],
  [
    'an action that is none',
    `${head}actions: [1]\n`,
    ['3:11 at /actions/0: An action of the overlay is none (expected an object, found the number 1)'],
  ],
  [
    'an action without a target',
    `${head}actions:\n  - update: {}\n`,
    ['4:5 at /actions/0: An action of the overlay has no "target" (expected a JSONPath query)'],
  ],
  [
    'members of an action that are something else',
    `${head}actions:\n  - target: 1\n    description: 2\n    copy: 3\n    remove: maybe\n`,
    [
      '4:5 at /actions/0/target: "target" does not fit (expected a JSONPath query, found the number 1)',
      '5:5 at /actions/0/description: "description" does not fit (expected a text, found the number 2)',
      '6:5 at /actions/0/copy: "copy" does not fit (expected a JSONPath query, found the number 3)',
      '7:5 at /actions/0/remove: "remove" does not fit (expected true or false, found "maybe")',
    ],
  ],
  [
    'a member that is not known',
    `${head}more: 1\nactions:\n  - { target: $, remvoe: true }\n`,
    [
      '3:1 at /more: The overlay has an unknown member "more"',
      '5:18 at /actions/0/remvoe: An action of the overlay has an unknown member "remvoe"',
      'Did you mean "remove"?',
    ],
  ],
  [
    'copy in an overlay of 1.0',
    `${head.replace('1.1.0', '1.0.0')}actions:\n  - { target: $.info, copy: $.paths }\n`,
    ['4:23 at /actions/0/copy: An action of the overlay has an unknown member "copy"', 'overlay: 1.1.0'],
  ],
  [
    'the same action twice',
    `${head}actions:\n${renaming}${renaming}`,
    ['5:5 at /actions/1: An action of the overlay stands in it twice'],
  ],
  [
    'an info that is none',
    `overlay: 1.1.0\ninfo: T\nextends: {}\nactions:\n${renaming}`,
    [
      '2:1 at /info: "info" does not fit (expected an object with "title" and "version", found "T")',
      '3:1 at /extends: "extends" does not fit (expected a text, found an object)',
    ],
  ],
  [
    'an info without what it has to have',
    `overlay: 1.1.0\ninfo: { title: 1, description: 2 }\nactions:\n${renaming}`,
    [
      '2:9 at /info/title: "title" does not fit (expected a text, found the number 1)',
      '2:1 at /info: "info" of the overlay has no "version" (expected a text)',
      '2:19 at /info/description: "description" does not fit (expected a text, found the number 2)',
    ],
  ],
])('refuses %s, with its line and column', async (_name, overlay, messages) => {
  const application = applyOverlays(sourceFromValue('document', {}), [source('mend.yaml', overlay)]);
  const error = await application.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'OVERLAY_INVALID' });
  for (const message of messages) expect((error as CounterproofError).message).toContain(message);
});

test('an overlay may extend, describe itself, and have extensions in each of its objects', async () => {
  const overlay = `overlay: 1.1.0
info: { title: T, version: '1', description: d, x-a: 1 }
extends: ./other.yaml
x-b: {}
actions:
  - { target: $.info, update: { title: U }, description: d, x-c: [] }
`;
  const { value, warnings } = await applyOverlays(sourceFromValue('document', { info: { title: 'T' } }), [
    source('mend.yaml', overlay),
  ]);
  expect(value).toEqual({ info: { title: 'U' } });
  expect(warnings).toEqual([]);
});

const document = `openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters:
        - { name: x, in: query, schema: { type: string } }
        - { name: y, in: query, schema: { type: string } }
      responses:
        '200': { description: d }
`;
const overlay = `overlay: 1.0.0
info: { title: T, version: '1' }
actions:
  - target: $.paths.*.get.parameters[?@.name == 'x']
    remove: true
  - target: $.paths.*.get
    update:
      parameters:
        - name: z
          in: query
          schema: { type: string }
      responses:
        '404':
          description: Not found
  - target: $.paths['/none']
    remove: true
`;

test('a place leads into the file that the value came from', async () => {
  const { locate } = await applyOverlays(source('api.yaml', document), [source('mend.yaml', overlay)]);
  const get = ['paths', '/a', 'get'];
  expect(locate([...get, 'parameters', '0', 'name'])).toMatchObject({ file: 'api.yaml', line: 8 });
  expect(locate([...get, 'parameters', '1', 'name'])).toMatchObject({ file: 'mend.yaml', line: 9 });
  expect(locate([...get, 'parameters', '1', 'schema', 'type'])).toMatchObject({ file: 'mend.yaml', line: 11 });
  expect(locate([...get, 'responses', '200'])).toMatchObject({ file: 'api.yaml', line: 10 });
  expect(locate([...get, 'responses', '404', 'description'])).toMatchObject({
    file: 'mend.yaml',
    line: 14,
    pointer: '/actions/1/update/responses/404/description',
  });
});

test('a document with overlays knows its places after it was brought to another version, and warns of an action without a match', async () => {
  const old = document
    .replace('openapi: 3.0.3', "swagger: '2.0'")
    .replaceAll(', schema: { type: string }', ', type: string');
  const mended = await readDocument(old, {
    name: 'api.yaml',
    overlays: [overlay.replace('schema: { type: string }', 'type: string')],
  });
  expect(mended.locate('/paths/~1a/get/parameters/1/schema')).toMatchObject({ file: 'overlay', line: 9 });
  expect(mended.problems).toMatchObject([
    {
      id: 'overlay-unmatched',
      message: "The action matches nothing: $.paths['/none'] selects no part of the document",
      location: { file: 'overlay', line: 15, pointer: '/actions/2/target' },
    },
  ]);
});

test('a copied part keeps the places that it was written at', async () => {
  const moved = `overlay: 1.1.0
info: { title: T, version: '1' }
actions:
  - target: $.paths['/a'].get.responses
    update: { '404': { description: e } }
  - target: $.paths
    update: { /b: {} }
  - target: $.paths['/b']
    copy: $.paths['/a']
`;
  const { locate } = await applyOverlays(source('api.yaml', document), [source('mend.yaml', moved)]);
  const responses = ['paths', '/b', 'get', 'responses'];
  expect(locate([...responses, '200'])).toMatchObject({ file: 'api.yaml', line: 10 });
  expect(locate([...responses, '404', 'description'])).toMatchObject({ file: 'mend.yaml', line: 5 });
});

test('a place is that of the value which stands there, whatever actions came before', async () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const tree = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(key, tie('node')),
    ),
  })).node;
  const target = fc
    .array(fc.oneof(key, fc.constant('*'), fc.nat(2).map(String)), { maxLength: 3 })
    .map(
      (steps) =>
        `$${steps.map((step) => (step === '*' ? '[*]' : /\d/.test(step) ? `[${step}]` : `['${step}']`)).join('')}`,
    );
  const action = fc.oneof(
    fc.record({ target, update: tree }),
    target.filter((path) => path !== '$').map((path) => ({ target: path, remove: true })),
    fc.record({ target, copy: target }),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, tree), fc.array(action, { minLength: 1, maxLength: 4 }), async (root, list) => {
      const texts = new Map([
        ['document', root],
        ['overlay', actions(...list) as unknown as Json],
      ]);
      const result = await applied(root, ...list).catch((error: unknown) => {
        if (error instanceof CounterproofError) return null;
        throw error;
      });
      if (result === null) return;
      const look = (value: Json, segments: string[]): void => {
        if (typeof value === 'object' && value !== null) {
          for (const [name, member] of Object.entries(value)) look(member, [...segments, name]);
          return;
        }
        const { file, pointer } = result.locate(segments);
        const written = pointer
          .split('/')
          .slice(1)
          .reduce<Json | undefined>((at, step) => (at as Record<string, Json> | undefined)?.[step], texts.get(file));
        expect(written).toEqual(value);
      };
      look(result.value, []);
    }),
    { numRuns: 300 },
  );
});
