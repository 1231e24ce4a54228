import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonDefect } from '../../text/json.js';
import { Part } from './part.js';
import { maximumDepth } from './plain.js';
import { isSource, jsonProblem, sourceFromText } from './source.js';

/** What is said of a text that is not JSON, and the offset of its place. */
function jsonSyntaxProblem(text: string): { readonly message: string; readonly offset: number } | null {
  const defect = findJsonDefect(text, { maximumDepth, onDuplicate: () => {} });
  if (defect === null) return null;
  const { message, location } = jsonProblem(defect, new Part('a.json', { text, linesBefore: 0, indentation: 0 }));
  const before = text.split('\n').slice(0, (location?.line ?? 0) - 1);
  const offset = before.reduce((sum, line) => sum + line.length + 1, 0) + (location?.column ?? 0) - 1;
  return { message: message.replace('Not JSON: ', ''), offset };
}

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

test('JSON is read without its comments, and everything stays at its place', () => {
  const text = '// mine\n{\n  // "x": 1,\n  "url": "http://a//b", /* two\n lines */ "list": [1, 2,],\n}\n';
  const source = sourceFromText('a.json', text);
  if (!isSource(source)) throw new Error('It cannot be read');
  expect(source.value).toEqual({ url: 'http://a//b', list: [1, 2] });
  expect(source.locate(['list'])).toMatchObject({ line: 5, column: 11 });
  expect(source.warnings[0]).toMatchObject({
    message: 'JSON has no comments; it was read without them',
    location: { line: 1, column: 1 },
  });
  const broken = sourceFromText('a.json', '{\n  // mine\n  "a": 1 "b": 2\n}');
  expect(broken).toMatchObject({ problems: [{ location: { line: 3, column: 10 } }] });
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
