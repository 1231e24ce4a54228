import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const get = (shown: JsonObject) => ({ get: { responses: { 200: answer(shown), ...missing } } });
const id = inPath('id', count);
const one = (name: string, sent: JsonObject = {}) => ({
  parameters: [id],
  ...get(ref(name)),
  patch: { requestBody: json(object(sent, [])), responses: { 200: answer(ref(name)), ...missing } },
  delete: { responses: { 204: { description: 'Done' } } },
});
const made = (name: string, sent: JsonObject) => ({
  post: { requestBody: json(object(sent)), responses: { 201: answer(ref(name)) } },
});

const Board = object({ id: count, name: text, cards_count: count });
const Column = object({ id: count, board_id: count, name: text });
const Card = object({ id: count, board_id: count, column_id: count, title: text });
const Account = object({ id: count, name: text, currency: { type: 'string', pattern: '^[A-Z]{3}$' } });
const Payment = object({ id: count, account_id: count, amount: count, currency: text });
const Transfer = object({ id: count, from_account_id: count, to_account_id: count, currency: text });
const Employee = object({ id: count, name: text, manager_id: { type: ['integer', 'null'] } });
const Leave = object({ id: count, reviewed_by: count, title: text });
const Department = object({ id: count, name: text, manager_id: count });

const mockOf = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { schemas: { Board, Column, Card, Account, Payment, Transfer, Employee, Leave, Department } },
    paths: {
      '/boards': { ...get(list(ref('Board'))), ...made('Board', { name: text }) },
      '/boards/{id}': one('Board'),
      '/boards/{id}/columns': { parameters: [id], ...get(list(ref('Column'))), ...made('Column', { name: text }) },
      '/boards/{id}/cards': { parameters: [id], ...get(list(ref('Card'))) },
      '/columns': get(list(ref('Column'))),
      '/columns/{id}': one('Column'),
      '/columns/{id}/cards': { parameters: [id], ...get(list(ref('Card'))), ...made('Card', { title: text }) },
      '/cards': get(list(ref('Card'))),
      '/cards/{id}': one('Card', { column_id: count }),
      '/accounts': { ...get(list(ref('Account'))), ...made('Account', { name: text, currency: text }) },
      '/accounts/{id}': one('Account'),
      '/accounts/{id}/payments': {
        parameters: [id],
        ...get(list(ref('Payment'))),
        ...made('Payment', { amount: count }),
      },
      '/payments': get(list(ref('Payment'))),
      '/payments/{id}': one('Payment'),
      '/transfers': {
        ...get(list(ref('Transfer'))),
        ...made('Transfer', { from_account_id: count, to_account_id: count }),
      },
      '/employees': get(list(ref('Employee'))),
      '/employees/{id}': one('Employee'),
      '/employees/{id}/reports': { parameters: [id], ...get(list(ref('Employee'))) },
      '/leaves': get(list(ref('Leave'))),
      '/departments': get(list(ref('Department'))),
    },
  });

type Row = Readonly<Record<string, number | string | null>>;
const byId = (rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));

test('what a thing names says where it belongs too: a card is on the board that its column is on', () => {
  const mock = mockOf();
  const columns = byId(mock.read('GET', '/columns'));
  for (const card of mock.read('GET', '/cards') as Row[])
    expect(card.board_id).toBe(columns.get(card.column_id as number)?.board_id);
  const [first, second] = [1, 2].map(() => mock.read('POST', '/boards', { name: 'Launch' }));
  const at = (board: Row) => mock.read('POST', `/boards/${board.id}/columns`, { name: 'To do' });
  const [here, there] = [at(first), at(second)];
  const card = mock.read('POST', `/columns/${here.id}/cards`, { title: 'Write' });
  expect(card).toMatchObject({ column_id: here.id, board_id: first.id });
  expect(mock.read('GET', `/boards/${first.id}/cards`)).toEqual([card]);
  expect(mock.read('GET', `/boards/${first.id}`).cards_count).toBe(1);
  expect(mock.read('PATCH', `/cards/${card.id}`, { column_id: there.id })).toMatchObject({ board_id: second.id });
  expect(mock.read('GET', `/boards/${first.id}/cards`)).toEqual([]);
});

test('an amount of an account is in its currency', () => {
  const mock = mockOf();
  const accounts = byId(mock.read('GET', '/accounts'));
  for (const payment of mock.read('GET', '/payments') as Row[])
    expect(payment.currency).toBe(accounts.get(payment.account_id as number)?.currency);
  const account = mock.read('POST', '/accounts', { name: 'Main', currency: 'CHF' });
  expect(mock.read('POST', `/accounts/${account.id}/payments`, { amount: 3 }).currency).toBe('CHF');
  const [other] = [...accounts.keys()];
  const transfer = mock.read('POST', '/transfers', { from_account_id: account.id, to_account_id: other as number });
  expect(transfer.currency).toBe('CHF');
});

test('from one to another is not to itself, and whoever leads people is one of them', () => {
  const mock = mockOf();
  for (const { from_account_id, to_account_id } of mock.read('GET', '/transfers') as Row[])
    expect(from_account_id).not.toBe(to_account_id);
  const employees: Row[] = mock.read('GET', '/employees');
  const ids = employees.map((row) => row.id);
  for (const row of mock.read('GET', '/departments') as Row[]) expect(ids).toContain(row.manager_id);
  for (const row of mock.read('GET', '/leaves') as Row[]) expect(ids).toContain(row.reviewed_by);
  for (const { id: key } of employees.slice(0, 5))
    expect(mock.read('GET', `/employees/${key}/reports`)).toEqual(employees.filter((row) => row.manager_id === key));
});
