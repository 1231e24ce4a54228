import { expect, test, vi } from 'vitest';
import type { Handler } from '../mock/index.js';
import type { JsonObject } from '../text/value.js';
import { createFetchHost } from './fetch/index.js';
import { documentsOf, placedIn, readMock } from './subject.js';

const item = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const answer = (schema: JsonObject) => ({ description: 'D', content: { 'application/json': { schema } } });

function things(base: string): JsonObject {
  const reference = { $ref: '#/components/schemas/Thing' };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: `https://api.test${base}` }],
    paths: {
      '/things': {
        get: { operationId: 'listThings', responses: { 200: answer({ type: 'array', items: reference }) } },
        post: {
          operationId: 'addThing',
          requestBody: { required: true, content: { 'application/json': { schema: reference } } },
          responses: { 201: answer(reference) },
        },
      },
      '/things/{id}': { get: { operationId: 'getThing', parameters: [id], responses: { 200: answer(reference) } } },
    },
    components: { schemas: { Thing: item } },
  };
}

const v1 = { document: things('/v1'), name: 'v1.yaml' };
const v2 = { document: things('/v2'), name: 'v2.yaml' };
const json = async (response: Promise<Response>) => (await response).json();

test('two versions in one program have one session, and rows of their own', async () => {
  const host = await createFetchHost({ document: [v1, v2] });
  const thing = { id: 900, name: 'new' };
  const body = JSON.stringify(thing);
  const headers = { 'Content-Type': 'application/json' };
  expect((await host.fetch('https://api.test/v2/things', { method: 'POST', body, headers })).status).toBe(201);
  expect(await json(host.fetch('/v2/things/900'))).toEqual(thing);
  expect(await json(host.fetch('/v1/things/900'))).not.toEqual(thing);
  expect(host.requests('v1.getThing')).toHaveLength(1);
  expect(host.requests()).toHaveLength(3);
  expect(() => host.use('getThing', { status: 503 })).toThrow(/v1\.getThing.*v2\.getThing/);
  host.use('v2.getThing', { body: { id: 1, name: 'chosen' } });
  expect(await json(host.fetch('/v2/things/900'))).toEqual({ id: 1, name: 'chosen' });
  host.reset();
  expect(await json(host.fetch('/v2/things/900'))).not.toEqual(thing);
});

test('fixtures and handlers of each document call its operations as it does', async () => {
  const fixtures = (name: string) => `
resources: { things: { data: [{ id: 5, name: ${name} }] } }
operations:
  getThing: { cases: { gone: { when: { path: { id: 7 } }, offContract: true, status: 404, body: { by: ${name} } } } }
`;
  const listed: Handler = () => ({ body: [] });
  const forAll =
    (name: string): Handler =>
    () => ({ headers: { 'X-By': name }, merge: {}, offContract: true });
  const host = await createFetchHost({
    document: [
      { ...v1, fixtures: fixtures('one'), handlers: { '*': forAll('one') } },
      { ...v2, fixtures: fixtures('two'), handlers: { listThings: listed, 'GET /things/{id}': forAll('two') } },
    ],
  });
  expect(await json(host.fetch('/v1/things/7'))).toEqual({ by: 'one' });
  expect(await json(host.fetch('/v2/things/7'))).toEqual({ by: 'two' });
  expect(await json(host.fetch('/v1/things/5'))).toMatchObject({ name: 'one' });
  expect(await json(host.fetch('/v2/things/5'))).toMatchObject({ name: 'two' });
  expect(await json(host.fetch('/v1/things'))).not.toEqual([]);
  expect(await json(host.fetch('/v2/things'))).toEqual([]);
  expect((await host.fetch('/v1/things/5')).headers.get('X-By')).toBe('one');
  expect((await host.fetch('/v2/things/5')).headers.get('X-By')).toBe('two');
});

test('what is wrong in the fixtures of one has the place in its file, and what is said for all speaks of the whole', async () => {
  const wrong = 'operations:\n  getThing: { cases: { few: { status: 200, body: { id: 1 } } } }\n  getThig: {}\n';
  await expect(createFetchHost({ document: [v1, { ...v2, fixtures: wrong }] })).rejects.toThrow(
    /fixtures:2:44 at .*fixtures:3:3 at \/operations\/getThig: The document has no operation "getThig" \(expected "v1.getThing" or/s,
  );
  const all = 'operations: { v2.getThing: { cases: { mine: { status: 200, body: { id: 3, name: a } } } } }\n';
  const host = await createFetchHost({ document: [v1, v2], fixtures: all });
  host.use('mine');
  expect(await json(host.fetch('/v2/things/1'))).toEqual({ id: 3, name: 'a' });
});

test('what is said of an operation whose place another document has is kept out, and the rest is served', async () => {
  const taken = {
    ...v2,
    fixtures: `
operations:
  listThings: { cases: { few: { status: 200, body: [] } } }
  GET /things/{id}: { cases: { one: { status: 200, body: { id: 1, name: a } } } }
`,
    handlers: { addThing: () => ({ status: 500, offContract: true }) },
  };
  const both = [
    { ...v1, prefix: '/a' },
    { ...taken, prefix: '/a' },
  ];
  const { fixtures } = await readMock({ document: both });
  expect(fixtures.keptOut.map(({ message, location }) => `${location?.line}: ${message}`)).toEqual([
    '3: The operation "listThings" of v2.yaml is not served, since another document has GET /a/things: what is said of it is kept out',
    '4: The operation "GET /things/{id}" of v2.yaml is not served, since another document has GET /a/things/{id}: what is said of it is kept out',
  ]);
  expect(fixtures.for('v1.getThing').cases).toEqual([]);
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const host = await createFetchHost({ document: both });
  expect(warn.mock.calls.map(([line]) => String(line).replace(/ of v2.*/, ''))).toEqual([
    'counterproof: v1.yaml, v2.yaml: 3 problems in 3 of 6 operations, the rest is served',
    'counterproof: fixtures:3:3 at /operations/listThings: The operation "listThings"',
    'counterproof: fixtures:4:3 at /operations/GET ~1things~1{id}: The operation "GET /things/{id}"',
    'counterproof: The operation "addThing"',
  ]);
  warn.mockRestore();
  const body = JSON.stringify({ id: 3, name: 'new' });
  const headers = { 'Content-Type': 'application/json' };
  expect((await host.fetch('/a/things', { method: 'POST', body, headers })).status).toBe(201);
});

test('a prefix is where a document is served, and files are named from a folder', async () => {
  const host = await createFetchHost({ document: [{ ...v1, prefix: '/old' }, v2] });
  expect((await host.fetch('/old/things')).status).toBe(200);
  expect((await host.fetch('/v1/things')).status).toBe(404);
  const placed = placedIn(
    {
      document: ['a.yaml', { document: 'b.yaml', fixtures: 'none', handlers: 'h', prefix: '/b' }],
      overlays: ['o.yaml'],
    },
    (file) => `/app/${file}`,
    (path) => path.slice(1),
  );
  expect(documentsOf(placed)).toEqual([
    { document: '/app/a.yaml', name: 'app/a.yaml', overlays: ['/app/o.yaml'] },
    {
      document: '/app/b.yaml',
      name: 'app/b.yaml',
      fixtures: 'none',
      handlers: '/app/h',
      prefix: '/b',
      overlays: ['/app/o.yaml'],
    },
  ]);
});
