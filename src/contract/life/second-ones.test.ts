import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 40 };
const trimmed = { ...text, pattern: '^\\S(.*\\S)?$' };
const readOnly = (schema: JsonObject): JsonObject => ({ ...schema, readOnly: true });
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const kinds = { type: 'string', enum: ['note', 'sheet', 'slide'] };
const tiers = { type: 'string', enum: ['low', 'mid', 'high'] };
const room = object({
  id: text,
  name: text,
  isQuiet: { type: 'boolean' },
  tier: readOnly(tiers),
  openedAt: readOnly({ type: 'string', format: 'date-time' }),
  close_reason: readOnly({ type: ['string', 'null'] }),
  isDone: readOnly({ type: 'boolean' }),
});
const paper = object({ id: text, room: text, title: text, kind: kinds });
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const taking = (schema: JsonObject) => ({ requestBody: { required: true, content: json(schema).content } });
const answers = (status: number, schema: JsonObject) => ({
  responses: { [status]: json(schema), 404: json({}) },
});
const at = (name: string) => ({ name, in: 'path', required: true, schema: text });
const asked = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const whole = { type: 'integer', minimum: 1 };
const paged = [asked('page', { ...whole, default: 1 }), asked('size', { ...whole, default: 4, maximum: 50 })];
const several = { ...asked('kind', { type: 'array', items: kinds }), style: 'form', explode: false };

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/rooms': {
        get: { parameters: [asked('tier', tiers)], ...answers(200, { type: 'array', items: room }) },
        post: { ...taking(object({ name: trimmed, isQuiet: { type: 'boolean' } }, 'name')), ...answers(201, room) },
      },
      '/rooms/{room}': {
        parameters: [at('room')],
        get: answers(200, room),
        patch: { ...taking(object({ name: trimmed, isQuiet: { type: 'boolean' } })), ...answers(200, room) },
        put: { ...taking(object({ name: text }, 'name')), ...answers(200, room) },
      },
      '/rooms/{room}/close': {
        parameters: [at('room')],
        post: { requestBody: { content: json(object({ reason: text })).content }, ...answers(200, room) },
      },
      '/rooms/{room}/papers': {
        parameters: [at('room')],
        get: { parameters: [...paged, several], ...answers(200, { type: 'array', items: paper }) },
        post: { ...taking(object({ title: text, kind: kinds }, 'title', 'kind')), ...answers(201, paper) },
      },
      '/rooms/{room}/papers/{paper}': { parameters: [at('room'), at('paper')], get: answers(200, paper) },
    },
  }),
);

/** What is right but for one defect. */
function server(defect: string) {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const now = () => {
    time += 5_000;
    return new Date(time).toISOString();
  };
  const rooms = new Map<string, JsonObject>();
  const papers: JsonObject[] = [];
  const replaced = new Set<Json | undefined>();
  const open = (row: JsonObject, tier = 'low') => {
    const made = {
      isQuiet: false,
      ...row,
      id: `r${rooms.size}`,
      tier,
      openedAt: now(),
      close_reason: null,
      isDone: false,
    };
    rooms.set(made.id, made);
    return made;
  };
  const write = (row: JsonObject, owner: string) => {
    const made = { ...row, id: `p${papers.length}`, room: owner };
    papers.push(made);
    return made;
  };
  for (const tier of ['low', 'low', 'low', 'low', 'mid', 'mid', 'mid', 'high']) open({ name: tier }, tier);
  for (const kind of ['note', 'sheet', 'slide', 'note', 'sheet', 'slide']) write({ title: kind, kind }, 'r0');

  function listed(query: URLSearchParams, owner: string): Json {
    const asked = query.get('kind')?.split(',');
    const isOfAll = defect === 'of all' || defect === 'of all, by the path';
    const own = papers
      .filter((each) => isOfAll || each.room === owner)
      .map((each) => (defect === 'of all, by the path' ? { ...each, room: owner } : each))
      .filter(({ kind }) => !asked || (defect === 'first kind' ? kind === asked[0] : asked.includes(String(kind))));
    const size = Number(query.get('size') ?? 4);
    const from = (Number(query.get('page') ?? 1) - 1) * size;
    return own.slice(from, from + size);
  }

  function toRoom(method: string, owner: JsonObject, row: JsonObject): JsonObject {
    if (method === 'PUT') replaced.add(owner.id);
    if (method === 'PUT' && defect === 'opens anew') owner.openedAt = now();
    const [first] = rooms.values();
    if (method === 'PATCH' && defect === 'first too' && first && row.name !== undefined) first.name = row.name;
    if (method === 'PATCH' && defect === 'resets') owner.isQuiet = false;
    return Object.assign(owner, row);
  }

  function closed(owner: JsonObject, { reason = null }: JsonObject): JsonObject {
    owner.isDone = true;
    if (defect === 'reason') return { ...owner, close_reason: reason };
    return Object.assign(owner, { close_reason: reason });
  }

  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    const [, , id, below, key] = pathname.split('/');
    const row = body === null || body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(body)) as JsonObject);
    if (id === undefined && method === 'POST') return answer(201, open(row));
    const tier = searchParams.get('tier');
    const isHidden = ({ id }: JsonObject) =>
      defect === 'lists what was replaced' && Number(String(id).slice(1)) > 7 && !replaced.has(id);
    const isShown = (each: Json | undefined) =>
      tier === null || each === tier || (defect === 'low too' && each === 'low');
    if (id === undefined)
      return answer(
        200,
        [...rooms.values()].filter((each) => isShown(each.tier) && !isHidden(each)),
      );
    const owner = rooms.get(id);
    if (owner === undefined) return answer(404, {});
    if (below === undefined) return answer(200, toRoom(method, owner, row));
    if (below === 'close') return answer(200, closed(owner, row));
    if (method === 'POST') return answer(201, write(row, id));
    if (key === undefined) return answer(200, listed(searchParams, id));
    const found = papers.find((each) => each.id === key && each.room === id);
    return found === undefined ? answer(404, {}) : answer(200, found);
  };
}

it.each([
  ['nothing', null],
  ['of all', 'under-parent-only'],
  ['of all, by the path', 'under-parent-only'],
  ['lists what was replaced', 'listed'],
  ['resets', 'others-kept'],
  ['first too', 'others-kept'],
  ['opens anew', 'others-kept'],
  ['low too', 'filter-holds'],
  ['first kind', 'filter-holds'],
  ['reason', 'change-kept'],
])('what a second value, change, or parent shows: %s', async (defect, check) => {
  const broken = await violatedBy(server(defect), { operations, aspects: ['accepted', 'life'], allowWrites: true });
  expect(new Set(broken)).toEqual(new Set(check === null ? [] : [check]));
});
