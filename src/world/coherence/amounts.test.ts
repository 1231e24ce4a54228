import { expect, it } from 'vitest';
import { Random } from '../../fake/index.js';
import type { JsonObject } from '../../text/value.js';
import { coherent, following } from './coherent.js';
import { stated } from './states.js';

const agreed = (value: JsonObject) => coherent(value, () => true, new Random(1));

it('Adds up the lines that stand in a list of their own, counts them, and says what is due of them', () => {
  const lines = { data: [{ amount: 5 }, { amount: 7 }], total_count: 40, has_more: true };
  const invoice = { lines, subtotal: 3, tax: 1, total: 1, amount_due: 8, amount_paid: 2, amount_remaining: 1 };
  const summed = { lines: { ...lines, total_count: 2, has_more: false }, subtotal: 12, tax: 1, total: 13 };
  expect(agreed({ ...invoice, status: 'open' })).toMatchObject({
    ...summed,
    amount_due: 13,
    amount_paid: 0,
    amount_remaining: 13,
  });
  expect(agreed({ ...invoice, status: 'paid' })).toMatchObject({
    amount_due: 13,
    amount_paid: 13,
    amount_remaining: 0,
  });
  const { amount_remaining: _, ...without } = invoice;
  expect(agreed({ ...without, status: 'partial' })).toMatchObject({ amount_due: 11, amount_paid: 2 });
});

it('Says of an order without lines that it costs nothing', () => {
  expect(agreed({ items: [], subtotal: 12, tax: 3, total: 9 })).toEqual({ items: [], subtotal: 0, tax: 0, total: 0 });
  expect(agreed({ tags: [], subtotal: 12, tax: 3, total: 9 })).toMatchObject({ subtotal: 12, total: 15 });
});

it('Has amounts in the currency of the whole, and in stock what there is', () => {
  const value = {
    currency: 'EUR',
    lines: [{ currency: 'USD', price: { currency: 'BOB' } }],
    other: { currency_code: 'BOB' },
  };
  expect(agreed(value)).toEqual({
    currency: 'EUR',
    lines: [{ currency: 'EUR', price: { currency: 'EUR' } }],
    other: { currency_code: 'EUR' },
  });
  expect(agreed({ stock: 0, in_stock: true })).toEqual({ stock: 0, in_stock: false });
  expect(agreed({ stock: 4, inStock: false })).toEqual({ stock: 4, inStock: true });
});

it('Follows a change with what it means for others, and leaves the rest', () => {
  const row = { quantity: 2, unit_price: 10, total: 20, status: 'open', amount_paid: 3 };
  expect(following(row, { ...row, quantity: 5 }, () => true)).toMatchObject({ total: 50 });
  expect(following(row, { ...row, status: 'paid' }, () => true)).toMatchObject({ total: 20, amount_paid: 20 });
  expect(following({ ...row, total: 7 }, { ...row, total: 7, note: 'x' }, () => true)).toMatchObject({ total: 7 });
});

it('Leaves amounts as they are where a member is taken away, or a list is sent again as it stands', () => {
  const row = { lines: [{ amount: 5 }], subtotal: 4, total: 3, closed: 'x' };
  expect(following(row, { ...row, closed: null }, () => true)).toEqual({ ...row, closed: null });
  expect(following(row, { ...row, lines: [{ amount: 5 }] }, () => true)).toEqual(row);
  expect(following(row, { ...row, lines: [{ amount: 6 }] }, () => true)).toMatchObject({ subtotal: 6, total: 6 });
});

it('Takes a total of what is money for no number of things', () => {
  const order = { discounts: [{}, {}], taxes: [{}], total_discount: 300, tax_total: 275, total_notes: 9, notes: ['a'] };
  expect(agreed(order)).toEqual({ ...order, total_notes: 1 });
});

