import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type LongContainers, parsingJson } from '../../text/json-parts.js';
import { resultOf } from '../../text/slices.js';
import type { Json } from '../../text/value.js';
import { jsonPlaces, type Places } from './json-places.js';
import { readYaml } from './yaml.js';
import { yamlPlaces } from './yaml-places.js';

const at = (places: Places, text: string, ...segments: string[]) => {
  const { offset, found } = places(segments);
  return `${found}: ${text.slice(offset).split('\n')[0]}`;
};

test('a member of JSON stands at its key, an item at its value', () => {
  const text = '\n{"a": {"b\\u0063": [1, {"d": "}]\\"" }, []]},\n "e/f": null}';
  const places = jsonPlaces(text);
  expect(at(places, text)).toBe('0: {"a": {"b\\u0063": [1, {"d": "}]\\"" }, []]},');
  expect(at(places, text, 'a')).toMatch(/^1: "a"/);
  expect(at(places, text, 'a', 'bc')).toMatch(/^2: "b\\u0063"/);
  expect(at(places, text, 'a', 'bc', '1')).toMatch(/^3: {"d"/);
  expect(at(places, text, 'a', 'bc', '1', 'd')).toMatch(/^4: "d"/);
  expect(at(places, text, 'a', 'bc', '2')).toMatch(/^3: \[\]\]/);
  expect(at(places, text, 'e/f')).toBe('1: "e/f": null}');
});

test('a place that does not exist is that of its nearest ancestor', () => {
  const text = '{"a": {"b": 1}}';
  const places = jsonPlaces(text);
  expect(at(places, text, 'a', 'x', 'y')).toBe('1: "a": {"b": 1}}');
  expect(at(places, text, 'a', 'b', 'c')).toBe('2: "b": 1}}');
  expect(at(places, text, 'constructor')).toBe('0: {"a": {"b": 1}}');
});

test('of a key that is repeated in JSON, the last is meant', () => {
  const text = '{"a": 1, "a": {"b": 2}}';
  expect(at(jsonPlaces(text), text, 'a', 'b')).toBe('2: "b": 2}}');
});

test('places in YAML lead through flow and block, aliases, merges and quotes', () => {
  const text = `# first
base: &base
  "x y": 1
  list:
  - a
  - - b
    - {c: 1, 'd''e': 2}
use:
  <<: *base
  own: *base
many: {<<: [{z: 1}, *base]}
1.0: n
`;
  const places = yamlPlaces(text);
  expect(at(places, text, 'base', 'x y')).toBe('2: "x y": 1');
  expect(at(places, text, 'base', 'list', '0')).toBe('3: a');
  expect(at(places, text, 'base', 'list', '1', '1', "d'e")).toBe("5: 'd''e': 2}");
  expect(at(places, text, 'use', 'list', '0')).toBe('3: a');
  expect(at(places, text, 'use', 'own')).toBe('2: own: *base');
  expect(at(places, text, 'use', 'own', 'x y')).toBe('3: "x y": 1');
  expect(at(places, text, 'many', 'z')).toBe('2: z: 1}, *base]}');
  expect(at(places, text, 'many', 'x y')).toBe('2: "x y": 1');
  expect(at(places, text, '1.0')).toBe('1: 1.0: n');
});

/** Every path through a value. */
function* paths(value: Json, path: string[] = []): Generator<string[]> {
  yield path;
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) yield* paths(member as Json, [...path, key]);
  }
}

test('every place of every JSON text is found, at its key', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', '  ', '\t'), (value, indentation) => {
      const text = JSON.stringify(value, null, indentation);
      const places = jsonPlaces(text);
      for (const path of paths(JSON.parse(text))) {
        const { offset, found } = places(path);
        expect(found).toBe(path.length);
        const last = path.at(-1);
        const key = JSON.stringify(last);
        expect(text.startsWith(key ?? '', offset) || /^\d+$/.test(last ?? '')).toBe(true);
      }
    }),
  );
});

test('a place is the same where it is known of long containers what is in them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.integer({ min: 2, max: 30 }), (value, other, length) => {
      const text = `{"a":${JSON.stringify(value)}, "b" : [${JSON.stringify(other)}],"a":${JSON.stringify(other)}}`;
      const long: LongContainers = new Map();
      const read = resultOf(parsingJson(text, length, long)) as Json;
      if (text.length > length) expect(long.size).toBeGreaterThan(0);
      const [places, known] = [jsonPlaces(text), jsonPlaces(text, long)];
      for (const path of [...paths(read), ['b', '1'], ['c']]) expect(known(path)).toEqual(places(path));
    }),
  );
});

test('a text that is nested too deeply to be read piece by piece is known as a whole', () => {
  const text = `${'['.repeat(300)}${']'.repeat(300)}`;
  const long: LongContainers = new Map();
  resultOf(parsingJson(text, 10, long));
  expect(jsonPlaces(text, long)(Array(299).fill('0'))).toEqual({ offset: 299, found: 299 });
});

test('every place of every YAML text is found', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, flow) => {
      const text = stringify(value, { collectionStyle: flow ? 'flow' : 'block' });
      const read = readYaml(text) as { value: Json };
      const places = yamlPlaces(text);
      for (const path of paths(read.value)) expect(places(path).found).toBe(path.length);
    }),
  );
});

test('places are found behind strings of any characters', () => {
  const ends = fc.array(fc.constantFrom('\\', '"', '{', '}', '[', ']', ':', ',', 'a', '\n'), { maxLength: 8 });
  const text = ends.map((characters) => characters.join(''));
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text)), { minKeys: 1 }), (object) => {
      const written = JSON.stringify(object, null, 1);
      const place = jsonPlaces(written);
      for (const [name, value] of Object.entries(object)) {
        const { offset, found } = place([name]);
        const member = `${JSON.stringify(name)}: ${JSON.stringify(value, null, 1).replaceAll('\n', '\n ')}`;
        expect([found, written.startsWith(member, offset)]).toEqual([1, true]);
      }
    }),
  );
});
