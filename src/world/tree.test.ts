import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tree } from './tree.js';

const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 40 })), { maxLength: 120 });

describe('a tree', () => {
  it('says what a sorted map would, at every step, and leaves those before it as they were', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let tree = Tree.empty<number, number>();
        const model = new Map<number, number>();
        const before: (readonly [Tree<number, number>, readonly (readonly [number, number])[]])[] = [];
        for (const [index, [sets, key]] of all.entries()) {
          before.push([tree, [...tree]]);
          tree = sets ? tree.set(key, index) : tree.delete(key);
          if (sets) model.set(key, index);
          else model.delete(key);
          const sorted = [...model].sort(([a], [b]) => a - b);
          expect([...tree]).toEqual(sorted);
          expect(tree.size).toBe(model.size);
          expect(tree.get(key)).toBe(model.get(key));
          expect(tree.countBefore(key)).toBe(sorted.filter(([other]) => other < key).length);
          expect(sorted.map((_, place) => tree.at(place))).toEqual(sorted);
          const [from, to] = [key % 7, key % 11];
          expect(tree.slice(from, to)).toEqual(sorted.slice(from, Math.max(from, to)).map(([, value]) => value));
        }
        for (const [one, entries] of before) expect([...one]).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });

  it('is right where there are many', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(300)), { minLength: 300, maxLength: 900 }), (all) => {
        let tree = Tree.empty<number, number>();
        const model = new Map<number, number>();
        for (const [index, [sets, key]] of all.entries()) {
          const isSet = sets || index < all.length / 2;
          tree = isSet ? tree.set(key, index) : tree.delete(key);
          if (isSet) model.set(key, index);
          else model.delete(key);
        }
        const sorted = [...model].sort(([a], [b]) => a - b);
        expect([...tree]).toEqual(sorted);
        expect(sorted.map(([key]) => tree.countBefore(key))).toEqual(sorted.map((_, place) => place));
        expect(sorted.map((_, place) => tree.at(place))).toEqual(sorted);
        expect(tree.slice(20, 90)).toEqual(sorted.slice(20, 90).map(([, value]) => value));
        expect(sorted.map(([key]) => tree.get(key))).toEqual(sorted.map(([, value]) => value));
      }),
      { numRuns: 40 },
    );
  });

  it('stays in balance when keys come in order', () => {
    let tree = Tree.empty<number, null>();
    for (let key = 0; key < 20_000; key++) tree = tree.set(key, null);
    for (let key = 0; key < 19_000; key++) tree = tree.delete(key);
    expect(tree.size).toBe(1000);
    expect(tree.at(500)).toEqual([19_500, null]);
    expect(tree.at(1000)).toBeUndefined();
  });
});
