import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/value.js';
import { likenessOf } from './likeness.js';

const numbers = Array.from({ length: 20_000 }, (_, index) => index + 1);

describe('what is shown of what was sent', () => {
  it.each<[string, Json, Json | undefined]>([
    ['another case', 'Blue', 'blue'],
    ['white space at the ends', '  lamp ', 'lamp'],
    ['an address in lower case', 'Ada@Example.COM', 'ada@example.com'],
    ['a rounded price', 12.3456, 12.35],
    ['a truncated price', 12.349, 12.34],
    ['a float of 32 bits', 0.1, 0.10000000149011612],
    ['digits for a number', 5, '5'],
    ['another zone', '2026-01-02T10:00:00+02:00', '2026-01-02T08:00:00Z'],
    ['no fraction of a second', '2026-01-02T10:00:00.123Z', '2026-01-02T10:00:00Z'],
    ['no zone', '2026-01-02T10:00:00Z', '2026-01-02T10:00:00'],
    ['a day for a moment', '2026-01-02T10:00:00Z', '2026-01-02'],
    ['nothing for an empty list', [], undefined],
    ['a default for null', null, 'draft'],
    ['a set in another order', ['a', 'b'], ['b', 'a']],
    ['a set without what stood twice', ['a', 'a', 'b'], ['b', 'a']],
    ['a thing for its key', [7], [{ id: 7, name: 'x' }]],
    ['thousands of items in another order', numbers, numbers.map((number) => 20_001 - number)],
    ['one of several', ['a', 'b'], 'B'],
    ['a list where one was meant', 'a', ['a']],
    ['an address for what was sent in its own', 'data:image/png;base64,AAAA', 'https://files.example.com/7.png'],
    ['escaped marks', 'a & b', 'a &amp; b'],
    ['a name in full', 'beta', 'projects/alpha/betas/beta'],
  ])('may have been normalised: %s', (_name, sent, shown) => {
    expect(likenessOf(sent, shown)).toBe('normalised');
  });

  it.each<[string, Json, Json | undefined]>([
    ['another text', 'lamp', 'untitled'],
    ['a text that is cut', 'a long name', 'a long'],
    ['another number', 10, 20],
    ['a number that is off by one', 10, 11],
    ['nothing', 'lamp', undefined],
    ['another truth', true, false],
    ['another day', '2026-01-02', '2026-01-03'],
    ['another hour', '2026-01-02T10:00:00Z', '2026-01-02T11:00:00Z'],
    ['a list with one item less', ['a', 'b'], ['a']],
    ['a list with one item more', ['a'], ['a', 'b']],
    ['none of what stood twice', ['a', 'a'], []],
    ['none of several', ['a', 'b'], 'c'],
    ['a member inside', { size: { width: 1 } }, { size: { width: 2 } }],
  ])('is something else: %s', (_name, sent, shown) => {
    expect(likenessOf(sent, shown)).toBe('other');
  });

  it('is nothing else, whatever members are added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (sent) => {
        const value = JSON.parse(JSON.stringify(sent)) as Record<string, Json>;
        expect(likenessOf(value, { added: 1, ...value })).not.toBe('other');
      }),
    );
  });
});

it('says of null that is shown as null that it is the same', () => {
  expect([likenessOf(null, null), likenessOf(null, 0), likenessOf(null, undefined)]).toEqual([
    'same',
    'normalised',
    'normalised',
  ]);
});