it('Adds up amounts that are written as text, and writes them as they were', () => {
  const line_items = [
    { quantity: 2, price: '5.00' },
    { quantity: 1, price: '0.25' },
  ];
  expect(agreed({ line_items, subtotal_price: '9.99', total_tax: '1.5', total_price: '3.00' })).toEqual({
    line_items,
    subtotal_price: '10.25',
    total_tax: '1.5',
    total_price: '11.75',
  });
  // What is no amount stays as it is.
  const text = { items: [{ price: 'on request' }], total_price: 'on request' };
  expect(agreed(text)).toEqual(text);
});

it('Has amounts that stand beside each other, each with its currency, in one, and adds them up as others', () => {
  const money = (value: string, currency_code: string) => ({ value, currency_code });
  const invoice = {
    subtotal: money('1.00', 'EUR'),
    tax: money('2.50', 'USD'),
    total: money('7.00', 'GBP'),
    lines: [{ price: money('4.00', 'JPY') }, { price: money('6.00', 'CHF') }],
    original_amount: money('11.00', 'PLN'),
  };
  expect(agreed(invoice)).toEqual({
    subtotal: money('10.00', 'EUR'),
    tax: money('2.50', 'EUR'),
    total: money('12.50', 'EUR'),
    lines: [{ price: money('4.00', 'EUR') }, { price: money('6.00', 'EUR') }],
    original_amount: money('11.00', 'PLN'),
  });
  const balances = [
    { amount: 1, currency: 'EUR' },
    { amount: 2, currency: 'USD' },
  ];
  expect(agreed({ balances, available: { amount: 3, currency: 'GBP' } })).toMatchObject({ balances });
});

it('Reads amounts by what they are, whatever the unit that their names end with, and the tax by its rate', () => {
  const line = { amount_cents: 5, quantity: 3, unit_price_cents: 100 };
  const invoice = { lines: [line], subtotal_cents: 7, tax_rate: 12.5, tax_cents: 9, total_cents: 1 };
  expect(agreed(invoice)).toEqual({
    ...invoice,
    lines: [{ ...line, amount_cents: 300 }],
    subtotal_cents: 300,
    tax_cents: 38,
    total_cents: 338,
  });
  expect(agreed({ subtotal: 10.5, vat_rate: 0.2, vat: 1.25, total: 3 })).toMatchObject({ vat: 2.1, total: 12.6 });
  const row = { subtotal: 100, tax_rate: 10, tax: 10, total: 110 };
  expect(following(row, { ...row, tax_rate: 20 }, () => true)).toEqual({ ...row, tax_rate: 20, tax: 20, total: 120 });
});

it('Says when something was annulled where it was, and else nothing of that', () => {
  const statuses = ['draft', 'sent', 'paid', 'void'];
  const isValid = (row: unknown) => statuses.includes((row as { status: string }).status);
  const dates = { sent_at: '2024-01-02T00:00:00Z', voided_at: '2024-01-03T00:00:00Z' };
  const told = (status: string, row: JsonObject) =>
    stated(
      { status, ...row },
      false,
      () => 0,
      () => true,
      isValid,
    );
  expect(told('paid', dates)).toEqual({ status: 'paid', ...dates, voided_at: null });
  expect(told('void', { voided_at: null })).toEqual({ status: 'void', voided_at: '1970-01-01T00:00:00Z' });
});

it('Says that stock is low where there is no more of it than there should be', () => {
  const item = { quantity: 12, reorderThreshold: 10, lowStock: true };
  expect(agreed(item)).toEqual({ ...item, lowStock: false });
  expect(following({ ...item, lowStock: false }, { ...item, quantity: 3, lowStock: false }, () => true)).toEqual({
    ...item,
    quantity: 3,
    lowStock: true,
  });
});

it('Has completed all of what is completed, and nothing of what has not begun', () => {
  expect(agreed({ status: 'completed', progress: 37 })).toEqual({ status: 'completed', progress: 100 });
  expect(agreed({ status: 'pending', progress: 37 })).toEqual({ status: 'pending', progress: 0 });
  expect(agreed({ status: 'active', progress: 37 })).toEqual({ status: 'active', progress: 37 });
});
