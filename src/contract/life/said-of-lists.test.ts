import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const price = { type: 'number', minimum: 0, maximum: 1000 };
const own = { name: text, price };
const tea = {
  type: 'object',
  required: ['id', 'name', 'price', 'origin', 'picked', 'rolled'],
  properties: {
    id: { type: 'integer' },
    ...own,
    origin: { type: 'object', properties: { country: text } },
    picked: { type: 'string', format: 'date' },
    rolled: { type: 'boolean' },
  },
};
const address = { type: 'string', format: 'uri', nullable: true };
const page = {
  type: 'object',
  required: ['count', 'results'],
  properties: { count: { type: 'integer' }, next: address, previous: address, results: { type: 'array', items: tea } },
};
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const refusals = { 400: { description: 'x' }, 404: { description: 'x' } };
const gives = (status: number, schema: JsonObject) => ({
  responses: { [status]: { description: 'x', ...json(schema) }, ...refusals },
});
const takes = (...required: string[]) => ({
  requestBody: { required: true, ...json({ type: 'object', properties: own, required }) },
});
const asked = (name: string, schema: JsonObject, description = '') => ({ name, in: 'query', schema, description });
const operations = createOperations(
  documentFromObject({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/teas/': {
        get: {
          parameters: [
            asked('page', { type: 'integer', minimum: 1 }),
            asked('page_size', { type: 'integer', minimum: 1, maximum: 50, default: 10 }),
            asked('search', { type: 'string' }, 'Searches the name, case-insensitive.'),
            asked('min_price', price, 'Price at least (inclusive)'),
            asked('price_below', price, 'Teas of this price or less (inclusive)'),
            asked('origin.country', text),
            asked('picked_from', { type: 'string', format: 'date' }, 'First day, inclusive'),
            asked('picked_before', { type: 'string', format: 'date' }, 'Picked before this day (exclusive)'),
            asked('rolled', { type: 'boolean' }),
          ],
          ...gives(200, page),
        },
        post: { ...takes('name', 'price'), ...gives(201, tea) },
      },
      '/teas/{id}/': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: gives(200, tea),
        patch: { ...takes(), ...gives(200, tea) },
        put: { ...takes('name', 'price'), ...gives(200, tea) },
        delete: { responses: { 204: { description: 'x' }, ...refusals } },
      },
    },
  }),
);

/** Each with the checks that notice it. */
const defects = {
  'the total is that of the page': ['total-right'],
  'the total stays when a tea is deleted': ['total-right'],
  'the page before is the first one': ['pages-whole'],
  'the least price is not within': ['filter-holds'],
  'the largest price is not within': ['filter-holds'],
  'the search tells letters apart': ['filter-holds'],
  'the filter by what is inside is ignored': ['filter-holds'],
  'the first day is not within': ['filter-holds'],
  'the day before which is within': ['filter-holds'],
  'the filter by what is not so is ignored': ['filter-holds'],
  'what was deleted can be changed': ['deleted-gone'],
  'what was deleted can be replaced': ['deleted-gone'],
} as const;
type Defect = keyof typeof defects;

class Server {
  readonly #defect: Defect | null;
  readonly #rows = new Map<number, JsonObject & { readonly name: string; readonly price: number }>();
  readonly #ever = new Set<number>();
  #next = 1;

  constructor(defect: Defect | null) {
    this.#defect = defect;
    for (let each = 0; each < 16; each++) this.#add({ name: `Leaf ${each}`, price: ((each * 37) % 50) + 0.5 });
  }

