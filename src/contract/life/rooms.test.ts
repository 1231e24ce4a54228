import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const title = { type: 'string', minLength: 1, maxLength: 120 };
const code = { type: 'string', minLength: 1, maxLength: 40, description: 'Must be unique.' };
const price = { type: 'number', minimum: 0, maximum: 1000, multipleOf: 0.01 };
const defaults = { labels: [] as string[], note: '', seats: 4, currency: 'EUR', is_quiet: true, has_screen: true };
const own: JsonObject = {
  title,
  code,
  price,
  seats: { type: 'integer', minimum: 0, maximum: 90, default: defaults.seats },
  currency: { type: 'string', enum: ['EUR', 'CHF', 'USD'], default: defaults.currency },
  is_quiet: { type: 'boolean', default: defaults.is_quiet },
  has_screen: { type: 'boolean', default: defaults.has_screen },
  labels: {
    type: 'array',
    items: { type: 'string', enum: ['bright', 'large', 'new'] },
    uniqueItems: true,
    default: [],
  },
  note: { type: 'string', maxLength: 400, default: defaults.note },
  remark: { type: 'string', maxLength: 60, example: 'Sunny side' },
};
const states = ['free', 'booked', 'closed'];
const room = {
  type: 'object',
  required: ['id', 'title', 'code', 'price', 'seats', 'currency', 'is_quiet', 'state'],
  properties: { id: { type: 'integer' }, ...own, state: { type: 'string', enum: states, readOnly: true } },
};
const required = ['title', 'code', 'price'];
const as = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const takes = (properties: JsonObject, ...needed: string[]) => ({
  requestBody: { required: true, ...as({ type: 'object', required: needed, properties }) },
});
// What only a replacement may say is as it was made until then.
const { has_screen: _screen, ...changeable } = own;
const answers = (status: number, schema: JsonObject, conflict = 'Not now') => ({
  responses: {
    [status]: { description: 'x', ...as(schema) },
    ...Object.fromEntries([400, 404].map((each) => [each, { description: 'x', ...as({}) }])),
    409: { description: conflict, ...as({}) },
  },
});
const parameters = [
  { name: 'code', in: 'query', schema: { type: 'string' } },
  { name: 'q', in: 'query', schema: { type: 'string' }, description: 'Searches the title and the remark.' },
];
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/rooms': {
        get: { parameters, ...answers(200, { type: 'array', items: room }) },
        post: { ...takes(own, ...required), ...answers(201, room) },
      },
      '/rooms/{id}': {
        parameters: [id],
        get: answers(200, room),
        put: {
          description: 'Replaces the room; what is left out gets its default.',
          ...takes(own, ...required),
          ...answers(200, room),
        },
        patch: { ...takes(changeable), ...answers(200, room) },
        delete: { responses: { 204: { description: 'x' }, 404: { description: 'x' } } },
      },
      '/rooms/{id}/close': {
        parameters: [id],
        post: answers(200, room, 'Only a booked room can be closed'),
      },
      '/rooms/{id}/book': { parameters: [id], post: answers(200, room, 'Only a free room can be booked') },
    },
  } as JsonObject),
);

