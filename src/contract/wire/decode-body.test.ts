import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody, receivedFrom } from './received.js';
import { ResponseReader } from './response-reader.js';

async function kindsOf(bytes: Uint8Array, ...headers: (readonly [string, string])[]) {
  return (await decodeBody(bytes, headers, 1000)).problems.map(({ kind }) => kind);
}

describe('Content-Encoding', () => {
  const text = Buffer.from('{"a":1}');

  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['identity', text],
    ['deflate, gzip', gzipSync(deflateSync(text))],
  ])('%s is undone', async (coding, bytes) => {
    const { body, problems } = await decodeBody(bytes, [['content-encoding', coding]], 1000);
    expect(Buffer.from(body).toString()).toBe('{"a":1}');
    expect(problems).toEqual([]);
  });

  it('that is not true, or cut off, or unknown is broken, and the body stays as it was sent', async () => {
    for (const coding of ['gzip', 'br', 'deflate', 'zstd']) {
      const { body, problems } = await decodeBody(text, [['Content-Encoding', coding]], 1000);
      expect(problems.map(({ kind }) => kind)).toEqual(['content-encoding-broken']);
      expect(body).toBe(text);
    }
    expect(await kindsOf(gzipSync(text).subarray(0, 20), ['content-encoding', 'gzip'])).toEqual([
      'content-encoding-broken',
    ]);
  });

  it('of an empty body is nothing to complain about', async () => {
    expect(await kindsOf(new Uint8Array(0), ['content-encoding', 'gzip'])).toEqual([]);
  });

  it('does not unpack without bounds', async () => {
    expect(await kindsOf(gzipSync(Buffer.alloc(100_000)), ['content-encoding', 'gzip'])).toEqual(['too-large']);
  });
});

it('an answer of more values than is read is kept in its beginning alone, and not judged', async () => {
  const read = async (body: string) => {
    const reader = new ResponseReader({ method: 'GET', maxHeadBytes: 1_000, maxBodyBytes: 3_200 });
    reader.push(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
    return (await receivedFrom(reader, 0, 3_200)).problems.map(({ message }) => message);
  };
  const items = (count: number) => `[${Array.from({ length: count }, () => '{"a":"\\",[,{"}').join(', ')}]`;
  // The list, its items, and what separates them.
  expect(await read(items(50))).toEqual([]);
  expect(await read(items(51))).toEqual(['The body has more than 100 values: it was not judged']);
  expect(await read(`<a>${items(51)}</a>`)).toEqual([]);
});
