import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsingJson } from './json-parts.js';
import { resultOf } from './slices.js';

/** What came of it: the text of the value too, which shows the order of names and own members called `__proto__`. */
function outcome(parse: () => unknown) {
  try {
    const value = parse();
    return { value, text: JSON.stringify(value) };
  } catch (error) {
    return { error: String(error) };
  }
}

// No name is one backslash alone: once it has read {"a":0,"\\":1}, the V8 of Node 24 takes {"a":0,"\u0061":2} to have that name too.
const piece = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    '"a"',
    '"b"',
    '"__proto__"',
    '"\\u0061"',
    '"\\"',
    '"\\\\.."',
    '"}"',
    '0',
    '-1e5',
    '-',
    'true',
    'nul',
  ],
  ...[':', ':', ':', ',', ',', ',', ' ', '\n', '\u0001', '"a":', '"b":[', '"a":{', '"1":', '"__proto__":'],
);

describe('parsingJson', () => {
  it('comes to what JSON.parse comes to, however short what is parsed at a time', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6 }),
        fc.constantFrom(undefined, 1, '\t'),
        fc.nat({ max: 40 }),
        (json, indent, length) => {
          const text = JSON.stringify(JSON.parse(json), null, indent);
          expect(outcome(() => resultOf(parsingJson(text, length)))).toEqual(outcome(() => JSON.parse(text)));
        },
      ),
    );
  });

  it('refuses what JSON.parse refuses, with the same words, and has a name that stands twice once', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.nat({ max: 12 }), (pieces, length) => {
        for (const text of [pieces.join(''), `{"a":[${pieces.join('')}],"b":0}`, `{"a":0,${pieces.join('')}}`]) {
          expect(outcome(() => resultOf(parsingJson(text, length)))).toEqual(outcome(() => JSON.parse(text)));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('hands back the thread between pieces, and needs no stack for what is deep', () => {
    const list = JSON.stringify({ paths: { '/a': Array.from({ length: 1000 }, (_, index) => ({ index })) } });
    expect([...parsingJson(list, 100)].length).toBeGreaterThan(100);
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(resultOf(parsingJson(deep, 10))).toHaveLength(1);
    for (const open of ['['.repeat(500_000), '{"a":'.repeat(500_000)])
      expect(() => resultOf(parsingJson(open, 10))).toThrow(SyntaxError);
  });
});
