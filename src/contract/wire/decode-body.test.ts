import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody, firstInvalidUtf8 } from './decode-body.js';

const json = ['Content-Type', 'application/json'] as const;

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

describe('text', () => {
  it('that is JSON is UTF-8 without a byte order mark', async () => {
    expect(await kindsOf(Buffer.from('\ufeff{}'), json)).toEqual(['byte-order-mark']);
    expect(await kindsOf(Buffer.from([0x22, 0xe9, 0x22]), json)).toEqual(['invalid-utf8']);
    expect(await kindsOf(Buffer.from([0x22, 0xe9, 0x22]), ['content-type', 'application/problem+json;x=1'])).toEqual([
      'invalid-utf8',
    ]);
    expect(await kindsOf(Buffer.from('"é"'), json)).toEqual([]);
  });

  it('of another kind is UTF-8 only where it says so', async () => {
    const latin1 = Buffer.from('é', 'latin1');
    expect(await kindsOf(latin1, ['content-type', 'text/plain; charset=UTF-8'])).toEqual(['invalid-utf8']);
    expect(await kindsOf(latin1, ['content-type', 'text/plain; charset=iso-8859-1'])).toEqual([]);
    expect(await kindsOf(latin1, ['content-type', 'image/png'])).toEqual([]);
    expect(await kindsOf(Buffer.from('\ufeffa,b'), ['content-type', 'text/csv; charset=utf-8'])).toEqual([]);
  });

  it('is told valid or not as TextDecoder does, with the offset', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.string({ unit: 'binary' }), (noise, text) => {
        const bytes = Buffer.concat([Buffer.from(text), noise]);
        const at = firstInvalidUtf8(bytes);
        if (at < 0) expect(() => decoder.decode(bytes)).not.toThrow();
        else {
          expect(() => decoder.decode(bytes)).toThrow();
          if (at < bytes.length) expect(() => decoder.decode(bytes.subarray(0, at))).not.toThrow();
        }
      }),
      { numRuns: 2000 },
    );
  });
});
