import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HttpHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, expect, test } from 'vitest';
import { endAll } from './command.js';
import { run } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-build-'));
afterEach(endAll);
afterAll(() => rmSync(folder, { recursive: true }));

const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': {
      put: {
        operationId: 'putThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
        responses: {
          200: {
            description: 'Put.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
      },
    },
    '/broken': {
      get: {
        operationId: 'broken',
        responses: {
          200: { description: 'Broken.', content: { 'application/json': { schema: { type: 'thing' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id', 'name', 'size'],
        properties: {
          id: { type: 'integer', readOnly: true },
          // What was sent comes back, whatever the seed; this is made.
          token: { type: 'string', format: 'uuid', readOnly: true },
          name: { type: 'string', minLength: 2, pattern: '^[a-z]+$' },
          size: { enum: ['small', 'large'] },
          parts: { type: 'array', uniqueItems: true, items: { $ref: '#/components/schemas/Thing' } },
        },
        unevaluatedProperties: false,
      },
    },
  },
};
writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document, null, 2));

test('rows, the present, the language and what may be left out are those that the file was built with', async () => {
  const thing = (properties: object) => ({
    description: '',
    content: {
      'application/json': { schema: { type: 'array', items: { type: 'object', required: ['id'], properties } } },
    },
  });
  const people = {
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    paths: {
      '/people': {
        get: {
          responses: {
            200: thing({
              id: { type: 'integer' },
              city: { type: 'string' },
              createdAt: { type: 'string', format: 'date-time' },
            }),
          },
        },
        post: { responses: { 201: { description: '' } } },
      },
      '/people/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: {
            200: {
              description: '',
              content: {
                'application/json': {
                  schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
                },
              },
            },
          },
        },
      },
    },
  };
  writeFileSync(join(folder, 'people.json'), JSON.stringify(people));
  const flags = ['--rows', '3', '--now', '2031-05-01', '--optional', '1', '--locale', 'ja', '--unknown-ids', '404'];
  const args = ['build', 'people.json', '--out', 'people.mjs', ...flags];
  expect(await run(args, { cwd: folder })).toMatchObject({ code: 0 });
  const { createFetchHost } = await import(pathToFileURL(join(folder, 'people.mjs')).href);
  const { fetch } = await createFetchHost();
  const rows = await (await fetch(new Request('http://localhost/people'))).json();
  expect(rows).toHaveLength(3);
  for (const { city, createdAt } of rows) {
    expect(city).toMatch(/[\u3040-\u9fff]/);
    expect(createdAt < '2031-05-02').toBe(true);
    expect(createdAt > '2027').toBe(true);
  }
  expect((await fetch(new Request('http://localhost/people/999999'))).status).toBe(404);
});

