import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const servers = (...values: string[]) => ({ type: 'string', enum: values, readOnly: true });
const below = (name: string, path: string, parameter: string, schema: typeof text = text) => ({
  [path]: { get: { responses: { 200: answer(list(ref(name))) } } },
  [`${path}/{${parameter}}`]: {
    parameters: [inPath(parameter, schema)],
    get: { responses: { 200: answer(ref(name)) } },
  },
});

const library = asking({
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  components: {
    schemas: {
      Copy: object({ barcode: text, title: text, status: servers('available', 'on_loan', 'lost') }),
      Member: object({ id: count, name: text, blocked: { type: 'boolean', readOnly: true } }),
      Loan: object({
        id: { ...count, readOnly: true },
        barcode: text,
        memberId: count,
        status: servers('active', 'overdue', 'returned'),
        loanedAt: { type: 'string', format: 'date-time', readOnly: true },
        returnedAt: { type: ['string', 'null'], format: 'date-time', readOnly: true },
        renewals: { ...count, readOnly: true },
      }),
    },
  },
  paths: {
    ...below('Copy', '/copies', 'barcode'),
    ...below('Member', '/members', 'id', count),
    '/members/{id}/block': {
      parameters: [inPath('id', count)],
      post: { responses: { 200: answer(ref('Member')) } },
    },
    '/loans': {
      get: { responses: { 200: answer(list(ref('Loan'))) } },
      post: {
        requestBody: json(object({ barcode: text, memberId: count })),
        responses: {
          201: answer(ref('Loan')),
          409: { description: 'The copy is not available, or the member is blocked' },
        },
      },
    },
    '/loans/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Loan')) } } },
    '/loans/{id}/return': {
      parameters: [inPath('id', count)],
      post: { responses: { 200: answer(ref('Loan')), 409: { description: 'The loan was returned already' } } },
    },
  },
});

interface Shown {
  readonly barcode: string;
  readonly status: string;
  readonly blocked: boolean;
  readonly id: number;
}

test('what is lent is on loan until it is returned, and lent to nobody who is blocked', () => {
  const [copy, other] = (library.read('GET', '/copies') as Shown[]).filter(({ status }) => status === 'available');
  const member = (library.read('GET', '/members') as Shown[]).find(({ blocked }) => !blocked);
  const lend = (one = copy) =>
    library.ask('POST', '/loans', { barcode: one?.barcode ?? '', memberId: member?.id ?? 0 });
  const status = () => library.read('GET', `/copies/${copy?.barcode}`).status;
  const first = lend();
  expect([first.status, status(), lend().status]).toEqual([201, 'on_loan', 409]);
  const { id, ...loan } = JSON.parse(String(first.body));
  expect(loan).toMatchObject({ status: 'active', returnedAt: null, renewals: 0 });
  expect(library.ask('POST', `/loans/${id}/return`).status).toBe(200);
  expect(library.ask('POST', `/loans/${id}/return`).status).toBe(409);
  expect([status(), lend().status]).toEqual(['available', 201]);
  library.ask('POST', `/members/${member?.id}/block`);
  expect(lend(other).status).toBe(409);
});

test('what was returned says when, after it was lent, and nothing else does', () => {
  const loans: Record<'status' | 'loanedAt' | 'returnedAt', string>[] = library.read('GET', '/loans');
  expect(new Set(loans.map(({ status }) => status)).size).toBeGreaterThan(1);
  for (const { status, loanedAt, returnedAt } of loans) {
    expect(returnedAt !== null).toBe(status === 'returned');
    if (returnedAt !== null) expect(loanedAt <= returnedAt).toBe(true);
  }
});