/** What is right but for one defect. */
function server(defect: string) {
  const rooms = new Map<number, JsonObject>();
  let next = 1;
  const kept = (sent: JsonObject): JsonObject => ({
    ...sent,
    ...(defect === 'a note is cut' && { note: String(sent.note).slice(0, 255) }),
    ...(defect === 'a title is cut' && { title: String(sent.title).slice(0, 50) }),
    ...(defect === 'a price is rounded' && { price: Math.round(Number(sent.price)) }),
  });
  const isTaken = (sent: JsonObject, but = 0) =>
    defect !== 'a code is taken twice' && [...rooms].some(([key, row]) => key !== but && row.code === sent.code);
  const made = (sent: JsonObject): JsonObject => {
    const row = kept({ ...defaults, ...sent, id: next++, state: 'free' });
    rooms.set(Number(row.id), row);
    return row;
  };
  const gone: JsonObject[] = [];
  for (const each of [1, 2]) made({ title: `Room ${each}`, code: `r${each}`, price: each, remark: 'Sunny' });
  const listed = (query: URLSearchParams): JsonObject[] => {
    const [asked, word] = [query.get('code'), query.get('q')?.toLowerCase()];
    const isIndexed = defect === 'what was deleted is found by its code' && asked !== null;
    const texts = ({ title: name, remark }: JsonObject) =>
      `${name} ${defect === 'the search looks at titles alone' ? '' : (remark ?? '')}`;
    return [...rooms.values(), ...(isIndexed ? gone : [])].filter(
      (row) =>
        (asked === null || row.code === asked) && (word === undefined || texts(row).toLowerCase().includes(word)),
    );
  };
  const act = (row: JsonObject, verb: string) => {
    const from = verb === 'book' ? 'free' : 'booked';
    if (row.state !== from && defect !== 'a free room is closed') return answer(409, {});
    return answer(200, Object.assign(row, { state: verb === 'book' ? 'booked' : 'closed' }));
  };
  const replace = (row: JsonObject, sent: JsonObject) => {
    const { has_screen = true } = row;
    const { labels = [] } = row;
    const listed = defect === 'PUT leaves a list' ? { ...defaults, labels } : defaults;
    const all = defect === 'PUT leaves what is so or not' ? { ...listed, has_screen } : listed;
    const usual = defect === 'PUT leaves what has a default' ? {} : all;
    const { remark: _remark, ...rest } = row;
    const now = kept({ ...rest, ...usual, ...sent });
    rooms.set(Number(row.id), now);
    return now;
  };
  const change = (row: JsonObject, sent: JsonObject) => {
    const heard = Object.entries(sent).filter(([, value]) => defect !== 'false is not heard' || value !== false);
    const after = rooms.get(Number(row.id) + 1);
    if (after && defect === 'the next one is changed too') Object.assign(after, sent, { code: after.code });
    return Object.assign(row, kept({ ...row, ...Object.fromEntries(heard) }));
  };
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    const [, , key, verb] = pathname.split('/');
    const sent = body === null ? {} : JSON.parse(new TextDecoder().decode(body));
    if (key === undefined && method === 'GET') return answer(200, listed(searchParams));
    if (key === undefined) return isTaken(sent) ? answer(400, { code: 'is taken' }) : answer(201, made(sent));
    const row = rooms.get(Number(key));
    if (row === undefined) return answer(404, {});
    return verb === undefined ? ofOne(method, row, sent) : act(row, verb);
  };

  function ofOne(method: string, row: JsonObject, sent: JsonObject): Received {
    if (method === 'DELETE') {
      gone.push(row);
      return answer(rooms.delete(Number(row.id)) ? 204 : 404);
    }
    if (isTaken(sent, Number(row.id))) return answer(400, { code: 'is taken' });
    return answer(200, method === 'PUT' ? replace(row, sent) : method === 'PATCH' ? change(row, sent) : row);
  }
}

it.each([
  ['nothing', []],
  ['a title is cut', ['values-kept', 'change-kept']],
  ['a price is rounded', ['values-kept', 'change-kept']],
  ['a code is taken twice', ['keys-differ']],
  ['a free room is closed', ['change-kept']],
  ['PUT leaves what has a default', ['replaced']],
  ['PUT leaves what is so or not', ['replaced']],
  ['PUT leaves a list', ['replaced']],
  ['a note is cut', ['values-kept', 'change-kept']],
  ['false is not heard', ['change-kept']],
  ['the next one is changed too', ['others-kept']],
  ['what was deleted is found by its code', ['listed']],
  ['the search looks at titles alone', ['filter-holds']],
])('what the document says of rooms is held against what they are: %s', async (defect, broken) => {
  expect([...new Set(await violatedBy(server(defect), { operations, allowWrites: true }))]).toEqual(broken);
});
