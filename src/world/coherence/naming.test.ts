import { expect, it } from 'vitest';
import { Random } from '../../fake/index.js';
import type { JsonObject } from '../../text/value.js';
import { coherent } from './coherent.js';
import { slugFor, titledBy } from './naming.js';

const agreed = (value: JsonObject) => coherent(value, () => true, new Random(1)) as JsonObject;

it('Makes what a thing is called in an address of its name, and displays that', () => {
  expect(agreed({ name: 'Crème brûlée (2)', slug: 'winter-plan', display: 'amber' })).toEqual({
    name: 'Crème brûlée (2)',
    slug: 'creme-brulee-2',
    display: 'Crème brûlée (2)',
  });
  expect(agreed({ name: 'data_center', displayName: 'amber' })).toMatchObject({ displayName: 'Data center' });
  expect(agreed({ slug: 'winter-plan', display: 'block' })).toEqual({ slug: 'winter-plan', display: 'block' });
});

it('Has nobody called by a number', () => {
  const order = { name: '#1001', email: 'ann@shop.test' };
  expect(agreed(order)).toEqual(order);
});

it('Calls a thing as its key says that is made of its name', () => {
  const row = { slug: 'winter-plan', title: 'Blue' };
  expect(titledBy(row, ['slug'], 'winter-plan', () => true)).toEqual({ slug: 'winter-plan', title: 'Winter plan' });
  expect(titledBy(row, ['slug'], 'winter-plan', () => false)).toBe(row);
  expect(titledBy({ ...row, id: 'x-1' }, ['id'], 'x-1', () => true)).toMatchObject({ title: 'Blue' });
  expect(slugFor({ title: 'My first blog!' }, 'slug')).toBe('my-first-blog');
  expect(slugFor({ title: 'My first blog!' }, 'id')).toBeUndefined();
});

it('Lets an average lie between the least and the most', () => {
  expect(agreed({ min: 3, mean: 78, max: 9 })).toEqual({ min: 3, mean: 6, max: 9 });
  expect(agreed({ min_price: 20.5, avg_price: 1.2, max_price: 10.1 })).toMatchObject({ avg_price: 15.3 });
});

it('Says in several members what there is to say of one currency', () => {
  const said = {
    currency_code: 'EUR',
    currency_name: 'Zloty',
    currency_symbol: '$',
    currency_decimal_places: 7,
    name: 'x',
  };
  expect(agreed(said)).toEqual({
    ...{ currency_code: 'EUR', currency_name: 'Euro', currency_symbol: '€', currency_decimal_places: 2 },
    name: 'x',
  });
  expect(agreed({ currency: 'jpy', currencySymbol: '$' })).toEqual({ currency: 'jpy', currencySymbol: '¥' });
  expect(agreed({ baseCurrencyCode: 'XQZ', baseCurrencyName: 'Euro' }).baseCurrencyCode).not.toBe('XQZ');
  expect(agreed({ currency_name: 'Zloty', currency: 3 })).toEqual({ currency_name: 'Zloty', currency: 3 });
});
