import { expect, test } from 'vitest';
import { attached } from './attached.js';

const keys: Readonly<Record<string, () => object>> = {
  'an object': () => ({ a: 1 }),
  'a list': () => [1],
  bytes: () => new Uint8Array(2),
  'a frozen object': () => Object.freeze({ a: 1 }),
  'an object without a prototype': () => Object.create(null),
  'a proxy': () => new Proxy({ a: 1 }, { get: () => expect.fail('looked at'), has: () => expect.fail('looked at') }),
};

test.each(Object.entries(keys))('%s has what was attached last, and no other has it', (_, make) => {
  const known = attached<object, string>();
  const other = attached<object, string>();
  const [key, neighbour] = [make(), make()];
  expect(known.get(key)).toBeUndefined();
  known.set(key, 'first');
  other.set(key, 'of another kind');
  expect(known.get(key)).toBe('first');
  known.set(key, 'second');
  expect([known.get(key), other.get(key), known.get(neighbour)]).toEqual(['second', 'of another kind', undefined]);
});

test('nobody sees it, and copies do not have it', () => {
  const known = attached<object, string>();
  const key = { a: 1 };
  known.set(key, 'told');
  expect(key).toStrictEqual({ a: 1 });
  expect(Reflect.ownKeys(key)).toEqual(['a']);
  for (const copy of [{ ...key }, Object.assign({}, key), structuredClone(key), Object.create(key)])
    expect(known.get(copy)).toBeUndefined();
});
