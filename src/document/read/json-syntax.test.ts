import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonSyntaxProblem } from './json-syntax.js';

test.each([
  ['{"a": 1,}', 'expected a key in double quotes, but found "}"', 8],
  ['{"a" 1}', 'expected ":", but found "1"', 5],
  ['[1 2]', 'expected "," or "]", but found "2"', 3],
  ['{"a": 1 "b": 2}', 'expected "," or "}", but found "\\""', 8],
  ['{"a": undefined}', 'expected a value, but found "undefined"', 6],
  ['{"a": 01}', 'expected a value, but found "01"', 6],
  ["{'a': 1}", 'expected a key in double quotes, but found "\'"', 1],
  ['{"a": "b\n"}', 'a string is not closed on its line, or holds a control character or a wrong escape', 6],
  ['{"a": 1', 'expected "," or "}", but the file ends', 7],
  ['{} x', 'expected the end of the file, but found "x"', 3],
  ['', 'expected a value, but the file ends', 0],
])('%j: %s', (text, message, offset) => {
  expect(jsonSyntaxProblem(text)).toEqual({ message, offset });
});

test('finds a problem exactly where JSON.parse does', () => {
  const broken = fc
    .tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', ']', '1', ':', '\\', ' ', '\u0001', 'é'),
    )
    .map(([text, at, inserted]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(place + 1);
    });
  fc.assert(
    fc.property(broken, (text) => {
      expect(jsonSyntaxProblem(text) === null).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

test('long strings and deep nesting exhaust nothing', () => {
  expect(jsonSyntaxProblem(`["${'a\\n'.repeat(2_000_000)}"]`)).toBeNull();
  expect(jsonSyntaxProblem('['.repeat(100_000))).toMatchObject({ message: 'nested more than 500 levels deep' });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
