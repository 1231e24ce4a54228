import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endAll, root } from './command.js';
import { run } from './program.js';

let folder = '';

beforeAll(() => {
  // Inside the repository, so that the package finds itself by its name.
  mkdirSync(join(root, 'test-results'), { recursive: true });
  folder = mkdtempSync(join(root, 'test-results', 'types-'));
  copyFileSync(join(root, 'examples/bookings/openapi.yaml'), join(folder, 'openapi.yaml'));
  writeFileSync(
    join(folder, 'openapi.fixtures.yaml'),
    'operations: { listBookings: { cases: { none: { body: [] } } } }',
  );
  writeFileSync(join(folder, 'many.json'), JSON.stringify(many));
});
afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

/** So many operations that whatever is worked out for all of them at once is too much for the compiler. */
const many = {
  openapi: '3.1.0',
  info: { title: 'Many', version: '1' },
  paths: Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => {
      const schema = {
        type: 'object',
        properties: { [`member${index}`]: { type: 'string' }, kind: { enum: [`a${index}`, index] } },
      };
      const answer = { description: 'ok', content: { 'application/json': { schema } } };
      const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
      const responses = { 200: answer, 404: answer, '4XX': answer, default: answer };
      return [`/things${index}/{id}`, { get: { operationId: `getThing${index}`, parameters, responses } }];
    }),
  ),
};

/** Documents of others, whose operations have other names each. */
const others = [
  'tests/documents/openhands-agent-server.json',
  'node_modules/@figma/rest-api-spec/openapi/openapi.yaml',
  'spec/counterproof-control.yaml',
  'MANY',
];

const right = `import type { Handlers } from 'counterproof';
import { createFetchHost } from 'counterproof/fetch';
import type { MswHost } from 'counterproof/msw';
import type { PageMock } from 'counterproof/playwright';
import type { Booking, NewBooking } from './openapi.js';

export const wanted: NewBooking = { room: 'Blue', day: '2030-01-01' };
export const booked: Booking = { ...wanted, id: 1 };

export const handlers = {
  login({ body }) {
    return body.password === 'wrong' ? { status: 401, body: { message: body.name } } : { body: { token: 'a' } };
  },
  '*': ({ operation }) => (operation === 'login' ? undefined : { status: 401 }),
  'POST /bookings': async ({ body: { room }, rows }) =>
    rows('bookings').some((row) => row.room === room) ? { status: 409, body: { message: room } } : undefined,
  getExport({ path, made }) {
    const answer = made();
    const state: 'running' | 'done' | undefined = answer.status === 200 ? answer.body.state : undefined;
    return path.id > 3 && state === 'done' ? { merge: { state: 'running' }, delay: 10 } : { status: 410, offContract: true };
  },
} satisfies Handlers;

export async function use(page: PageMock, msw: MswHost): Promise<void> {
  const host = await createFetchHost({ document: 'openapi.yaml', handlers });
  host.use('listBookings', { body: [booked] });
  host.use('none', 'GET /bookings');
  host.use('offline', 'listBookings');
  host.use('getExport', [{ merge: { state: 'running' }, times: 2 }, { body: { id: 1, state: 'done' } }]);
  host.use('book', { status: 409, body: { message: 'taken' } });
  host.use('book', { status: 429, body: { any: 'thing' }, offContract: true });
  host.use('book', { status: 503 });
  msw.handlerFor('listBookings', { case: 'none' });
  await page.use('none');
  await page.use('GET /exports/{id}', { case: '404' });
  await page.fault('reset', { operation: 'book' });
}
`;

/** Each on a line of its own, with what stands before it. */
const wrong = [
  ['host', "host.use('listBooking', { body: [] })"],
  ['host', "host.use('GET /booking', { body: [] })"],
  ['host', "host.use('listBookings', { body: [{ room: 'Blue' }] })"],
  ['host', "host.use('listBookings', { body: [{ room: 'Pink', day: '2030-01-01', id: 1 }] })"],
  ['host', "host.use('listBookings', { case: 'nothing' })"],
  ['host', "host.use('nothing')"],
  ['host', "host.use('none', 'listBooking')"],
  ['host', "host.use('book', { status: 429, body: { any: 'thing' } })"],
  ['host', "host.use('book', { status: 409, body: { massage: 'taken' } })"],
  ['host', "host.requests('bok')"],
  ['handlers', '{ logIn: () => undefined }'],
  ['handlers', '{ login: ({ body }) => ({ body: { token: body.pasword } }) }'],
  ['handlers', '{ login: () => ({ body: { tokn: "a" } }) }'],
  ['handlers', '{ book: () => ({ status: 200, body: { message: "a" } }) }'],
  ['handlers', '{ getExport: ({ path }) => ({ body: { id: path.name, state: "done" } }) }'],
] as const;

/** What the compiler says of these files. */
function typeCheck(files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const configuration = {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      target: 'es2023',
      module: 'nodenext',
      types: ['node'],
    },
    files: [...Object.keys(files), 'openapi.d.ts', ...others.map((_, index) => `other${index}.d.ts`)],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  try {
    const program = join(root, 'node_modules/typescript/bin/tsc');
    return execFileSync(process.execPath, [program, '--checkers', '1'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout: string }).stdout);
  }
}

test('the types of documents are strict TypeScript, with which a right use passes and a wrong one does not', async () => {
  const written = await run(['types', 'openapi.yaml', '--out', 'openapi.d.ts'], { cwd: folder });
  expect(written).toMatchObject({ code: 0, out: 'openapi.d.ts: the types of 4 operations\n', error: '' });
  for (const [index, file] of others.entries()) {
    const out = join(folder, `other${index}.d.ts`);
    const named = file === 'MANY' ? join(folder, 'many.json') : file;
    expect(await run(['types', named, '--out', out])).toMatchObject({ code: 0, error: '' });
  }
  const lines = wrong.map(([what, text]) => (what === 'host' ? `${text};` : `({ ...(${text} satisfies Handlers) });`));
  const head =
    "import type { Handlers } from 'counterproof';\nimport type { FetchHost } from 'counterproof/fetch';\ndeclare const host: FetchHost;\n";
  // Together, as they share what takes long.
  const errors = typeCheck({ 'right.ts': right, 'wrong.ts': head + lines.join('\n') });
  // What belongs to an error stands below it, further in.
  expect(errors.split('\n').filter((line) => /^\S/.test(line) && !line.startsWith('wrong.ts('))).toEqual([]);
  const places = [...errors.matchAll(/^wrong\.ts\((\d+),/gm)].map(([, line]) => Number(line) - 4);
  expect(
    [...new Set(places)].sort((a, b) => a - b),
    errors,
  ).toEqual(wrong.map((_, index) => index));
});

test('without --out the types are printed', async () => {
  const { code, out } = await run(['types', 'openapi.yaml', '--fixtures', 'none'], { cwd: folder });
  expect(code).toBe(0);
  expect(out).toMatch(/^\/\/ Written by `counterproof types` from openapi.yaml/);
  expect(out).toContain('cases: never;');
});

test('schema says which line of the fixture file tells editors of it', async () => {
  const { code, out } = await run(['schema', 'openapi.yaml', '--out', 'made/bookings.json'], { cwd: folder });
  expect(code).toBe(0);
  expect(out).toBe(
    'made/bookings.json is for the first line of openapi.fixtures.yaml:\n' +
      '# yaml-language-server: $schema=./made/bookings.json\n',
  );
  expect(JSON.parse(readFileSync(join(folder, 'made/bookings.json'), 'utf8')).title).toBe(
    'Counterproof fixtures of openapi.yaml',
  );
});
