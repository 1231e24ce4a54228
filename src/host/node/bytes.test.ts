import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../../../scripts/bytes/generate.mjs';
import { document, fixtures } from '../../../tests/hosts/subject.js';
import { readMock } from '../subject.js';
import { createConsole, type RunningServer, serve } from './index.js';

/** Seeds that found something once. */
const kept: readonly number[] = [];
const count = Number(process.env.BYTE_SEQUENCES ?? 400);
const seeds = [...kept, ...Array.from({ length: count }, (_, index) => index + 1)];
const paths = [
  '/api/user/installations?provider=github',
  '/things',
  '/things/1',
  '/files',
  '/__counterproof/api/journal',
  '/',
];

let server: RunningServer;
const unexpected: unknown[] = [];
const note = (error: unknown) => unexpected.push(error);

beforeAll(async () => {
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  const mock = await readMock({ document, fixtures });
  const { control, mount } = createConsole({ mock: () => mock, everywhere: [], hosts: [], version: '0' });
  server = await serve(() => mock, { mount, ask: control.ask, onExchange: control.record, requestTimeout: 2000 });
});
afterAll(async () => {
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  await server.close(0);
});

/** What comes back until the server closes, or until nothing more does for a while. */
function answerTo(bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let came = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(150, () => socket.destroy());
    socket.on('data', (data) => {
      came += data.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(came));
  });
}

test('whatever bytes come, they are answered as HTTP or not at all, never by 500, and the next client is served', async () => {
  const wrong: { seed: number; came: string }[] = [];
  const waiting = [...seeds];
  const work = async () => {
    for (let seed = waiting.pop(); seed !== undefined; seed = waiting.pop()) {
      const came = await answerTo(bytesOf(seed, paths));
      const isRight = came === '' || (/^HTTP\/1\.1 [1-5]\d\d /.test(came) && !/^HTTP\/1\.1 500 /m.test(came));
      if (!isRight) wrong.push({ seed, came: came.slice(0, 600) });
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  expect(wrong).toEqual([]);
  expect(unexpected).toEqual([]);
  const { status } = await fetch(`${server.url}/files`);
  expect(status).toBe(200);
}, 600_000);
