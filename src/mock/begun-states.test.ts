import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref } from './library/document.js';

const states = (...listed: string[]) => ({ type: 'string', enum: listed, readOnly: true });
const moment = { type: ['string', 'null'], format: 'date-time', readOnly: true };

/** What is said of making a transfer and of taking it back, and the states that there are. */
const transfers = (said: string, conflict: string, status: JsonObject) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Transfers', version: '1' },
    components: { schemas: { Transfer: object({ id: count, amount: count, status, completed_at: moment }) } },
    paths: {
      '/transfers': {
        get: { responses: { 200: answer(list(ref('Transfer'))) } },
        post: {
          description: said,
          requestBody: json(object({ amount: count })),
          responses: { 201: answer(ref('Transfer')) },
        },
      },
      '/transfers/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Transfer')) } } },
      '/transfers/{id}/reverse': {
        parameters: [inPath('id', count)],
        post: { responses: { 200: answer(ref('Transfer')), 409: { description: conflict } } },
      },
    },
  });

test('what is new is in the state that is needed and that nothing else leads to', () => {
  const status = states('pending', 'completed', 'reversed');
  const mock = transfers('', 'Only completed transfers can be reversed', status);
  const made = mock.read('POST', '/transfers', { amount: 5 });
  expect(made).toMatchObject({ status: 'completed', completed_at: expect.any(String) });
  expect(mock.read('POST', `/transfers/${made.id}/reverse`)).toMatchObject({ status: 'reversed' });
  expect(mock.ask('POST', `/transfers/${made.id}/reverse`).status).toBe(409);
});

test('what another action may lead to is where nothing new begins', () => {
  const Poll = object({ id: count, title: { type: 'string' }, status: states('draft', 'open', 'closed') });
  const act = (conflict: string) => ({
    parameters: [inPath('id', count)],
    post: { responses: { 200: answer(Poll), 409: { description: conflict } } },
  });
  const polls = (action: string) =>
    asking({
      openapi: '3.1.0',
      info: { title: 'Polls', version: '1' },
      paths: {
        '/polls': {
          get: { responses: { 200: answer(list(Poll)) } },
          post: { requestBody: json(object({ title: { type: 'string' } })), responses: { 201: answer(Poll) } },
        },
        '/polls/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(Poll) } } },
        [`/polls/{id}/${action}`]: act('Not possible'),
        '/polls/{id}/close': act('The poll is not open'),
      },
    });
  for (const action of ['open', 'submit'])
    expect(polls(action).read('POST', '/polls', { title: 'Lunch' })).toMatchObject({ status: 'draft' });
});

test.each([
  ['A new transfer is on_hold.', 'Not possible', 'on_hold'],
  ['', 'Not possible', 'pending'],
  // What is new can be reversed as it is.
  ['', 'Only pending transfers can be reversed', 'pending'],
])('and else in the one that is said, or usual: %s', (said, conflict, expected) => {
  const status = states('completed', 'on_hold', 'pending', 'reversed');
  expect(transfers(said, conflict, status).read('POST', '/transfers', { amount: 5 })).toMatchObject({
    status: expected,
  });
});
