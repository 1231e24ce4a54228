import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasBody } from './body.js';
import { framingRefusal } from './framing.js';
import { KnownHeads, withoutBody } from './known-heads.js';

function message(rawHeaders: readonly string[], httpVersion = '1.1'): IncomingMessage {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2)
    headers[rawHeaders[index]?.toLowerCase() ?? ''] = rawHeaders[index + 1] ?? '';
  return { rawHeaders, httpVersion, headers } as unknown as IncomingMessage;
}

const field = fc.constantFrom(
  ['Host', 'a.example'],
  ['host', 'a.example'],
  ['Host', 'a b'],
  ['Accept', 'text/html'],
  ['Accept', 'text/htmm'],
  ['Content-Length', '2'],
  ['Content-Length', '0'],
  ['Content-Type', 'application/json'],
  ['Transfer-Encoding', 'chunked'],
  ['Cookie', 'c'.repeat(9000)],
);
const head = fc.tuple(fc.array(field, { maxLength: 4 }), fc.constantFrom('1.1', '1.0', '2.0'));

test('says of each of many heads what a first look at it says', () => {
  fc.assert(
    fc.property(fc.array(head, { maxLength: 30 }), (heads) => {
      const known = new KnownHeads();
      for (const [fields, version] of heads) {
        const arrived = message(fields.flat(), version);
        const { headers, hasBody: withBody, refused } = known.of(arrived);
        expect(headers).toEqual(arrived.headers);
        expect(withBody).toBe(hasBody(arrived));
        expect(refused).toEqual(framingRefusal(arrived));
      }
    }),
  );
});

test('a request that comes again with the same head is the same object, and no other is', () => {
  const known = new KnownHeads();
  const ask = (target: string, ...more: string[]) =>
    withoutBody(known.of(message(['Host', 'a.example', ...more])), 'GET', target);
  const first = ask('/a');
  expect(ask('/a')).toBe(first);
  expect(ask('/b')).not.toBe(first);
  expect(ask('/b')).toEqual({ method: 'GET', target: '/b', headers: { host: 'a.example' }, body: null });
  expect(ask('/b', 'Prefer', 'code=404').headers).toEqual({ host: 'a.example', prefer: 'code=404' });
  expect(ask('/b').headers).toBe(first.headers);
});

test('holds a few heads, and none that is long', () => {
  const known = new KnownHeads();
  const of = (cookie: string) => known.of(message(['Host', 'a.example', 'Cookie', cookie]));
  const first = of('0');
  for (const cookie of ['1', '2', '3']) of(cookie);
  expect(of('0')).toBe(first);
  of('4');
  expect(of('0')).not.toBe(first);
  const long = 'c'.repeat(9000);
  expect(of(long)).not.toBe(of(long));
});
