import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createConsole, serve } from './index.js';

/** How the collection of a document is written: what it means is the same each time. */
const writing = fc.record({
  path: fc.constantFrom('/tasks', '/api/v2/people', '/planets/{planetId}/ledger_entries'),
  key: fc.constantFrom('id', '_id', 'uuid', 'slug'),
  keyType: fc.constantFrom('integer', 'string'),
  parameter: fc.constantFrom('same', 'id'),
  rows: fc.constantFrom('', 'data', 'items'),
  wrapped: fc.constantFrom('', 'data'),
  size: fc.constantFrom('limit', 'per_page', 'pageSize'),
  place: fc.constantFrom('offset', 'page'),
  changes: fc.constantFrom('put', 'patch'),
});
type Writing = typeof writing extends fc.Arbitrary<infer Value> ? Value : never;

function documentOf({ path, key, keyType, parameter, rows, wrapped, size, place, changes }: Writing): JsonObject {
  const own = { title: { type: 'string' }, isDone: { type: 'boolean' } };
  const row = {
    type: 'object',
    required: [key, 'title', 'isDone'],
    properties: { [key]: { type: keyType, readOnly: true }, ...own },
  };
  const inside = (name: string, schema: JsonObject, beside: JsonObject = {}): JsonObject =>
    name === '' ? schema : { type: 'object', required: [name], properties: { [name]: schema, ...beside } };
  const content = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
  const answer = (schema: JsonObject): JsonObject => ({ description: 'd', ...content(schema) });
  const number = { type: 'integer', minimum: 0 };
  const named = parameter === 'same' ? key : parameter;
  const planet = path.includes('{planetId}')
    ? [{ name: 'planetId', in: 'path', required: true, schema: { type: 'string' } }]
    : [];
  const sent = content(inside(wrapped, { type: 'object', required: ['title', 'isDone'], properties: own }));
  const part = content(inside(wrapped, { type: 'object', properties: own }));
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      [path]: {
        parameters: planet,
        get: {
          parameters: [
            { name: size, in: 'query', schema: { ...number, maximum: 100 } },
            { name: place, in: 'query', schema: { ...number, minimum: place === 'page' ? 1 : 0 } },
            { name: 'isDone', in: 'query', schema: { type: 'boolean' } },
          ],
          responses: { 200: answer(inside(rows, { type: 'array', items: row }, { total: { type: 'integer' } })) },
        },
        post: { requestBody: sent, responses: { 201: answer(inside(wrapped, row)) } },
      },
      [`${path}/{${named}}`]: {
        parameters: [...planet, { name: named, in: 'path', required: true, schema: { type: keyType } }],
        get: { responses: { 200: answer(inside(wrapped, row)) } },
        [changes]: { requestBody: changes === 'put' ? sent : part, responses: { 200: answer(inside(wrapped, row)) } },
        delete: { responses: { 204: { description: 'd' } } },
      },
    },
  } as JsonObject;
}

/** All rows in the order of their list: those that were added before the others. */
interface Model {
  rows: readonly JsonObject[];
}

/** A client of a mock whose document is written in one way. */
class Client {
  readonly #url: string;
  readonly writing: Writing;
  base: readonly JsonObject[] = [];

  constructor(url: string, written: Writing) {
    this.#url = url;
    this.writing = written;
  }

