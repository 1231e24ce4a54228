import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking as askingOf } from './library/asking.js';

const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const budget = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, type: { type: 'string' }, active: { type: 'boolean', default: true } },
};
const sentBudget = {
  ...budget,
  properties: { ...budget.properties, notify: { type: 'boolean', default: true } },
};
const row = {
  type: 'object',
  required: ['type', 'id', 'attributes'],
  properties: {
    type: { type: 'string', enum: ['budgets'] },
    id: { type: 'string' },
    attributes: {
      ...budget,
      required: ['name', 'spent', 'owner'],
      properties: { ...budget.properties, spent: { type: 'number', readOnly: true } },
    },
  },
};
const single = { type: 'object', required: ['data'], properties: { data: row } };

/** What a thing says of itself stands in its attributes, and is sent without them. */
const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/budgets': {
      get: { responses: { 200: json({ type: 'object', properties: { data: { type: 'array', items: row } } }) } },
      post: { requestBody: body(sentBudget), responses: { 201: json(single) } },
    },
    '/budgets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { responses: { 200: json(single) } },
      put: { requestBody: body(budget), responses: { 200: json(single) } },
      patch: { requestBody: body({ ...budget, required: [] }), responses: { 200: json(single) } },
    },
  },
};

/** What stands under `data` in the answers. */
function asking(of: JsonObject) {
  const { read } = askingOf(of);
  return (...asked: Parameters<typeof read>) => read(...asked).data;
}

it('has in the attributes of a resource object what was sent beside them', () => {
  const ask = asking(document);
  const made = ask('POST', '/budgets', { name: 'Bills', type: 'monthly', owner: 'Ann' });
  expect(made).toEqual({
    type: 'budgets',
    id: expect.any(String),
    attributes: { name: 'Bills', type: 'monthly', active: true, spent: expect.any(Number), owner: 'Ann' },
  });
  expect(ask('GET', '/budgets')[0]).toEqual(made);
  const changed = ask('PATCH', `/budgets/${made.id}`, { active: false });
  expect(changed).toEqual({ ...made, attributes: { ...made.attributes, active: false } });
  const { type: _type, ...attributes } = made.attributes;
  expect(ask('PUT', `/budgets/${made.id}`, { name: 'Rent' }).attributes).toEqual({ ...attributes, name: 'Rent' });
  expect(ask('GET', `/budgets/${made.id}`).attributes.name).toBe('Rent');
  // What rows cannot show of a change costs no more than itself.
  const kept = ask('GET', `/budgets/${made.id}`);
  const odd = ask('PATCH', `/budgets/${made.id}`, { name: 'Flat', spent: { by: 'hand' } });
  expect(odd).toEqual({ ...kept, attributes: { ...kept.attributes, name: 'Flat' } });
  // As the specification has it, too.
  const sent = { type: 'budgets', attributes: { name: 'Food' }, name: 'Food' };
  expect(ask('POST', '/budgets', sent).attributes).toMatchObject({ name: 'Food', active: true });
});

it('keeps apart what a resource object and its attributes call alike, and in both what only the server sets', () => {
  const properties = {
    type: { type: 'string' },
    name: { type: 'string' },
    enrolled: { type: 'string', format: 'date', readOnly: true },
  };
  const patient = {
    type: 'object',
    required: ['type', 'id'],
    properties: { type: { type: 'string' }, id: { type: 'string' }, attributes: { type: 'object', properties } },
  };
  const whole = { type: 'object', required: ['data'], properties: { data: patient } };
  const ask = asking({
    ...document,
    paths: {
      '/patients': { post: { requestBody: body(whole), responses: { 201: json(whole) } } },
      '/patients/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: json(whole) } },
        patch: { requestBody: body(whole), responses: { 200: json(whole) } },
      },
    },
  });
  const made = ask('POST', '/patients', { data: { id: 'p1', type: 'patient' } });
  expect(made).toMatchObject({ id: 'p1', type: 'patient' });
  const attributes = { name: 'Ann', enrolled: '2001-02-03' };
  const changed = ask('PATCH', '/patients/p1', { data: { id: 'p1', type: 'patient', attributes } });
  expect(changed.attributes).toEqual({ ...made.attributes, name: 'Ann' });
  expect(ask('GET', '/patients/p1')).toEqual(changed);
});

