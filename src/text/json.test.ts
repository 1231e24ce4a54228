import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonDefect, maximumJsonDepth, readJson, readLenientJson } from './json.js';

describe('readJson', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"a"',
      ':',
      ',',
      '1',
      '-',
      '.5',
      'e1',
      '0',
      'true',
      'nul',
      ' ',
      '\\',
      '"',
      '\n',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let parsed = true;
        try {
          JSON.parse(text);
        } catch {
          parsed = false;
        }
        const reading = readJson(text);
        const strict = !reading.ok && reading.fault.expected === 'each member name once';
        expect(reading.ok || strict).toBe(parsed);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', 1, 1, 'a value', 'the end of the text'],
    ['{', 1, 2, 'a member name in double quotes', 'the end of the text'],
    ['{"a":1,}', 1, 8, 'a member name in double quotes', '"}"'],
    ["{'a':1}", 1, 2, 'a member name in double quotes', '"\'a\'"'],
    ['{"a" 1}', 1, 6, '":"', '"1"'],
    ['[1 2]', 1, 4, '"," or "]"', '"2"'],
    ['[1,\n  2,\n  oops]', 3, 3, 'a value', '"oops"'],
    ['[1,\r\n2,\rx]', 3, 1, 'a value', '"x"'],
    ['{"a":1}{"b":2}', 1, 8, 'the end of the text', '"{"'],
    ['01', 1, 2, 'the end of the text', '"1"'],
    ['NaN', 1, 1, 'a value', '"NaN"'],
    ['"abc', 1, 5, 'the closing quote of a string', 'the end of the text'],
    ['"a\nb"', 1, 3, 'control characters to be escaped', '"\\n"'],
    ['"a\\x"', 1, 3, 'an escape such as \\n or \\u0041', '"\\\\x"'],
    ['\uFEFF{}', 1, 1, 'a value', 'a byte order mark (U+FEFF)'],
    ['{"a":1,\n"a":2}', 2, 1, 'each member name once', '"a" a second time'],
    ['["😀", x]', 1, 7, 'a value', '"x"'],
  ])('says of %j: line %i, column %i, expected %s, found %s', (text, line, column, expected, found) =>
    expect(readJson(text)).toEqual({ ok: false, fault: { line, column, expected, found } }),
  );

  it('keeps __proto__ as data', () => {
    const reading = readJson('{"__proto__":{"polluted":true}}');
    const value = reading.ok ? (reading.value as object) : {};
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses deep nesting instead of overflowing the stack', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
      expect(readJson(nested(maximumJsonDepth)).ok).toBe(true);
      expect(readJson(nested(maximumJsonDepth + 1))).toMatchObject({ ok: false, fault: { found: 'deeper nesting' } });
      expect(readJson(nested(100_000)).ok).toBe(false);
      expect(readJson(open.repeat(100_000)).ok).toBe(false);
    }
  });

  it('keeps numbers numbers', () => {
    expect(readJson('[1e400,-1e400,-0,1E2]')).toEqual({
      ok: true,
      value: [Number.MAX_VALUE, -Number.MAX_VALUE, -0, 100],
    });
  });

  it('reads many members and a long string in time proportional to their number', () => {
    const members = Array.from({ length: 100_000 }, (_, index) => `"m${index}":${index}`).join();
    expect(readJson(`{${members}}`).ok).toBe(true);
    expect(readJson(`"${'\\n'.repeat(100_000)}"`).ok).toBe(true);
  });
});

describe('readLenientJson', () => {
  const findDuplicateName = (text: string) => {
    const { duplicate } = readLenientJson(text);
    return duplicate && { name: duplicate.name, pointer: duplicate.pointer };
  };

  it('takes the last of several values, as JSON.parse does, and says where the second stands', () => {
    const { reading, duplicate } = readLenientJson('{"a":1,\n "a":{"b":2},"a":3}');
    expect(reading).toEqual({ ok: true, value: { a: 3 } });
    expect(duplicate?.fault).toEqual({
      line: 2,
      column: 2,
      expected: 'each member name once',
      found: '"a" a second time',
    });
  });

  it('names what stands twice in one object, and where', () => {
    expect(findDuplicateName('{"a":1,"a":2}')).toEqual({ name: 'a', pointer: '' });
    expect(findDuplicateName('[0,{"b":[{"c":1,"d":[1,2],"c":3}]}]')).toEqual({ name: 'c', pointer: '/1/b/0' });
    expect(findDuplicateName('{"a/b":{"x":0,"\\u0078":1}}')).toEqual({ name: 'x', pointer: '/a~1b' });
    expect(findDuplicateName('{"__proto__":1,"__proto__":2}')).toEqual({ name: '__proto__', pointer: '' });
  });

  it('finds nothing in names that are values, or that stand in different objects', () => {
    for (const text of [
      '["a","a"]',
      '{"a":"a","b":{"a":"b"},"c":[{"a":1},{"a":1}]}',
      '{"a":"\\",\\"a"}',
      '"{}"',
      '{}',
      '1',
    ]) {
      expect(findDuplicateName(text), text).toBeNull();
    }
  });

  it('finds nothing in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        expect(findDuplicateName(JSON.stringify(value, null, indent))).toBeNull();
      }),
    );
  });

  it('finds what is put in twice, at any depth', () => {
    const name = fc.string();
    fc.assert(
      fc.property(fc.array(name), name, (path, twice) => {
        const key = JSON.stringify(twice);
        const text = path.reduceRight((inner, step) => `{${JSON.stringify(step)}:${inner}}`, `{${key}:1,${key}:[]}`);
        expect(findDuplicateName(text)?.name).toBe(twice);
      }),
    );
  });

  it('goes no deeper than what is judged', () => {
    expect(readLenientJson(lists(100_000))).toMatchObject({
      reading: { ok: false, exceeded: 'depth' },
      duplicate: null,
    });
  });
});

const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

it.each([
  [lists(100_000), null],
  [`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, null],
  [lists(100_000).slice(0, -1), 'the end of the text'],
  ['[1,{"a":[]},"x"]', null],
  ['[1,{"a":[],}]', '"}"'],
])('of a text whose value is not kept it is known whether it is JSON', (text, found) => {
  expect(findJsonDefect(text, { discards: true, onDuplicate: () => {} })?.found ?? null).toBe(found);
});
