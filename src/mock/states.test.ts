import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const date = { type: ['string', 'null'], format: 'date-time' };
const Ticket = object({
  id: { type: 'integer' },
  title: text,
  state: { enum: ['open', 'closed'] },
  closed_at: date,
  locked: { type: 'boolean' },
  archived_at: date,
  updated_at: { type: 'string', format: 'date-time' },
});
const ref = { $ref: '#/components/schemas/Ticket' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const done = { responses: { 204: { description: 'Done' } } };

const tickets = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Tickets', version: '1' },
    components: { schemas: { Ticket } },
    paths: {
      '/tickets': {
        get: { responses: { 200: answer({ type: 'array', items: ref }) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref) } },
      },
      '/tickets/{id}': {
        parameters: [id],
        get: { responses: { 200: answer(ref) } },
        patch: { requestBody: json(object({ state: { enum: ['open', 'closed'] } })), responses: { 200: answer(ref) } },
      },
      '/tickets/{id}/close': { parameters: [id], post: done },
      '/tickets/{id}/reopen': { parameters: [id], post: done },
      '/tickets/{id}/archive': { parameters: [id], post: done },
      '/tickets/{id}/lock': { parameters: [id], put: done, delete: done },
    },
  });

test('a date that belongs to a state is there only in it', () => {
  const rows = tickets().read('GET', '/tickets') as { state: string; closed_at: string | null }[];
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['open', 'closed']));
  for (const row of rows) expect(row.closed_at === null).toBe(row.state === 'open');
});

test('it is set and taken away with the state, by a change and by an action', () => {
  const mock = tickets();
  const made = mock.read('POST', '/tickets', { title: 'Door' });
  const path = `/tickets/${made.id}`;
  expect(made).toMatchObject({ state: 'open', closed_at: null, archived_at: null, locked: false });
  expect(mock.read('PATCH', path, { state: 'closed' }).closed_at).toMatch(/^20\d\d-/);
  expect(mock.read('PATCH', path, { state: 'open' }).closed_at).toBeNull();
  expect(mock.ask('POST', `${path}/close`).status).toBe(204);
  const closed = mock.read('GET', path);
  expect(closed).toMatchObject({ state: 'closed', closed_at: closed.updated_at });
  mock.ask('POST', `${path}/reopen`);
  expect(mock.read('GET', path)).toMatchObject({ state: 'open', closed_at: null });
});

test('an action without an answer is remembered where the row says that it was done', () => {
  const mock = tickets();
  const { id: key } = mock.read('POST', '/tickets', { title: 'Door' });
  mock.ask('POST', `/tickets/${key}/archive`);
  mock.ask('PUT', `/tickets/${key}/lock`);
  const row = mock.read('GET', `/tickets/${key}`);
  expect(row).toMatchObject({ locked: true });
  expect(row.archived_at).toMatch(/^20\d\d-/);
  mock.ask('DELETE', `/tickets/${key}/lock`);
  expect(mock.read('GET', `/tickets/${key}`)).toMatchObject({ locked: false, title: 'Door' });
});

test('what takes an action back by its method leaves the state that it is called by', () => {
  const Lesson = object({ id: { type: 'integer' }, title: text, state: { enum: ['inactive', 'active', 'archived'] } });
  const one = { 200: answer({ $ref: '#/components/schemas/Lesson' }) };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Lessons', version: '1' },
    components: { schemas: { Lesson } },
    paths: {
      '/lessons/{id}': { parameters: [id], get: { responses: one } },
      '/lessons/{id}/archive': { parameters: [id], post: { responses: one }, delete: { responses: one } },
    },
  });
  expect(read('POST', '/lessons/3/archive')).toMatchObject({ state: 'archived' });
  expect(read('DELETE', '/lessons/3/archive')).toMatchObject({ state: 'active' });
  expect(read('GET', '/lessons/3')).toMatchObject({ state: 'active' });
});

test('what takes an action back leaves its date out where that may not be null', () => {
  const Person = object({ id: { type: 'integer' }, name: text, hired_on: { ...text, format: 'date' } }, ['id']);
  const one = { 200: answer({ $ref: '#/components/schemas/Person' }) };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    components: { schemas: { Person } },
    paths: {
      '/people': {
        get: { responses: { 200: answer({ type: 'array', items: one[200].content['application/json'].schema }) } },
      },
      '/people/{id}': { parameters: [id], get: { responses: one } },
      '/people/{id}/hire': { parameters: [id], post: { responses: one } },
      '/people/{id}/unhire': { parameters: [id], post: { responses: one } },
    },
  });
  expect(read('POST', '/people/3/hire').hired_on).toMatch(/^20\d\d-/);
  expect(read('POST', '/people/3/unhire')).not.toHaveProperty('hired_on');
  expect(read('GET', '/people/3')).not.toHaveProperty('hired_on');
  expect(read('POST', '/people/3/hire').hired_on).toMatch(/^20\d\d-/);
});

