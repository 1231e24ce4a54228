import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Operations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createClient } from '../wire/index.js';
import type { RunOptions } from './options.js';
import type { RunResult } from './result.js';
import { run, runTrial } from './run.js';

/** That many operations, which all declare a list. */
function operationsOf(paths: number): Operations {
  const content = { 'application/json': { schema: { type: 'array' } } };
  const get = { responses: { 200: { description: 'ok', content } } };
  const items = Object.fromEntries(Array.from({ length: paths }, (_, index) => [`/things${index}`, { get }]));
  return createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: items as JsonObject }),
  );
}

const operations = operationsOf(1);

/** Less than the client would read of its own accord, so that the test is quick. */
const maxBodyBytes = 1024 * 1024;
const large = maxBodyBytes + 1;

let server: Server | null = null;
afterEach(() => server?.close());

/** The suite against a server that says this to every request, over a real socket. */
async function against(say: (socket: Socket) => void, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', () => say(socket));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as { port: number };
  const client = createClient(`http://127.0.0.1:${port}`, { maxBodyBytes });
  const target = client.target.url;
  const few = { aspects: ['accepted'], maxCases: 1, concurrency: 1, timeout: 60_000 } as const;
  try {
    return await run({ operations, send: client.send, target, ...few, ...options });
  } finally {
    client.close();
    for (const socket of sockets) socket.destroy();
  }
}

/** Says the head, then the piece again and again, for as long as somebody listens. */
function flood(socket: Socket, head: string, piece: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(piece, 'latin1'));
  };
  socket.on('drain', more);
  socket.write(head);
  more();
}

function answer(head: string, body: string | Uint8Array): (socket: Socket) => void {
  return (socket) => {
    socket.write(`HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
  };
}

const whole = answer('200 OK\r\nContent-Type: application/json', '[]');
const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
const type = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('an answer that was not read', () => {
  it.each<[string, RunResult['verdict'], (socket: Socket) => void]>([
    ['a head of 70 kB with 500', 'broken', answer(`500 No\r\nX-Long: ${'x'.repeat(70_000)}`, '{}')],
    ['an endless head', 'broken', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'.repeat(2000))],
    ['an endless status line', 'broken', (socket) => flood(socket, 'HTTP/1.1 200 ', 'O'.repeat(9000))],
    ['interim responses without an end', 'broken', (socket) => flood(socket, '', interim.repeat(1000))],
    ['an endless body', 'incomplete', (socket) => flood(socket, `${type}\r\n`, '1'.repeat(1e5))],
    ['more HTML than is read, said to be JSON', 'incomplete', answer(type.slice(9, -2), `<p>${'x'.repeat(large)}</p>`)],
    [
      'gzip that decodes to more than is read',
      'incomplete',
      answer(`${type.slice(9)}Content-Encoding: gzip`, gzipSync(`[${' '.repeat(large)}]`)),
    ],
  ])('such as %s is never kept, but %s', async (_name, verdict, say) => {
    const result = await against(say);
    expect(result.verdict).toBe(verdict);
    expect(result.findings.some(({ check }) => check === 'well-formed')).toBe(true);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['JSON that is nested too deeply', answer(type.slice(9, -2), `${'['.repeat(5000)}${']'.repeat(5000)}`)],
    ['interim responses without an end', (socket) => flood(socket, '', interim.repeat(1000))],
  ])('leaves the rest of its operation, and then of the run, alone: %s', async (_of, begin) => {
    let requests = 0;
    const say = (socket: Socket) => {
      requests++;
      begin(socket);
    };
    const aspects = ['accepted', 'repetition', 'method'] as const;
    const result = await against(say, { operations: operationsOf(40), aspects, maxCases: 100 });
    expect(result.partial).toContain('more than is read');
    expect(requests).toBeLessThan(200);
  });

  it('leaves the run alone once they have taken long, which is not so of answers that were waited for', async () => {
    const asked = async (kind: 'too-large' | 'timeout' | 'truncated' | 'malformed-http') => {
      let now = 0;
      const send = async () => {
        now += 4_000;
        const raw = new Uint8Array();
        const problems = [{ kind, message: '' }] as const;
        const status = kind === 'malformed-http' ? null : 200;
        return { status, headers: [], raw, body: raw, problems, duration: 4_000 };
      };
      const clock = { now: () => now, pause: async () => {} };
      const few = { aspects: ['accepted'], maxCases: 1, concurrency: 1, repeats: 0 } as const;
      return (await runTrial({ operations: operationsOf(40), target: 'http://things', send, clock, ...few }))
        .stopReason;
    };
    expect(await asked('too-large')).toBe('5 answers in a row were more than is read, for more than 15 s');
    const orOtherwise = '5 answers in a row were more than is read, cut, or no HTTP, for more than 15 s';
    expect(await asked('truncated')).toBe(orOtherwise);
    expect(await asked('malformed-http')).toBe(orOtherwise);
    expect(await asked('timeout')).toBe('the target stopped answering: 12 requests in a row got nothing');
  });

  it('and answers that were read are kept', async () => {
    expect((await against(whole)).verdict).toBe('kept');
  });
});

describe('a check that nothing came for', () => {
  const exchangesOf = ({ checks }: RunResult) => Object.fromEntries(checks.map(({ id, exchanges }) => [id, exchanges]));
  const silent = (socket: Socket) => void socket.destroy();

  it('says so of a target that never answers', async () => {
    const result = await against(silent);
    expect(result.verdict).toBe('broken');
    expect(exchangesOf(result)).toMatchObject({ 'accepts-valid': 0, 'response-schema': 0, evidence: 0 });
    expect(exchangesOf(result)['well-formed']).toBeGreaterThan(0);
  });

  it('counts the exchanges that it was about', async () => {
    const result = await against(whole);
    expect(exchangesOf(result)).toMatchObject({ 'accepts-valid': 2, 'response-schema': 2, 'response-headers': 0 });
  });

  it('proves nothing, where it was all that was asked for', async () => {
    expect((await against(silent, { check: ['accepts-valid'] })).verdict).toBe('incomplete');
    const empty = await against(whole, { check: ['response-headers'] });
    expect(empty).toMatchObject({
      verdict: 'incomplete',
      unproven: ['nothing came that --check response-headers is about'],
    });
    expect((await against(whole, { check: ['response-schema'] })).verdict).toBe('kept');
    expect((await against(whole, { check: ['!response-headers'] })).verdict).toBe('kept');
  });
});
