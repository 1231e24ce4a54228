import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const movement = { kind: { type: 'string', enum: ['RECEIPT', 'ISSUE', 'COUNT'] }, quantity: { ...count, minimum: 1 } };

const stock = asking({
  openapi: '3.1.0',
  info: { title: 'Stock', version: '1' },
  components: {
    schemas: {
      Item: object({
        name: { ...text, readOnly: true, description: 'Resource name, `items/{item}`' },
        itemId: { ...text, readOnly: true },
        quantity: { ...count, minimum: 0, readOnly: true },
        reorder_level: count,
        low_stock: { type: 'boolean', readOnly: true },
      }),
      Movement: object({ id: { ...text, readOnly: true }, ...movement }),
    },
  },
  paths: {
    '/items': { get: { responses: { 200: answer(object({ items: list(ref('Item')) })) } } },
    '/items/{itemId}': { parameters: [inPath('itemId')], get: { responses: { 200: answer(ref('Item')) } } },
    '/items/{itemId}/movements': {
      parameters: [inPath('itemId')],
      get: { responses: { 200: answer(object({ movements: list(ref('Movement')) })) } },
      post: {
        requestBody: json(object(movement)),
        responses: { 201: answer(ref('Movement')), 409: { description: 'Not enough stock' } },
      },
    },
    '/items/{itemId}/movements/{id}': {
      parameters: [inPath('itemId'), inPath('id')],
      get: { responses: { 200: answer(ref('Movement')) } },
    },
  },
});

test('what comes in and goes out changes how much there is, and more than that does not go', () => {
  const [first] = stock.read('GET', '/items').items;
  const path = `/items/${first.itemId}`;
  expect(first.name.endsWith(`items/${first.itemId}`)).toBe(true);
  const move = (kind: string, quantity: number) => stock.ask('POST', `${path}/movements`, { kind, quantity }).status;
  const held = () => stock.read('GET', path);
  expect(first.low_stock).toBe(first.quantity <= first.reorder_level);
  expect(move('RECEIPT', 1000)).toBe(201);
  expect(held()).toMatchObject({ quantity: first.quantity + 1000, low_stock: false });
  expect(move('COUNT', 5)).toBe(201);
  expect(move('ISSUE', 1000 + first.quantity + 1)).toBe(409);
  expect(move('ISSUE', 1000 + first.quantity)).toBe(201);
  expect(held()).toMatchObject({ quantity: 0, low_stock: true });
});

const wallets = asking({
  openapi: '3.1.0',
  info: { title: 'Wallets', version: '1' },
  components: {
    schemas: {
      Wallet: object({
        id: { ...count, readOnly: true },
        owner: text,
        balance: { ...count, readOnly: true },
        status: { type: 'string', enum: ['active', 'frozen'], readOnly: true },
      }),
      Transaction: object({
        id: { ...count, readOnly: true },
        type: { type: 'string', enum: ['deposit', 'withdrawal'] },
        amount: count,
        balance_after: { ...count, readOnly: true },
      }),
      Transfer: object({ id: { ...count, readOnly: true }, from_wallet_id: count, to_wallet_id: count, amount: count }),
    },
  },
  paths: {
    '/wallets': {
      get: { responses: { 200: answer(list(ref('Wallet'))) } },
      post: { requestBody: json(object({ owner: text })), responses: { 201: answer(ref('Wallet')) } },
    },
    '/wallets/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Wallet')) } } },
    '/wallets/{id}/freeze': { parameters: [inPath('id', count)], post: { responses: { 200: answer(ref('Wallet')) } } },
    '/wallets/{id}/transactions': {
      parameters: [inPath('id', count)],
      get: { responses: { 200: answer(list(ref('Transaction'))) } },
      post: {
        requestBody: json(object({ type: { type: 'string', enum: ['deposit', 'withdrawal'] }, amount: count })),
        responses: {
          201: answer(ref('Transaction')),
          409: { description: 'The wallet is frozen or has too little money' },
        },
      },
    },
    '/wallets/{id}/transactions/{transaction}': {
      parameters: [inPath('id', count), inPath('transaction', count)],
      get: { responses: { 200: answer(ref('Transaction')) } },
    },
    '/transfers': {
      get: { responses: { 200: answer(list(ref('Transfer'))) } },
      post: {
        requestBody: json(object({ from_wallet_id: count, to_wallet_id: count, amount: count })),
        responses: { 201: answer(ref('Transfer')), 409: { description: 'Not enough money' } },
      },
    },
    '/transfers/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Transfer')) } } },
  },
});

test('a transaction says what is left after it, and no more goes than there is', () => {
  const [{ id: other }] = wallets.read('GET', '/wallets');
  const { id, balance } = wallets.read('POST', '/wallets', { owner: 'Ann' });
  expect(balance).toBe(0);
  const path = `/wallets/${id}/transactions`;
  expect(wallets.read('POST', path, { type: 'deposit', amount: 500 }).balance_after).toBe(500);
  expect(wallets.ask('POST', path, { type: 'withdrawal', amount: 501 }).status).toBe(409);
  const second = wallets.read('POST', path, { type: 'withdrawal', amount: 200 });
  expect(second.balance_after).toBe(300);
  expect(wallets.read('GET', `${path}/${second.id}`)).toEqual(second);
  const transfer = (amount: number) =>
    wallets.ask('POST', '/transfers', { from_wallet_id: id, to_wallet_id: other, amount }).status;
  expect([transfer(301), transfer(100)]).toEqual([409, 201]);
  expect(wallets.read('GET', `/wallets/${id}`).balance).toBe(200);
  wallets.ask('POST', `/wallets/${id}/freeze`);
  expect(wallets.ask('POST', path, { type: 'deposit', amount: 1 }).status).toBe(409);
});
