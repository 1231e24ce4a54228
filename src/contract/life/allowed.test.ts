import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 9 };
const stay = {
  type: 'object',
  required: ['id', 'guest', 'status'],
  properties: {
    id: text,
    guest: text,
    status: { type: 'string', enum: ['booked', 'checked_in', 'cancelled'] },
    room: { type: 'string', nullable: true },
  },
};
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const takes = (...names: string[]) => ({
  requestBody: {
    required: true,
    ...json({
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, text])),
    } as JsonObject),
  },
});
const refusals = { 400: json({}), 404: json({}), 409: json({}), 415: json({}) };
const parameters = [{ name: 'id', in: 'path', required: true, schema: text }];

/** @param said when a stay can be cancelled, and when it can be changed where it can be at all */
const operationsOf = (said: string, change?: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: {
        '/stays': { post: { ...takes('guest'), responses: { 201: json(stay), ...refusals } } },
        '/stays/{id}': {
          parameters,
          get: { responses: { 200: json(stay), ...refusals } },
          ...(change !== undefined && {
            patch: { ...takes('guest'), description: change, responses: { 200: json(stay), ...refusals } },
          }),
        },
        '/stays/{id}/check-in': { parameters, post: { ...takes('room'), responses: { 200: json(stay), ...refusals } } },
        '/stays/{id}/cancel': { parameters, post: { description: said, responses: { 200: json(stay), ...refusals } } },
      },
    } as JsonObject),
  );

/** A server of stays, right but for one defect. */
function serverOf(defect: string) {
  const rows = new Map<string, Record<string, Json>>();
  const isOpen = (row: JsonObject) => row.status === 'booked' || defect === 'cancelled-twice';
  const isChanged = (row: JsonObject) => row.status !== 'cancelled' || defect === 'changed';
  return async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const sent = bytes === null ? {} : (JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Json>);
    const [, , id, action] = target.split('/');
    if (id === undefined) {
      const row = { id: `s${rows.size + 1}`, guest: sent.guest ?? '', status: 'booked', room: null };
      rows.set(row.id, row);
      return answer(201, row);
    }
    const row = rows.get(id);
    if (row === undefined) return answer(404, {});
    if (method === 'GET') return answer(200, row);
    if (method === 'PATCH') return isChanged(row) ? answer(200, Object.assign(row, sent)) : answer(409, {});
    if (action === 'check-in') {
      if (row.status !== 'booked') return answer(409, {});
      Object.assign(row, { status: 'checked_in', room: defect === 'room-lost' ? null : (sent.room ?? null) });
      return answer(200, row);
    }
    if (!isOpen(row)) return answer(409, {});
    row.status = 'cancelled';
    return answer(200, row);
  };
}

it.each([
  ['right', 'Only a booked stay can be cancelled.', []],
  ['cancelled-twice', 'Only a booked stay can be cancelled.', ['change-kept']],
  ['cancelled-twice', 'A stay can only be cancelled while it is booked.', ['change-kept']],
  ['cancelled-twice', 'What is cancelled already, or checked in, cannot be cancelled.', ['change-kept']],
  ['cancelled-twice', 'A stay cannot be cancelled once it is checked-in.', []],
  // To cancel what is cancelled may as well do nothing.
  ['cancelled-twice', 'Cancels a booked stay.', []],
  ['room-lost', 'Cancels a stay.', ['change-kept']],
])('what is done again in a state that does not allow it: %s, %s', async (defect, said, checks) => {
  const broken = await violatedBy(serverOf(defect), { operations: operationsOf(said), allowWrites: true });
  expect([...new Set(broken)]).toEqual(checks);
});

it.each([
  ['right', 'A cancelled stay cannot be changed.', []],
  ['changed', 'A cancelled stay cannot be changed.', ['change-kept']],
  ['changed', 'Only a booked or checked-in stay can be changed.', ['change-kept']],
  ['changed', 'A cancelled stay cannot be paid.', []],
  ['changed', 'The room of a cancelled stay cannot be changed.', []],
  ['changed', 'Changes a stay.', []],
])('what is changed in a state that does not allow it: %s, %s', async (defect, said, checks) => {
  const operations = operationsOf('Cancels a stay.', said);
  const broken = await violatedBy(serverOf(defect), { operations, allowWrites: true });
  expect([...new Set(broken)]).toEqual(checks);
});