it('says what kind of thing was made where an attribute is called alike, also where nobody has to say it', () => {
  const optional = JSON.parse(JSON.stringify(document).replaceAll('["type","id","attributes"]', '["id","attributes"]'));
  const ask = asking(optional);
  expect(ask('POST', '/budgets', { name: 'Bills', type: 'monthly', owner: 'Ann' })).toMatchObject({
    type: 'budgets',
    attributes: { name: 'Bills', type: 'monthly' },
  });
});

it('shows all rows as of the kind that an example names, under keys like the one of the example, and filters by attributes', () => {
  const plain = { type: 'string', format: 'string' };
  const account = {
    type: 'object',
    required: ['type', 'id', 'attributes'],
    properties: {
      type: { ...plain, example: 'accounts' },
      id: { ...plain, example: '2' },
      attributes: {
        type: 'object',
        required: ['type'],
        properties: { type: { type: 'string', enum: ['cash', 'card'] } },
      },
    },
  };
  const listed = json({ type: 'object', required: ['data'], properties: { data: { type: 'array', items: account } } });
  const type = { name: 'type', in: 'query', schema: { type: 'string', enum: ['all', 'cash', 'card'], default: 'all' } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const { read } = askingOf({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/accounts': { get: { parameters: [type], responses: { 200: listed } } },
      '/accounts/{id}': { parameters: [id], get: { responses: { 200: json(account) } } },
    },
  });
  const all: { type: string; id: string; attributes: { type: string } }[] = read('GET', '/accounts').data;
  expect(all).toHaveLength(25);
  for (const one of all) expect(one).toMatchObject({ type: 'accounts', id: expect.stringMatching(/^\d+$/) });
  const cash = all.filter((one) => one.attributes.type === 'cash');
  expect(cash.length).toBeGreaterThan(0);
  expect(read('GET', '/accounts?type=cash').data).toEqual(cash);
});

it('has the things that are sent in a list, with what they lack, in the attributes too', () => {
  const sent = { type: 'object', required: ['amount'], properties: { amount: { type: 'string' } } };
  const split = {
    type: 'object',
    required: ['amount', 'source'],
    properties: { ...sent.properties, source: { type: 'string' } },
  };
  const many = (items: JsonObject) => ({
    type: 'object',
    required: ['splits'],
    properties: { splits: { type: 'array', items } },
  });
  const payment = {
    type: 'object',
    required: ['type', 'id', 'attributes'],
    properties: { type: { type: 'string', enum: ['payments'] }, id: { type: 'string' }, attributes: many(split) },
  };
  const shown = json({ type: 'object', required: ['data'], properties: { data: payment } });
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const { read } = askingOf({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/payments': { post: { requestBody: body(many(sent)), responses: { 201: shown } } },
      '/payments/{id}': { parameters: [id], get: { responses: { 200: shown } } },
    },
  });
  const { data } = read('POST', '/payments', { splits: [{ amount: '1.50' }, { amount: '2.75' }] });
  expect(data.attributes.splits).toMatchObject([{ amount: '1.50' }, { amount: '2.75' }]);
  expect(read('GET', `/payments/${data.id}`).data).toEqual(data);
});

it('has what was sent in attributes of which the document says nothing', () => {
  const frame = {
    type: 'object',
    required: ['id', 'type', 'attributes'],
    properties: { id: { type: 'string' }, type: { type: 'string' }, attributes: { type: 'object' } },
  };
  const shown = { type: 'object', required: ['data'], properties: { data: frame } };
  const order = { type: 'object', properties: { channel: { type: 'string' }, email: { type: 'string' } } };
  const sent = { requestBody: body({ type: 'object', properties: { order } }) };
  const ask = asking({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/orders': {
        get: { responses: { 200: json({ type: 'object', properties: { data: { type: 'array', items: frame } } }) } },
        post: { ...sent, responses: { 201: json(shown) } },
      },
      '/orders/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: json(shown) } },
        patch: { ...sent, responses: { 200: json(shown) } },
      },
    },
  });
  const made = ask('POST', '/orders', { order: { channel: 'online', email: 'a@a.example' } });
  expect(made.attributes).toMatchObject({ channel: 'online', email: 'a@a.example' });
  expect(ask('PATCH', `/orders/${made.id}`, { order: { channel: 'shop' } }).attributes).toMatchObject({
    channel: 'shop',
    email: 'a@a.example',
  });
  expect(ask('GET', `/orders/${made.id}`).attributes.channel).toBe('shop');
});