test('a verb that only begins as if it took something back takes nothing back', () => {
  const Order = object({ id: { type: 'integer' }, dispatched: { type: 'boolean' }, dispatched_at: date });
  const one = { 200: answer({ $ref: '#/components/schemas/Order' }) };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    components: { schemas: { Order } },
    paths: {
      '/orders/{id}': { parameters: [id], get: { responses: one } },
      '/orders/{id}/dispatch': { parameters: [id], post: { responses: one } },
    },
  });
  expect(read('POST', '/orders/3/dispatch')).toMatchObject({
    dispatched: true,
    dispatched_at: expect.stringMatching(/^20\d\d-/),
  });
});

test('an action says the state of what said none', () => {
  const Request = object(
    { id: { type: 'integer', readOnly: true }, title: text, state: { enum: ['OPEN', 'DECLINED'] } },
    ['id'],
  );
  const { ask, read } = asking({
    openapi: '3.1.0',
    info: { title: 'Requests', version: '1' },
    components: { schemas: { Request } },
    paths: {
      '/requests': {
        get: { responses: { 200: answer({ type: 'array', items: { $ref: '#/components/schemas/Request' } }) } },
        post: {
          requestBody: json({ $ref: '#/components/schemas/Request' }),
          responses: { 201: answer({ $ref: '#/components/schemas/Request' }) },
        },
      },
      '/requests/{id}': {
        parameters: [id],
        get: { responses: { 200: answer({ $ref: '#/components/schemas/Request' }) } },
      },
      '/requests/{id}/decline': { parameters: [id], post: done },
    },
  });
  const made = read('POST', '/requests', { title: 'One' }) as { readonly id: number };
  ask('POST', `/requests/${made.id}/decline`);
  expect(read('GET', `/requests/${made.id}`)).toMatchObject({ title: 'One', state: 'DECLINED' });
});

test('whatever is said by yes or no, its date belongs to that, and comes after what was asked', () => {
  const Alarm = object({
    id: { type: 'integer' },
    raisedAt: { type: 'string', format: 'date-time' },
    acknowledged: { type: 'boolean' },
    acknowledgedAt: date,
    email_verified: { type: 'boolean' },
    email_verified_at: date,
  });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Alarms', version: '1' },
    paths: {
      '/alarms': {
        get: { responses: { 200: answer({ type: 'array', items: Alarm }) } },
        post: { requestBody: json(object({})), responses: { 201: answer(Alarm) } },
      },
      // What names one of them alone has no operation.
      '/alarms/{alarmId}/acknowledge': {
        parameters: [{ ...id, name: 'alarmId' }],
        post: { responses: { 200: answer(Alarm) } },
      },
    },
  });
  type Row = { [name in keyof (typeof Alarm)['properties']]: string | boolean | null };
  const rows = read('GET', '/alarms') as Row[];
  expect(new Set(rows.map(({ acknowledged }) => acknowledged))).toEqual(new Set([true, false]));
  for (const row of rows) {
    expect(row.acknowledgedAt !== null).toBe(row.acknowledged);
    expect(row.email_verified_at !== null).toBe(row.email_verified);
    if (row.acknowledgedAt !== null) expect(String(row.acknowledgedAt) >= String(row.raisedAt)).toBe(true);
  }
  const made = read('POST', '/alarms', {}) as Row;
  expect(made).toMatchObject({ acknowledgedAt: null });
  expect(made.raisedAt).toBe('2025-01-15T09:30:00Z');
  const acknowledged = read('POST', `/alarms/${made.id}/acknowledge`) as Row;
  expect(acknowledged).toMatchObject({ id: made.id, acknowledged: true, acknowledgedAt: expect.any(String) });
  expect(read('GET', '/alarms')).toContainEqual(acknowledged);
});

test('leaves what somebody wrote of a state as it is, as long as the state is', () => {
  const status = { type: 'string', enum: ['draft', 'active', 'archived'] };
  const members = { status, is_active: { type: 'boolean' }, note: text };
  const thing = {
    type: 'object',
    required: ['id', 'status'],
    properties: { id: { ...text, readOnly: true }, ...members },
  };
  const change = json({ type: 'object', properties: members });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': { post: { requestBody: change, responses: { 201: answer(thing) } } },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(thing) } },
        patch: { requestBody: change, responses: { 200: answer(thing) } },
      },
    },
  } as unknown as JsonObject);
  const { id } = read('POST', '/things', { status: 'draft', is_active: true, note: 'a' });
  expect(read('PATCH', `/things/${id}`, { note: 'b' })).toMatchObject({ status: 'draft', is_active: true });
  expect(read('PATCH', `/things/${id}`, { status: 'archived' })).toMatchObject({ is_active: false });
  expect(read('PATCH', `/things/${id}`, { status: 'active' })).toMatchObject({ is_active: true });
});