const build = (...args: string[]) => run(['build', 'openapi.json', ...args], { cwd: folder });
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
const put = (body: unknown) =>
  new Request('http://a.test/things/1', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

test('build writes one file, and says what is in it', async () => {
  const { code, out, error } = await build('--out', 'mock.mjs');
  expect(error).toBe('');
  expect(out).toMatch(/^mock\.mjs: a mock of 2 operations \(\d+ KiB, \d+ KiB gzipped\)\n$/);
  expect(code).toBe(0);
});

test('the same document gives the same bytes', async () => {
  await build('-o', 'again.mjs');
  expect(textOf('again.mjs')).toBe(textOf('mock.mjs'));
});

test('the file imports nothing and makes no code', () => {
  expect(textOf('mock.mjs')).not.toMatch(/\bimport\s*[({'"*]|\brequire\(|new Function|\beval\(/);
});

test('the file holds the validators of what is sent, and answers as the mock of the document does', async () => {
  expect(textOf('mock.mjs')).toContain(
    '"#/components/schemas/Thing\\nrequest\\ntracked": (schema, target, helpers) =>',
  );
  const { createFetchHost } = await load('mock.mjs');
  const { createFetchHost: createUsual } = await import('counterproof/fetch');
  const [built, usual] = await Promise.all([
    createFetchHost(),
    createUsual({ document: join(folder, 'openapi.json') }),
  ]);
  const bodies = [
    { name: 'ok', size: 'small' },
    { name: 'X', size: 'none', more: 1, parts: [{ name: 'a' }, { name: 'a' }] },
    [],
  ];
  const statuses: number[] = [];
  for (const body of bodies) {
    const [answer, expected] = await Promise.all([built.fetch(put(body)), usual.fetch(put(body))]);
    statuses.push(answer.status);
    expect(answer.status).toBe(expected.status);
    expect(await answer.text()).toBe(await expected.text());
  }
  expect(statuses).toEqual([200, 422, 422]);
});

test('what is wrong in a schema costs the keyword and no answer, and lint says so with its line', async () => {
  const { default: worker } = await load('mock.mjs');
  const answer: Response = await worker.fetch(new Request('http://a.test/broken'));
  expect(answer.status).toBe(200);
  const { code, out } = await run(['lint', 'openapi.json'], { cwd: folder });
  expect(code).toBe(1);
  expect(out).toMatch(/openapi\.json:\d+:\d+ at .*The value of "type" is not valid/);
});

test('the seed and the fixtures are those of the command line', async () => {
  writeFileSync(
    join(folder, 'own.yaml'),
    'operations: { putThing: { cases: { gone: { status: 410, offContract: true, body: { no: more } } } } }\n',
  );
  await build('--out', 'own.mjs', '--seed', '7', '--fixtures', 'own.yaml');
  const [{ createFetchHost }, { default: usual }] = await Promise.all([load('own.mjs'), load('mock.mjs')]);
  const host = await createFetchHost();
  const asked = put({ name: 'ok', size: 'small' });
  expect(await (await host.fetch(asked.clone())).text()).not.toBe(await (await usual.fetch(asked.clone())).text());
  const one = await createFetchHost({ seed: 1 });
  expect(await (await one.fetch(asked.clone())).text()).toBe(await (await usual.fetch(asked.clone())).text());
  asked.headers.set('Prefer', 'example=gone');
  expect(await (await host.fetch(asked)).json()).toEqual({ no: 'more' });
});

test('functions beside the document are named, since the file holds none and takes them where it is used', async () => {
  const beside = join(folder, 'with-handlers');
  mkdirSync(join(beside, 'handlers'), { recursive: true });
  writeFileSync(join(beside, 'openapi.json'), JSON.stringify(document));
  writeFileSync(
    join(beside, 'handlers/things.mjs'),
    "/** @import { Handlers } from 'counterproof' */ export default {};",
  );
  const { code, error } = await run(['build', '-o', 'mock.mjs'], { cwd: beside });
  expect(error).toMatch(/^Document: openapi\.json\nhandlers is not in it: .*createFetchHost\(\{ handlers \}\)/);
  expect(code).toBe(0);
});

test('MSW takes its handlers', async () => {
  const { createHandlers } = await load('mock.mjs');
  const { handlers } = await createHandlers(HttpHandler, { origins: ['http://a.test'] });
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  try {
    expect((await fetch(put([]))).status).toBe(422);
  } finally {
    server.close();
  }
});

test('what keeps it from being written is said in a line', async () => {
  const missing = await build();
  expect(missing.error).toContain('--out is needed: the file to write, such as --out mock.js');
  expect(missing.code).toBe(2);
  const nowhere = await build('--out', 'no/such/folder/mock.mjs');
  expect(nowhere.error).toMatch(/--out no\/such\/folder\/mock\.mjs cannot be written: there is no such folder/);
  expect(nowhere.code).toBe(2);
  writeFileSync(join(folder, 'wrong.json'), '{ "paths": [] }');
  const wrong = await run(['build', 'wrong.json', '--out', 'wrong.mjs'], { cwd: folder });
  expect(wrong.error).toContain('wrong.json:1:');
  expect(wrong.code).toBe(2);
});

test('names the first problems of a document, counts the others, and says what lists them all', async () => {
  const schemas = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`S${at}`, { $ref: `#/gone${at}` }]));
  const file = join(folder, 'problems.json');
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas } }));
  const { error } = await run(['build', file, '--out', join(folder, 'problems.js')]);
  expect(error.match(/leads to nothing/g)?.length).toBeLessThanOrEqual(20);
  expect(error).toMatch(/^\d+ more: counterproof lint .*problems\.json$/m);
});

test('reads no more of a document than --max-document', async () => {
  const file = join(folder, 'openapi.json');
  const { length } = readFileSync(file);
  const build = (most: number) => run(['build', file, '--max-document', `${most}`, '--out', join(folder, 'most.js')]);
  expect((await build(length)).code).toBe(0);
  expect(await build(length - 1)).toMatchObject({
    code: 2,
    error: expect.stringContaining('openapi.json is longer than'),
  });
});
