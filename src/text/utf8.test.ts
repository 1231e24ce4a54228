import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { resultOf } from './slices.js';
import { decodingText } from './utf8.js';

test.each([
  ['a gzip file', gzipSync('openapi: 3.0.0'), 'Unpack it first.'],
  ['a ZIP archive', Buffer.from('PK\u0003\u0004\u0014'), 'Unpack it first.'],
  ['UTF-16', Buffer.from([0xff, 0xfe, 0x6f, 0]), 'Save it as UTF-8, or give another file.'],
  ['bytes that are not UTF-8', Buffer.from([0x6f, 0xff]), 'Save it as UTF-8, or give another file.'],
])('a file that is %s is said to be that', (found, bytes, remedy) => {
  expect(resultOf(decodingText('api.yaml', bytes))).toMatchObject({ problem: { found, remedy } });
});

test('a long text has each of its characters, wherever it is divided', () => {
  for (const before of ['', 'a', 'ab', 'abc']) {
    const text = `${before}${'😀é'.repeat(200_000)}\uFEFFa`;
    const work = decodingText('api.yaml', new TextEncoder().encode(`\uFEFF${text}`));
    expect(resultOf(work)).toEqual({ text });
  }
});
