import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readYaml } from './yaml.js';

const read = (text: string) => {
  const result = readYaml(text);
  return 'value' in result ? result.value : result.problem;
};

test('scalars are those of the core schema of YAML 1.2', () => {
  expect(read('[2020-01-01, yes, no, on, 0o14, 012, 0x1F, 1_000, 1e3, ~, null, "1", .5, +1]')).toEqual([
    '2020-01-01',
    'yes',
    'no',
    'on',
    12,
    12,
    31,
    '1_000',
    1000,
    null,
    null,
    '1',
    0.5,
    1,
  ]);
});

test.each([
  ['a:\n  ? [b, c]\n  : d', 7],
  ['a: 1\n? {b: c}: d', 7],
  ['a: 1\n{{ name }}: d', 5],
  ['- {[b]: c}', 3],
])('a key that is no text is refused where it stands: %j', (text, offset) => {
  expect(read(text)).toEqual({ message: expect.stringContaining('a key is a list or a map'), offset });
});

test('keys are strings as they are written', () => {
  expect(read('200: a\n1.0: b\n0x10: c\ntrue: d\nnull: e\n~: f\n2020-01-01: g\n"": h\n? |\n  k\n: i')).toEqual({
    '200': 'a',
    '1.0': 'b',
    '0x10': 'c',
    true: 'd',
    null: 'e',
    '~': 'f',
    '2020-01-01': 'g',
    '': 'h',
    'k\n': 'i',
  });
});

test('keys in flow maps, in lists and behind anchors are strings as well', () => {
  expect(read('- {200: a, 1.0: {2.0: b}}\n- &x 404: c\n- *x : d')).toEqual([
    { '200': 'a', '1.0': { '2.0': 'b' } },
    { '404': 'c' },
    { '404': 'd' },
  ]);
});

test('merge keys are followed, and own members win', () => {
  expect(read('a: &a {x: 1, y: 2}\nb:\n  <<: [*a, {z: 3}]\n  x: 4\nc: {"<<": text}')).toEqual({
    a: { x: 1, y: 2 },
    b: { x: 4, y: 2, z: 3 },
    c: { '<<': 'text' },
  });
});

test('tags of other programs change nothing', () => {
  expect(read('a: !Sub x\nb: !Fn [1]\nc: !x {y: 2}\nd: !!binary aGk=\ne: !!str 5\nf: !!timestamp 2020-01-01')).toEqual({
    a: 'x',
    b: [1],
    c: { y: 2 },
    d: 'aGk=',
    e: '5',
    f: '2020-01-01',
  });
});

test('a member named __proto__ is data', () => {
  const value = read('__proto__: {polluted: true}') as object;
  expect(Object.hasOwn(value, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test.each([
  ["a: 'b': c", 'bad indentation of a mapping entry', 6],
  ['a: 1\n---\nb: 2', 'the file holds more than one YAML document', 5],
  ['# x\n---\na: 1\n--- \nb: 2', 'the file holds more than one YAML document', 13],
  ['a: *b', 'unidentified alias "b"', 4],
])('%j is refused with its place', (text, message, offset) => {
  expect(read(text)).toEqual({ message, offset });
});

test('nesting is bounded', () => {
  expect(read('['.repeat(20_000))).toMatchObject({ message: 'nested more than 500 levels deep' });
});

test('what another library writes is read as it was', () => {
  const plain = fc.jsonValue({ stringUnit: 'grapheme' }).filter((value) => !JSON.stringify(value).includes('-0'));
  fc.assert(
    fc.property(plain, (value) => {
      expect(read(stringify(value))).toEqual(value);
    }),
  );
});

test('a closing bracket may stand at any indentation, and places are those of the text', () => {
  const text = `a:
  b: {
    "c": 1
  }
  text: |
    {
    }
  d:
  - e: [
      1, 2
]
    f: 3
`;
  const read = readYaml(text);
  expect(read).toMatchObject({
    value: { a: { b: { c: 1 }, text: '{\n}\n', d: [{ e: [1, 2], f: 3 }] } },
    shallow: text.indexOf('}'),
  });
  const find = 'places' in read ? read.places() : () => ({ offset: 0, found: 0 });
  for (const [segments, written] of [
    [['a', 'b', 'c'], '"c"'],
    [['a', 'd', '0', 'e', '1'], '2'],
    [['a', 'd', '0', 'f'], 'f:'],
  ] as const) {
    expect(text.slice(find(segments).offset), segments.join()).toMatch(new RegExp(`^${written}`));
  }
});

test('what is wrong behind such a bracket has its own place', () => {
  expect(readYaml("a: {\n}\nb: 'c': d\n")).toEqual({
    problem: { message: expect.any(String), offset: "a: {\n}\nb: 'c'".length },
  });
});

test('a comment may follow a quote at once, and places are those of the text', () => {
  const text = "a: 'b.yaml'# one\nc: [\"d\"#two\n]\ne: 'f'\n";
  const reading = readYaml(text);
  expect(reading).toMatchObject({ value: { a: 'b.yaml', c: ['d'], e: 'f' }, crowded: text.indexOf('# one') });
  expect('places' in reading && reading.places()(['e']).offset).toBe(text.indexOf('e: '));
  expect(read("a: 'b'c\n")).toMatchObject({ message: 'bad indentation of a mapping entry' });
});

test.each([
  ['a: Not found: the pet\nb: 1\n', { a: 'Not found: the pet', b: 1 }, 'a: Not found'.length],
  ['- a: x: y: z # c: d\n- e\n', [{ a: 'x: y: z' }, 'e'], '- a: x'.length],
  ['a:\n  b: Note this\n    and more text: here\n', { a: { b: 'Note this and more text: here' } }, 35],
])(
  '%j is read though a text in it has ": " and no quotes, and places are those of the text',
  (text, value, unquoted) => {
    expect(readYaml(text)).toMatchObject({ value, unquoted });
  },
);

test('text in quotes may go on at any indentation, unless it looks like the next entry', () => {
  expect(readYaml('a:\n  b: "one\n  two, three\nfour"\n  c: 1\n')).toMatchObject({
    value: { a: { b: 'one two, three four', c: 1 } },
    shallow: 'a:\n  b: "one\n  '.length,
  });
  expect(readYaml('a:\n  b: "one\n  c: 1\n  d: "\n')).toMatchObject({
    problem: { offset: 'a:\n  b: "one\n  '.length },
  });
});

test('what stands for text by the type beside it is as it is written, though it would be read as a number', () => {
  const text = `
zip: { example: 01234, type: string }
version: { type: [string, 'null'], enum: [1.0, 1.10, null], default: 1.10 }
key: &key { type: string, const: 12345678901234567890, examples: [0x1F, True, 1e3] }
same: *key
plain: { type: string, example: 7, default: true }
number: { type: number, example: 1.10, enum: [1.0] }
either: { type: [string, number], example: 1.0 }
properties: { type: { type: string }, example: { default: 1.50 } }
`;
  expect(readYaml(text)).toMatchObject({
    value: {
      zip: { example: '01234' },
      version: { enum: ['1.0', '1.10', null], default: '1.10' },
      key: { const: '12345678901234567890', examples: ['0x1F', 'True', '1e3'] },
      same: { const: '12345678901234567890' },
      // What says the same as a number is mended, and said, where a document in JSON is as well.
      plain: { example: 7, default: true },
      number: { example: 1.1, enum: [1] },
      either: { example: 1 },
      properties: { type: { type: 'string' }, example: { default: 1.5 } },
    },
  });
});