  async ask(method: string, target: string, body?: Json): Promise<{ status: number; json: JsonObject }> {
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(this.#url + target, { method, ...sent });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  }

  get #path(): string {
    return this.writing.path.replace('{planetId}', 'mars');
  }

  at(row: JsonObject): string {
    return `${this.#path}/${encodeURIComponent(String(row[this.writing.key]))}`;
  }

  async row(method: string, target: string, body?: JsonObject): Promise<{ status: number; row: JsonObject }> {
    const { wrapped } = this.writing;
    const inside = (value: JsonObject): JsonObject => (wrapped === '' ? value : { [wrapped]: value });
    const { status, json } = await this.ask(method, target, body && inside(body));
    return { status, row: wrapped === '' || json === null ? json : (json[wrapped] as JsonObject) };
  }

  create(row: JsonObject): Promise<{ status: number; row: JsonObject }> {
    return this.row('POST', this.#path, row);
  }

  async list(query: string): Promise<{ rows: JsonObject[]; total: Json | undefined }> {
    const { json } = await this.ask('GET', `${this.#path}?${query}`);
    const { rows } = this.writing;
    if (rows === '') return { rows: json as unknown as JsonObject[], total: undefined };
    return { rows: json[rows] as JsonObject[], total: json.total };
  }
}

/** One thing that a client does, held against the model; a number says which of the rows that there are. */
class Step implements fc.AsyncCommand<Model, Client, false> {
  constructor(
    readonly name: string,
    readonly run: (model: Model, client: Client) => Promise<void>,
  ) {}
  check = () => true;
  toString = () => this.name;
}

/** A step that is about one row. */
function stepOn(name: string, place: number, run: (row: JsonObject, model: Model, client: Client) => Promise<void>) {
  return new Step(`${name} ${place}`, async (model, client) => {
    const row = model.rows[place % Math.max(1, model.rows.length)];
    if (row !== undefined) await run(row, model, client);
  });
}

const place = fc.nat(40);
const own = fc.record({ title: fc.string({ maxLength: 8 }), isDone: fc.boolean() });

const steps = fc.commands<Model, Client, false>(
  [
    own.map(
      (sent) =>
        new Step(`create ${JSON.stringify(sent)}`, async (model, client) => {
          const { status, row } = await client.create(sent);
          expect({ status, row }).toEqual({ status: 201, row: { [client.writing.key]: expect.anything(), ...sent } });
          expect(model.rows.map((one) => client.at(one))).not.toContain(client.at(row));
          model.rows = [row, ...model.rows];
        }),
    ),
    place.map((at) =>
      stepOn('read', at, async (row, _, client) =>
        expect(await client.row('GET', client.at(row))).toEqual({ status: 200, row }),
      ),
    ),
    fc.tuple(place, own).map(([at, sent]) =>
      stepOn(`change ${JSON.stringify(sent)}`, at, async (row, model, client) => {
        const changed = { ...row, ...sent };
        const method = client.writing.changes.toUpperCase();
        expect(await client.row(method, client.at(row), sent)).toEqual({ status: 200, row: changed });
        model.rows = model.rows.map((one) => (one === row ? changed : one));
      }),
    ),
    place.map((at) =>
      stepOn('delete', at, async (row, model, client) => {
        expect((await client.ask('DELETE', client.at(row))).status).toBe(204);
        expect((await client.ask('GET', client.at(row))).status).toBe(404);
        model.rows = model.rows.filter((one) => one !== row);
      }),
    ),
    fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(4), fc.option(fc.boolean())).map(
      ([size, page, isDone]) =>
        new Step(`list ${size} ${page} ${isDone}`, async ({ rows }, client) => {
          const { writing: written } = client;
          const before = size * page;
          const at = written.place === 'page' ? page + 1 : before;
          const filter = isDone === null ? '' : `&isDone=${isDone}`;
          const wanted = rows.filter((row) => isDone === null || row.isDone === isDone);
          expect(await client.list(`${written.size}=${size}&${written.place}=${at}${filter}`)).toEqual({
            rows: wanted.slice(before, before + size),
            total: written.rows === '' ? undefined : wanted.length,
          });
        }),
    ),
    fc.constant(
      new Step('reset', async (model, client) => {
        expect((await client.ask('POST', '/__counterproof/api/reset')).status).toBe(204);
        model.rows = client.base;
      }),
    ),
  ],
  { maxCommands: 20 },
);

it('a mock on a port says what a plain list of rows would say, however its document is written', async () => {
  await fc.assert(
    fc.asyncProperty(writing, steps, async (written, sequence) => {
      const mock = createMock({ operations: createOperations(documentFromObject(documentOf(written))) });
      const { control, mount } = createConsole({ mock: () => mock, version: '0' });
      const server = await serve(() => mock, { mount, ask: control.ask });
      try {
        const client = new Client(server.url.replace(/\/$/, ''), written);
        client.base = (await client.list(`${written.size}=100`)).rows;
        expect(client.base.length).toBe(25);
        await fc.asyncModelRun(() => ({ model: { rows: client.base }, real: client }), sequence);
      } finally {
        await server.close(0);
      }
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 8) },
  );
});
