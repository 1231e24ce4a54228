import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalityKey, firstDuplicate } from './equality.js';
import { isMultipleOf } from './multiple-of.js';

describe('firstDuplicate', () => {
  it('finds no two items equal that JSON Schema takes for different', () => {
    expect(
      firstDuplicate([1, '1', true, 'true', null, 'null', [1], ['1'], { a: 1 }, { a: '1' }, '"1', '[1]', [[]], []]),
    ).toBeNull();
  });

  it('finds members in any order and every way to write a number equal', () => {
    expect(firstDuplicate([{ a: 1, b: [2] }, 0, { b: [2], a: 1 }])).toEqual([2, 0]);
    expect(firstDuplicate([1, 1.0])).toEqual([1, 0]);
    expect(firstDuplicate([0, -0])).toEqual([1, 0]);
    expect(firstDuplicate([[0], [-0]])).toEqual([1, 0]);
  });

  it('has one key for what is equal, and only for that', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const copy = JSON.parse(JSON.stringify(left)) as unknown;
        expect(new Set([equalityKey(copy), equalityKey(left)]).size).toBe(1);
        const equal = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
        expect(new Set([equalityKey(left), equalityKey(right)]).size).toBe(equal ? 1 : 2);
      }),
    );
  });
});

/** A value with its members in one order, and told apart from a list. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sorted)];
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return ['object', ...members.map(([name, member]) => [name, sorted(member)])];
  }
  return value;
}

describe('isMultipleOf', () => {
  it('is exact for decimals, however small or large', () => {
    const right: [number, number][] = [
      [19.99, 0.01],
      [0.0075, 0.0001],
      [1e308, 1e-8],
      [4.35, 0.01],
      [0, 0.3],
      [-1.1, 0.1],
      [5e-324, 5e-324],
    ];
    const wrong: [number, number][] = [
      [0.00751, 0.0001],
      [35, 1.5],
      [1e308, 0.123456789],
      [19.991, 0.01],
    ];
    expect(right.filter(([value, divisor]) => !isMultipleOf(value, divisor))).toEqual([]);
    expect(wrong.filter(([value, divisor]) => isMultipleOf(value, divisor))).toEqual([]);
  });

  it('holds for every product of an integer and a decimal', () => {
    const decimal = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(fc.integer({ min: -99999, max: 99999 }), decimal, (factor, [digits, places]) => {
        const divisor = Number(`${digits}e-${places}`);
        expect(isMultipleOf(Number(`${factor * digits}e-${places}`), divisor)).toBe(true);
        expect(isMultipleOf(Number(`${factor * digits * 2 + 1}e-${places}`), Number(`${digits * 2}e-${places}`))).toBe(
          false,
        );
      }),
    );
  });
});
