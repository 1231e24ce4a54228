import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createControl } from '../control/index.js';
import { keepState } from './state-file.js';

const schema = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
};
const json = (one: JsonObject): JsonObject => ({ content: { 'application/json': { schema: one } } });
const mock = createMock({
  operations: createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Notes', version: '1' },
      paths: {
        '/notes': {
          get: { responses: { 200: { description: '', ...json({ type: 'array', items: schema }) } } },
          post: { requestBody: json(schema), responses: { 201: { description: '', ...json(schema) } } },
        },
      },
    }),
  ),
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterproof-'));
  file = join(folder, 'state.json');
});
afterEach(() => rm(folder, { recursive: true }));

function client() {
  const control = createControl({ mock: () => mock });
  const ask = (method: string, name?: string, session?: string) => {
    const body = name === undefined ? null : new TextEncoder().encode(JSON.stringify({ name }));
    const headers = { 'content-type': 'application/json', 'counterproof-session': session };
    return JSON.parse(String(control.answer({ method, target: '/notes', headers, body }).body));
  };
  return { control, ask };
}

const fail = (error: Error) => expect.fail(error.message);

test('what happened is there after a restart, for each session by itself', async () => {
  const before = client();
  const kept = await keepState(before.control, file, fail);
  before.ask('POST', 'first');
  before.ask('POST', 'of another', 'another');
  await kept.close();
  expect(await readdir(folder)).toEqual(['state.json']);
  const after = client();
  await keepState(after.control, file, fail);
  expect(after.ask('GET')).toEqual(before.ask('GET'));
  expect(after.ask('GET', undefined, 'another')[0]).toMatchObject({ name: 'of another' });
  expect(after.ask('GET', undefined, 'third')).toHaveLength(25);
});

test('a file that is none of these is said so, and stays as it is', async () => {
  await writeFile(file, '{"version":1,"sessions":{"default":{"version":1,"collections":7}}}');
  await expect(keepState(client().control, file, fail)).rejects.toMatchObject({
    code: 'STATE_UNREADABLE',
    exitCode: 2,
  });
  await writeFile(file, 'notes: []');
  await expect(keepState(client().control, file, fail)).rejects.toMatchObject({ code: 'STATE_UNREADABLE' });
  expect(await readFile(file, 'utf8')).toBe('notes: []');
});

test.skipIf(process.platform === 'win32')('what has no end is not read for one', async () => {
  await expect(keepState(client().control, '/dev/zero', fail)).rejects.toThrow(
    'The state cannot be read from /dev/zero: it is longer than 256 MiB, which is all that is read of one',
  );
});

test('a place where no file can be is said before anything is answered', async () => {
  const { control } = client();
  await expect(keepState(control, folder, fail)).rejects.toThrow(
    `The state cannot be read from ${folder}: it is a folder\n  Name another file with --state`,
  );
  const nowhere = join(folder, 'absent', 'state.json');
  await expect(keepState(control, nowhere, fail)).rejects.toThrow(
    `The state cannot be kept in ${nowhere}: there is no such folder\n  Name a file of another folder with --state.`,
  );
});

test('where it cannot be written, the mock goes on and says so', async () => {
  const { control, ask } = client();
  const errors: Error[] = [];
  const passing = join(folder, 'passing');
  await mkdir(passing);
  const kept = await keepState(control, join(passing, 'state.json'), (error) => errors.push(error));
  await rm(passing, { recursive: true });
  await writeFile(passing, '');
  ask('POST', 'first');
  await kept.close();
  expect(errors).toHaveLength(1);
  expect(ask('GET')[0]).toMatchObject({ name: 'first' });
});
