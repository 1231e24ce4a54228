import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const number = { type: 'integer' };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const body = (schema: JsonObject) => ({ requestBody: { required: true, content: { 'application/json': { schema } } } });
const refusals = { 404: json({}), 409: json({}), 422: json({}) };
const answers = (status: number, schema: JsonObject) => ({ responses: { [status]: json(schema), ...refusals } });
const nothing = { responses: { 204: { description: 'x' }, ...refusals } };
const list = (of: JsonObject) => ({ type: 'array', items: of });
const path = (name: string) => ({ name, in: 'path', required: true, schema: number });

const sent = { title: text, note: text };
const ticket = object(
  {
    id: { ...number, readOnly: true },
    ...sent,
    status: { type: 'string', enum: ['open', 'closed'], readOnly: true },
    pinned: { type: 'boolean', readOnly: true },
    commentCount: { ...number, readOnly: true },
  },
  'id',
  'title',
  'status',
);
const comment = object({ id: { ...number, readOnly: true }, text }, 'id', 'text');

/** Tickets are closed, opened again, pinned, made and removed by the dozen, and no answer to that shows one. */
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/tickets': {
        get: answers(200, object({ items: list(ticket), total: number }, 'items', 'total')),
        post: { ...body(object(sent, 'title')), ...answers(201, ticket) },
      },
      '/tickets/count': { get: answers(200, object({ count: number }, 'count')) },
      '/tickets/bulk': {
        post: { ...body(list(object(sent, 'title'))), ...answers(201, object({ tickets: list(ticket) }, 'tickets')) },
      },
      '/tickets/bulk-delete': { post: { ...body(object({ ids: list(number) }, 'ids')), ...nothing } },
      '/tickets/{id}': {
        parameters: [path('id')],
        get: answers(200, ticket),
        delete: nothing,
      },
      '/tickets/{id}/close': { post: { parameters: [path('id')], ...nothing } },
      '/tickets/{id}/reopen': {
        post: { parameters: [path('id')], ...answers(200, object({ ok: { type: 'boolean' } }, 'ok')) },
      },
      '/tickets/{id}/pin': { put: { parameters: [path('id')], ...nothing } },
      '/tickets/{id}/comments': {
        parameters: [path('id')],
        get: answers(200, list(comment)),
        post: { ...body(object({ text }, 'text')), ...answers(201, comment) },
      },
    },
  }),
);

const answer = (status: number, value: Json): Received => {
  const bytes = new TextEncoder().encode(status === 204 ? '' : JSON.stringify(value));
  const headers: [string, string][] = status === 204 ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
};
const missing = answer(404, {});
const done = answer(204, null);

/** What is right but for one defect. */
class Server {
  readonly #defect: string;
  readonly #rows: JsonObject[] = [];
  readonly #comments: JsonObject[] = [];
  #next = 1;
  #late: (() => void)[] = [];

  constructor(defect: string) {
    this.#defect = defect;
    for (let index = 0; index < 3; index++) this.#add({ title: `Ticket of old ${index}` });
  }

  readonly send = async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const [, , key = '', below] = (target.split('?', 1)[0] ?? '').split('/');
    const value = bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as Json);
    const settled = this.#late.shift();
    settled?.();
    if (key === '') return method === 'GET' ? this.#listed() : answer(201, this.#shown(this.#add(value as JsonObject)));
    if (key === 'count') return answer(200, { count: this.#is('count stays') ? 3 : this.#rows.length });
    if (key === 'bulk') return this.#addAll(value as JsonObject[]);
    if (key === 'bulk-delete') return this.#removeAll((value as { ids: number[] }).ids);
    const row = this.#rows.find(({ id }) => String(id) === key);
    if (row === undefined) return missing;
    if (below === 'comments') return this.#toComments(method, row, value as JsonObject);
    if (below !== undefined) return this.#act(row, below);
    if (method === 'DELETE') this.#rows.splice(this.#rows.indexOf(row), 1);
    return method === 'DELETE' ? done : answer(200, this.#shown(row));
  };

  #is(defect: string): boolean {
    return this.#defect === defect;
  }

  #listed(): Received {
    const items = this.#rows.map((row) => this.#shown(row));
    return answer(200, { items, total: items.length });
  }

  #shown(row: JsonObject): JsonObject {
    const count = this.#comments.filter(({ ticket: of }) => of === row.id).length;
    return { ...row, commentCount: this.#is('comments are not counted') ? 0 : count };
  }

  #add({ title = 'x', note }: JsonObject): JsonObject {
    const row = { id: this.#next++, title, ...(note !== undefined && { note }), status: 'open', pinned: false };
    this.#rows.push(row);
    return row;
  }

  #addAll(sent: readonly JsonObject[]): Received {
    const kept = this.#is('the last of many is lost') ? sent.slice(0, -1) : sent;
    const made = kept.map((one) => this.#add(this.#is('many have one title') ? { ...sent[0] } : one));
    const lost = sent.slice(kept.length).map((one) => ({ ...this.#add(one) }));
    for (const _ of lost) this.#rows.pop();
    return answer(201, { tickets: [...made, ...lost].map((row) => this.#shown(row)) });
  }

  #removeAll(ids: readonly number[]): Received {
    const named = this.#is('one of many stays') ? ids.slice(0, 1) : ids;
    const all = this.#is('all are taken') ? this.#rows.map(({ id }) => id) : named;
    const next = this.#is('the next is taken') ? [...all, Math.max(...ids) + 1, Math.min(...ids) - 1] : all;
    for (const id of next) {
      const at = this.#rows.findIndex((row) => row.id === id);
      if (at >= 0) this.#rows.splice(at, 1);
    }
    return done;
  }

  #act(row: JsonObject, action: string): Received {
    const rows = this.#is('all are closed') && action === 'close' ? this.#rows : [row];
    const isForgotten = this.#is(`${action} is forgotten`);
    const change: JsonObject = action === 'pin' ? { pinned: true } : { status: action === 'close' ? 'closed' : 'open' };
    if (action === 'reopen' && row.status === 'open') return answer(409, {});
    const act = () => {
      for (const each of isForgotten ? [] : rows) Object.assign(each, change);
    };
    if (this.#is('late')) this.#late.push(() => {}, act);
    else act();
    return action === 'reopen' ? answer(200, { ok: true }) : done;
  }

  #toComments(method: string, { id: of = 0 }: JsonObject, value: JsonObject): Received {
    const own = this.#comments.filter(({ ticket: one }) => one === of);
    if (method === 'GET')
      return answer(
        200,
        own.map(({ id = 0, text: said = '' }) => ({ id, text: said })),
      );
    const id = this.#comments.length + 1;
    this.#comments.push({ id, ticket: of, text: value.text ?? '' });
    return answer(201, { id, text: value.text ?? '' });
  }
}

it.each([
  ['right', []],
  ['late', []],
  ['close is forgotten', ['change-kept']],
  ['reopen is forgotten', ['change-kept']],
  ['pin is forgotten', ['change-kept']],
  ['all are closed', ['others-kept']],
  ['count stays', ['total-right']],
  ['comments are not counted', ['total-right']],
  ['one of many stays', ['deleted-gone']],
  ['all are taken', ['others-kept']],
  ['the next is taken', ['others-kept']],
  ['the last of many is lost', ['create-stored']],
  ['many have one title', ['values-kept']],
])('what is done is looked for where no answer shows it: %s', async (defect, checks) => {
  const options = { operations, allowWrites: true, allowDeletes: true };
  const broken = await violatedBy(new Server(defect).send, options);
  expect([...new Set(broken)]).toEqual(checks);
});
