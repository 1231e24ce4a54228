import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicateName } from './json-text.js';

describe('findDuplicateName', () => {
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

  it('walks a text of a million levels', () => {
    const deep = 1_000_000;
    expect(findDuplicateName('['.repeat(deep) + ']'.repeat(deep))).toBeNull();
  });
});
