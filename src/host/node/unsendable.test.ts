import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createFetchHost } from '../fetch/index.js';
import { type RunningServer, type ServedExchange, serve } from './index.js';

interface Declared {
  readonly key: string;
  readonly header: string;
  readonly value: string;
  readonly mediaType: string;
}

/** A document whose every answer has this header, or this media type. */
function documentWith({ key, header, value, mediaType }: Declared): JsonObject {
  const response = {
    description: '',
    headers: { [header]: { schema: { type: 'string' }, example: value } },
    content: { [mediaType]: { schema: { type: 'string' }, example: value } },
  };
  return {
    openapi: '3.1.0',
    info: { title: `t ${value}`, version: value },
    paths: {
      '/a': {
        post: {
          operationId: value,
          requestBody: { content: { [mediaType]: {}, 'application/json': { schema: { type: 'object' } } } },
          responses: { [key]: response, 200: response },
        },
      },
    },
  };
}

const mockOf = (declared: Declared) =>
  createMock({ operations: createOperations(documentFromObject(documentWith(declared), { name: 'document' })) });

const text = fc.oneof(
  fc.constantFrom(
    'X A',
    'X\r\nA',
    'X\nA: b',
    'X:A',
    'É',
    'Ψ',
    '',
    ' ',
    '\0',
    'X-A',
    '__proto__',
    'constructor',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const mediaType = fc.oneof(
  fc.constantFrom('text/plain', 'application/json', 'text/Ψ', 'text/plain; a=Ψ', 'application/\r\njson', '*/*', 'a'),
  text.map((part) => `text/${part}`),
  text.map((part) => `application/json; a=${part}`),
);
const declared: fc.Arbitrary<Declared> = fc.record({
  key: fc.constantFrom('413', '4XX', 'default', '415', '400', '422', '5XX'),
  header: text,
  value: text,
  mediaType,
});

/** Bodies that are refused before they are read whole, of wrong codings, and of every type. */
const requests = [
  ['POST /a HTTP/1.1', 'Content-Length: 100'],
  ['POST /a HTTP/1.1', 'Content-Encoding: Ψ', 'Content-Length: 3'],
  ['POST /a HTTP/1.1', 'Content-Encoding: gzip', 'Content-Length: 3'],
  ['POST /a HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 3'],
  ['POST /a HTTP/1.1', 'Content-Type: text/unknown', 'Content-Length: 3'],
  ['POST /a HTTP/1.1', 'Prefer: delay=1'],
  ['POST /a HTTP/1.1', 'Prefer: fault=slow-drip', 'Content-Length: 0'],
  ['POST /a HTTP/1.1', 'Prefer: fault=harmless-chunked', 'Content-Length: 0'],
  ['POST /a HTTP/1.1', 'Prefer: code=413, delay=1', 'Content-Length: 0'],
  ['GET /b HTTP/1.1', 'Origin: Ψ'],
] as const;

/** Sends a request with a body of the length that it names, and gives the first line that comes back. */
function statusLine(port: number, [line, ...fields]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const length = Number(/Content-Length: (\d+)/.exec(fields.join())?.[1] ?? 0);
      socket.write([line, 'Host: x', 'Connection: close', ...fields, '', '{'.repeat(length)].join('\r\n'));
    });
    let received = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      received += chunk;
    });
    socket.once('error', reject);
    socket.once('end', () => resolve(received.split('\r\n', 1)[0] ?? ''));
  });
}

describe('what HTTP cannot carry', () => {
  let mock = mockOf({ key: '413', header: 'X-A', value: 'a', mediaType: 'text/plain' });
  let server: RunningServer;
  let exchanges: ServedExchange[] = [];
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);

  beforeAll(async () => {
    // What would end the command is noted here, where the test runner would only report it.
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
    server = await serve(() => mock, { bodyLimit: 50, onExchange: (exchange) => exchanges.push(exchange) });
  });
  afterAll(async () => {
    await server.close(0);
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
  });

  test.each(['413', '4XX', 'default'])('in a response declared under %s costs the one refusal', async (key) => {
    mock = mockOf({ key, header: 'X-A', value: 'a', mediaType: 'text/plain; a=Ψ' });
    exchanges = [];
    expect(await statusLine(server.port, requests[0])).toBe('HTTP/1.1 500 Internal Server Error');
    expect(exchanges.map(({ answer }) => [answer.status, String(answer.body)])).toEqual([
      [500, expect.stringContaining('Content-Type')],
    ]);
    expect(failures).toEqual([]);
    // What is no media type at all is octets.
    mock = mockOf({ key, header: 'X-A', value: 'a', mediaType: 'text/Ψ' });
    expect(await statusLine(server.port, requests[0])).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('as the name of a header is left out of the response that declares it', async () => {
    mock = mockOf({ key: '413', header: 'X A', value: 'a', mediaType: 'text/plain' });
    exchanges = [];
    expect(await statusLine(server.port, requests[0])).toBe('HTTP/1.1 413 Payload Too Large');
    expect(exchanges.map(({ answer }) => Object.keys(answer.headers))).toEqual([expect.not.arrayContaining(['X A'])]);
    expect(failures).toEqual([]);
  });

  test('in any document is answered, whatever the request', async () => {
    const whole = fc.asyncProperty(declared, fc.constantFrom(...requests), async (one, request) => {
      mock = mockOf(one);
      expect(await statusLine(server.port, request)).toMatch(/^HTTP\/1\.1 [2-5]\d\d /);
      expect(failures).toEqual([]);
    });
    await fc.assert(whole, { numRuns: 150 });
  });

  test('is answered by the host of fetch, too', async () => {
    const whole = fc.asyncProperty(declared, async (one) => {
      const host = await createFetchHost({ document: documentWith(one) });
      for (const headers of [{}, { prefer: `code=413` }, { prefer: 'code=500' }, { 'content-type': 'text/unknown' }]) {
        const response = await host.fetch(new Request('http://x/a', { method: 'POST', body: '{}', headers }));
        expect(response.status).toBeGreaterThanOrEqual(200);
      }
    });
    await fc.assert(whole, { numRuns: 100 });
  });

  test('is told by the mock itself, with what it is and where', () => {
    const answer = mockOf({ key: '200', header: 'X-A', value: 'a', mediaType: 'text/plain; a=Ψ' }).answer({
      method: 'POST',
      target: '/a',
      headers: {},
      body: null,
    });
    expect(answer).toMatchObject({ status: 500, operationId: 'a', source: 'problem' });
    expect(JSON.parse(String(answer.body))).toMatchObject({
      detail: expect.stringContaining('Content-Type'),
    });
  });

  test('an observer that throws costs nothing but its own word', async () => {
    const deaf = await serve(() => mock, {
      onExchange() {
        throw new Error('full');
      },
    });
    const warned = new Promise((resolve) => process.once('warning', resolve));
    expect(await statusLine(deaf.port, ['GET /b HTTP/1.1'])).toBe('HTTP/1.1 404 Not Found');
    expect(String(await warned)).toContain('full');
    await deaf.close(0);
    expect(failures).toEqual([]);
  });
});
