import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const kind = { type: 'string', enum: ['plain', 'rich', 'code'] };
const members = { title: text, kind, note: { type: 'string' }, labels: { type: 'array', items: text, maxItems: 3 } };
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const moment = { type: 'string', format: 'date-time' };
const body = (required: readonly string[], more: JsonObject = {}) => ({
  requestBody: {
    required: true,
    ...json({
      type: 'object',
      required: [...required],
      properties: { ...more, ...members },
      additionalProperties: false,
    }),
  },
});
const noteOf = (isWhole: boolean, isNumbered = false) => ({
  type: 'object',
  required: ['id', 'title', ...(isWhole ? ['note', 'labels'] : [])],
  properties: {
    id: isNumbered ? { type: 'integer' } : { type: 'string', format: 'uuid' },
    ...members,
    ...(isWhole && { note: { type: ['string', 'null'] } }),
    createdAt: moment,
  },
});

/**
 * Things are made by PUT alone, under keys of the client.
 * @param needed what PUT has to have @param isWhole whether answers have all members
 * @param isNumbered whether a key is text in paths and a number in answers
 * @param more what a body may have besides
 */
function documentOf(needed: readonly string[], isWhole: boolean, isNumbered = false, more: JsonObject = {}) {
  const note = noteOf(isWhole, isNumbered);
  const answers = (...statuses: number[]) => ({
    responses: Object.fromEntries(statuses.map((status) => [status, json(status < 400 ? note : {})])),
  });
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/notes': { get: { responses: { 200: json({ type: 'array', items: note }) } } },
        '/notes/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: isNumbered ? text : note.properties.id }],
          get: answers(200, 404),
          put: { ...body(needed, more), ...answers(200, 201, 400) },
          ...(!needed.includes('kind') && { patch: { ...body([]), ...answers(200, 400, 404) } }),
          delete: { responses: { 204: { description: 'x' }, 404: json({}) } },
        },
      },
    }),
  );
}

/** A server of notes, right but for one defect. */
function serverOf(defect: string, isWhole: boolean) {
  const rows = new Map<string, JsonObject>();
  let milliseconds = 0;
  return async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const [, , id] = target.split('/');
    const sent = bytes === null ? {} : (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
    if (id === undefined) return answer(200, [...rows.values()]);
    const old = rows.get(id);
    if (old === undefined && method !== 'PUT') return answer(404, {});
    if (method === 'GET') return answer(200, old ?? {});
    if (method === 'DELETE') return answer(204, rows.delete(id) && '');
    milliseconds += 5;
    const time = new Date(1_700_000_000_000 + milliseconds).toISOString();
    const createdAt = defect === 'made-anew' ? time : (sent.createdAt ?? old?.createdAt ?? time);
    const isMerge = method === 'PATCH' ? defect !== 'patch-wipes' : defect === 'put-merges';
    const row = {
      ...(isWhole && { note: null, labels: [] }),
      title: old?.title ?? 'none',
      ...(isMerge && old),
      ...sent,
      ...(defect === 'kind-stays' &&
        old !== undefined &&
        method === 'PUT' &&
        old.kind !== undefined && { kind: old.kind }),
      id,
      createdAt,
    };
    rows.set(id, row);
    return answer(method === 'PUT' ? statusOfPut(defect, old === undefined) : 200, row);
  };
}

function statusOfPut(defect: string, isNew: boolean): number {
  return defect === 'always-201' || (isNew && defect !== 'never-201') ? 201 : 200;
}

function answer(status: number, value: Json): Received {
  const bytes = new TextEncoder().encode(status === 204 ? '' : JSON.stringify(value));
  const headers: [string, string][] = status === 204 ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

it.each<[string, readonly string[], readonly string[], boolean?]>([
  ['right', ['title'], []],
  ['patch-wipes', ['title'], ['others-kept']],
  ['put-merges', ['title'], ['replaced']],
  ['made-anew', ['title'], ['others-kept']],
  ['right', ['title', 'kind'], []],
  ['kind-stays', ['title', 'kind'], ['change-kept']],
  ['right', ['title'], [], true],
  ['put-merges', ['title'], ['replaced'], true],
  ['never-201', ['title'], ['replaced']],
  ['always-201', ['title'], ['replaced']],
  // Where PUT needs no more than PATCH does, as in Rails, it is for changing.
  ['put-merges', [], []],
])(
  'what clients put under their own keys is followed with all its members: %s, %j',
  async (defect, needed, checks, isWhole = false) => {
    const operations = documentOf(needed, isWhole);
    const send = serverOf(defect, isWhole);
    const broken = await violatedBy(send, { operations, allowWrites: true });
    expect([...new Set(broken)]).toEqual(checks);
  },
);

it('a key that the client chooses is one that the answers can show', async () => {
  const operations = documentOf(['title'], false, true);
  const rows = new Map<string, JsonObject>();
  const chosen: string[] = [];
  const send = async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const [, , id] = target.split('/');
    if (id === undefined) return answer(200, [...rows.values()]);
    if (method === 'PUT') chosen.push(id);
    // Text that is no number names nothing that it could ever show.
    if (!/^[0-9]{1,9}$/.test(id)) return answer(404, {});
    const old = rows.get(id);
    if (method !== 'PUT') return old === undefined ? answer(404, {}) : answer(200, old);
    const sent = JSON.parse(new TextDecoder().decode(bytes ?? undefined)) as JsonObject;
    const row = { ...sent, id: Number(id), createdAt: old?.createdAt ?? '2024-01-01T00:00:00Z' };
    rows.set(id, row);
    return answer(old === undefined ? 201 : 200, row);
  };
  await violatedBy(send, { operations, allowWrites: true });
  expect(chosen.filter((key) => !/^[0-9]{1,9}$/.test(key))).toEqual([]);
  expect(chosen).not.toEqual([]);
});

it('what says when it was made stays, though it might be sent and was not', async () => {
  const operations = documentOf(['title'], false, false, { createdAt: moment });
  expect(await violatedBy(serverOf('right', false), { operations, allowWrites: true })).toEqual([]);
});
