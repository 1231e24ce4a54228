import { expect, test } from 'vitest';
import { isObject, type Json } from '../text/value.js';
import { overlaidWhere } from './overlay.js';

const names = Array.from({ length: 64 }, (_, index) => `n${index}`);
const all = (value: Json): Json => Object.fromEntries(names.map((name) => [name, value]));

test('the few members that a value cannot have are found without a look for each', () => {
  let looks = 0;
  const isValid = (value: Json): boolean => {
    looks += 1;
    return isObject(value) && value.n7 !== 2 && value.n40 !== 2;
  };
  expect(overlaidWhere(all(1), all(2), isValid)).toEqual({ ...(all(2) as object), n7: 1, n40: 1 });
  expect(looks).toBeLessThan(40);
});

test('a value has as many as it can where some exclude each other', () => {
  const isValid = (value: Json): boolean =>
    isObject(value) && !(value.n1 === 2 && value.n2 === 2) && value.n3 === value.n4;
  const found = overlaidWhere(all(1), { n1: 2, n2: 2, n3: 2, n4: 2 }, isValid);
  expect(found).toMatchObject({ n1: 2, n2: 1, n3: 2, n4: 2 });
});

test('an object that cannot be had as a whole has what it can where nothing stood before', () => {
  const isValid = (value: Json): boolean =>
    isObject(value) && !JSON.stringify(value).includes('"bad"') && !('never' in value);
  const sent = { options: { card: { kind: 'visa', note: 'bad' }, link: 'bad' }, never: { a: 1 } };
  for (const options of [null, undefined])
    expect(overlaidWhere({ ...(options === null && { options }) }, sent, isValid)).toEqual({
      options: { card: { kind: 'visa' } },
    });
  expect(overlaidWhere({ options: null }, { options: { link: 'bad' } }, isValid)).toEqual({ options: null });
});