  #is(defect: Defect): boolean {
    return this.#defect === defect;
  }

  #add(row: JsonObject): number {
    const id = this.#next++;
    this.#put(id, row);
    return id;
  }

  #put(id: number, row: JsonObject): JsonObject {
    const country = ['China', 'India', 'Japan'][id % 3] ?? '';
    const picked = `2026-04-${String(1 + ((id * 7) % 27)).padStart(2, '0')}`;
    const set = { origin: { country }, picked, rolled: id > 12 && id < 17 };
    const whole = { ...row, id, name: String(row.name), price: Number(row.price), ...set };
    this.#rows.set(id, whole);
    this.#ever.add(id);
    return whole;
  }

  send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const url = new URL(target, 'http://t');
    const id = Number(url.pathname.split('/')[2] || Number.NaN);
    const sent = body && JSON.parse(new TextDecoder().decode(body));
    if (method === 'POST') return answer(201, this.#rows.get(this.#add(sent)));
    if (Number.isNaN(id)) return this.#list(url);
    const row = this.#rows.get(id);
    if (method === 'PATCH' && !row && this.#is('what was deleted can be changed') && this.#ever.has(id))
      return answer(200, { id, name: '', price: 0, origin: {}, picked: '2026-04-01', rolled: false, ...sent });
    if (method === 'PUT' && (row || (this.#is('what was deleted can be replaced') && this.#ever.has(id))))
      return answer(200, this.#put(id, sent));
    if (row === undefined) return answer(404);
    if (method === 'DELETE') return answer(this.#rows.delete(id) ? 204 : 404);
    if (method === 'PATCH') this.#rows.set(id, { ...row, ...sent });
    return answer(200, this.#rows.get(id));
  };

  #list(url: URL): Received {
    const query = url.searchParams;
    const found = [...this.#rows.values()].filter((row) => this.#satisfies(row, query) && this.#isPicked(row, query));
    const [at, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? 10)];
    const results = found.slice((at - 1) * size, at * size);
    const link = (to: number) => {
      const other = new URL(url);
      other.searchParams.set('page', String(to));
      return other.href;
    };
    const gone = this.#is('the total stays when a tea is deleted') ? this.#ever.size - this.#rows.size : 0;
    const before = this.#is('the page before is the first one') ? 1 : at - 1;
    return answer(200, {
      count: this.#is('the total is that of the page') ? results.length : found.length + gone,
      next: at * size < found.length ? link(at + 1) : null,
      previous: at > 1 ? link(before) : null,
      results,
    });
  }

  #isPicked({ picked, rolled }: JsonObject, query: URLSearchParams) {
    const [from, before, asked] = ['picked_from', 'picked_before', 'rolled'].map((each) => query.get(each));
    const day = String(picked);
    const isBehind = from == null || day > from || (day === from && !this.#is('the first day is not within'));
    const isBefore = before == null || day < before || (day === before && this.#is('the day before which is within'));
    const isAny = asked == null || (asked === 'false' && this.#is('the filter by what is not so is ignored'));
    return isBehind && isBefore && (isAny || String(rolled) === asked);
  }

  #satisfies(
    { name, price: own, origin }: JsonObject & { readonly name: string; readonly price: number },
    query: URLSearchParams,
  ) {
    const [search, country] = ['search', 'origin.country'].map((each) => query.get(each));
    const least = Number(query.get('min_price') ?? 0);
    const most = Number(query.get('price_below') ?? 1000);
    const letters = (value: string) => (this.#is('the search tells letters apart') ? value : value.toLowerCase());
    const isOf = country == null || this.#is('the filter by what is inside is ignored');
    return (
      letters(name).includes(letters(search ?? '')) &&
      (own > least || (own === least && !this.#is('the least price is not within'))) &&
      (own < most || (own === most && !this.#is('the largest price is not within'))) &&
      (isOf || (origin as JsonObject).country === country)
    );
  }
}

const found = async (defect: Defect | null) => [
  ...new Set(await violatedBy(new Server(defect).send, { operations, allowWrites: true })),
];

it('accuses no server that does what its document says of lists', async () => {
  expect(await found(null)).toEqual([]);
});

it('takes no total for that of the whole list which had become longer meanwhile', async () => {
  const { send } = new Server(null);
  let isAsked = false;
  const busy = async (request: HttpRequest): Promise<Received> => {
    const filtered = /[?&]origin\.country=(\w+)/.exec(request.target);
    const count = async () => JSON.parse(new TextDecoder().decode((await send({ ...request })).body)).count;
    const [method, target] = ['POST', '/teas/'];
    const body = new TextEncoder().encode('{"name":"Late leaf","price":7}');
    // Others make as many as were there when the list was read.
    if (filtered && !isAsked)
      for (isAsked = true; (await count()) < 16; ) await send({ method, target, headers: {}, body });
    // A page is never longer than ten.
    return send({ ...request, target: request.target.replace(/(?<=[?&]page_size=)\d{2,}/, '10') });
  };
  const violated = await violatedBy(busy, { operations, allowWrites: true });
  expect(isAsked).toBe(true);
  expect(violated).toEqual([]);
});

it.each(Object.entries(defects))('%s', async (defect, checks) => {
  expect(await found(defect as Defect)).toEqual(checks);
});
