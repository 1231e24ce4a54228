import { type Arbitrary, array, assert, constant, nat, oneof, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, text } from './library/document.js';

const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const missing = { 404: { description: 'None' } };
const gone = { 204: { description: 'Gone' }, ...missing };

const Named = object({ name: text });
const Thing = object({ id: { ...text, readOnly: true }, name: text });
const thing = { $ref: '#/components/schemas/Thing' };
const post = (sent: JsonObject, shown: JsonObject) => ({
  requestBody: { required: true, ...json(sent) },
  responses: { 201: answer(shown) },
});
const item = (parameters: JsonObject[], shown: JsonObject) => ({
  parameters,
  get: { responses: { 200: answer(shown), ...missing } },
  delete: { responses: gone },
});

type Mock = ReturnType<typeof asking>;
type Row = { readonly id: string; readonly name: string };

/** A way in which a document lets things be listed, made, read and deleted. */
interface Kind {
  readonly paths: JsonObject;
  list(mock: Mock): readonly Row[];
  /** What says how many there are. */
  count(mock: Mock): number;
  /** The keys of what was made, in the order of the names. */
  create(mock: Mock, names: readonly string[]): readonly string[];
  /** null: there is none. */
  read(mock: Mock, id: string): Row | null;
  remove(mock: Mock, ids: readonly string[]): void;
}

/** What all pages of a list show, a few on each. */
function walked(page: (cursor: string | null) => { rows: readonly Row[]; next: string | null }): readonly Row[] {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const one = page(cursor);
    rows.push(...one.rows);
    cursor = one.next;
  } while (cursor !== null && rows.length < 1000);
  return rows;
}

/** What is done with things at paths of their own. */
const atPaths = (path: string, shownIn: (body: Json) => Row = (body) => body as unknown as Row) => ({
  create: (mock: Mock, names: readonly string[]) => names.map((name) => mock.read('POST', path, { name }).id),
  read(mock: Mock, id: string) {
    const { status, body } = mock.ask('GET', `${path}/${encodeURIComponent(id)}`);
    return status === 404 ? null : shownIn(JSON.parse(String(body)));
  },
  remove(mock: Mock, ids: readonly string[]) {
    for (const id of ids) mock.ask('DELETE', `${path}/${encodeURIComponent(id)}`);
  },
});

const pageInfo = object({ hasNextPage: { type: 'boolean' }, endCursor: { type: ['string', 'null'] } });
const edge = object({ cursor: text, node: thing });

const connection: Kind = {
  ...atPaths('/boats'),
  paths: {
    '/boats': {
      get: {
        parameters: [query('first', count), query('after', text)],
        responses: { 200: answer(object({ edges: list(edge), pageInfo, totalCount: count })) },
      },
      post: post(Named, thing),
    },
    '/boats/{id}': item([inPath('id')], thing),
  },
  list: (mock) =>
    walked((cursor) => {
      const after = cursor === null ? '' : `&after=${encodeURIComponent(cursor)}`;
      const { edges, pageInfo: info } = mock.read('GET', `/boats?first=7${after}`);
      return { rows: edges.map(({ node }: { node: Row }) => node), next: info.hasNextPage ? info.endCursor : null };
    }),
  count: (mock) => mock.read('GET', '/boats').totalCount,
};

const keyedRows = (mock: Mock) => mock.read('GET', '/lamps') as Record<string, { name: string }>;

/** @param lamp where a component, or said anew in each place */
const keyedBy = (lamp: JsonObject): Kind => ({
  ...atPaths('/lamps'),
  paths: {
    '/lamps': {
      get: { responses: { 200: answer({ type: 'object', additionalProperties: lamp }) } },
      post: post(lamp, object({ id: text })),
    },
    '/lamps/{lampId}': item([inPath('lampId')], lamp),
  },
  list: (mock) => Object.entries(keyedRows(mock)).map(([id, { name }]) => ({ id, name })),
  count: (mock) => Object.keys(keyedRows(mock)).length,
  read(mock, id) {
    const row = atPaths('/lamps').read(mock, id);
    return row && { id, name: row.name };
  },
});

const keyed = keyedBy({ $ref: '#/components/schemas/Lamp' });
const keyedInline = keyedBy(Named);

const resourceObject = object({ type: { const: 'films' }, id: text, attributes: Named });
type ResourceObject = { readonly id: string; readonly attributes: { readonly name: string } };
const flat = ({ id, attributes }: ResourceObject): Row => ({ id, name: attributes.name });
const shownFilm = (body: Json) => flat((body as unknown as { data: ResourceObject }).data);

const jsonApi: Kind = {
  ...atPaths('/films', shownFilm),
  paths: {
    '/films': {
      get: { responses: { 200: answer(object({ data: list(resourceObject), meta: object({ total: count }) })) } },
      post: post(
        object({ data: object({ type: { const: 'films' }, attributes: Named }) }),
        object({ data: resourceObject }),
      ),
    },
    '/films/{id}': item([inPath('id')], object({ data: resourceObject })),
  },
  list: (mock) => mock.read('GET', '/films').data.map(flat),
  count: (mock) => mock.read('GET', '/films').meta.total,
  create: (mock, names) =>
    names.map((name) => mock.read('POST', '/films', { data: { type: 'films', attributes: { name } } }).data.id),
};

const call = (sent: JsonObject, shown: JsonObject) => ({
  post: { requestBody: { required: true, ...json(sent) }, responses: { 200: answer(shown), ...missing } },
});

const verbs: Kind = {
  paths: {
    '/users.list': call(
      object({ limit: count, cursor: text }, []),
      object({ users: list(thing), next_cursor: { type: ['string', 'null'] }, total: count }),
    ),
    '/users.info': call(object({ user: text }), object({ user: thing })),
    '/users.create': call(Named, object({ user: thing })),
    '/users.delete': call(object({ user: text }), object({ ok: { const: true } })),
  },
  list: (mock) =>
    walked((cursor) => {
      const { users, next_cursor: next } = mock.read('POST', '/users.list', {
        limit: 7,
        ...(cursor !== null && { cursor }),
      });
      return { rows: users, next: next || null };
    }),
  count: (mock) => mock.read('POST', '/users.list', {}).total,
  create: (mock, names) => names.map((name) => mock.read('POST', '/users.create', { name }).user.id),
  read(mock, user) {
    const { status, body } = mock.ask('POST', '/users.info', { user });
    return status === 404 ? null : JSON.parse(String(body)).user;
  },
  remove(mock, ids) {
    for (const user of ids) mock.ask('POST', '/users.delete', { user });
  },
};

const nested: Kind = {
  ...atPaths('/shelves/7/books'),
  paths: {
    '/shelves': { get: { responses: { 200: answer(list({ $ref: '#/components/schemas/Shelf' })) } } },
    '/shelves/{shelf_id}': item([inPath('shelf_id', count)], { $ref: '#/components/schemas/Shelf' }),
    '/shelves/{shelf_id}/books': {
      parameters: [inPath('shelf_id', count)],
      get: { responses: { 200: answer(list(thing)) } },
      post: post(Named, thing),
    },
    '/shelves/{shelf_id}/books/{id}': item([inPath('shelf_id', count), inPath('id')], thing),
  },
  list: (mock) => mock.read('GET', '/shelves/7/books'),
  count: (mock) => mock.read('GET', '/shelves/7').books_count,
};

const bulk: Kind = {
  ...atPaths('/plants'),
  paths: {
    '/plants': {
      get: { responses: { 200: answer(list(thing)) } },
      post: post(list(Named), list(thing)),
      delete: { parameters: [query('ids', list(text))], responses: gone },
    },
    '/plants/count': { get: { responses: { 200: answer(object({ count })) } } },
    '/plants/{id}': item([inPath('id')], thing),
  },
  list: (mock) => mock.read('GET', '/plants'),
  count: (mock) => mock.read('GET', '/plants/count').count,
  create: (mock, names) =>
    mock.read('POST', '/plants', names.map((name) => ({ name })) as never).map(({ id }: Row) => id),
  remove(mock, ids) {
    mock.ask('DELETE', `/plants?${ids.map((id) => `ids=${encodeURIComponent(id)}`).join('&')}`);
  },
};

const names = array(string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 });
const places = array(nat(), { minLength: 1, maxLength: 3 });

type Step =
  | { readonly does: 'create'; readonly names: readonly string[] }
  | { readonly does: 'remove'; readonly places: readonly number[] }
  | { readonly does: 'restart' };

const steps = array(
  oneof<Arbitrary<Step>[]>(
    record({ does: constant('create'), names }),
    record({ does: constant('remove'), places }),
    record({ does: constant('restart') }),
  ),
  { minLength: 1, maxLength: 6 },
);

const byId = (rows: Iterable<Row>) => new Map(Array.from(rows, (row) => [row.id, row.name]));

/**
 * Does the same with a mock and with the names that are there by their keys.
 * @returns the keys of what was deleted
 */
function take(step: Step, kind: Kind, mock: Mock, there: Map<string, string>): readonly string[] {
  if (step.does === 'restart') mock.restart();
  if (step.does === 'create') {
    const made = kind.create(mock, step.names);
    expect(made).toHaveLength(step.names.length);
    for (const [place, id] of made.entries()) there.set(id, step.names[place] ?? '');
  }
  if (step.does !== 'remove') return [];
  const ids = [...there.keys()];
  const chosen = [...new Set(step.places.flatMap((place) => ids[place % ids.length] ?? []))];
  kind.remove(mock, chosen);
  for (const id of chosen) there.delete(id);
  return chosen;
}

test.each(Object.entries({ connection, keyed, keyedInline, jsonApi, verbs, nested, bulk }))(
  'what is made is listed, counted and read, and what is deleted is not: %s',
  (_name, kind) => {
    const Shelf = object({ id: count, books_count: count });
    const document = {
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      components: { schemas: { Thing, Shelf, Lamp: Named } },
      paths: kind.paths,
    };
    assert(
      property(steps, (taken) => {
        const mock = asking(document);
        const there = byId(kind.list(mock));
        expect(there.size).toBe(25);
        const removed = new Set<string>();
        for (const step of taken) {
          for (const id of take(step, kind, mock, there)) removed.add(id);
          const listed = kind.list(mock);
          expect(listed).toHaveLength(there.size);
          expect(byId(listed)).toEqual(there);
          expect(kind.count(mock)).toBe(there.size);
        }
        for (const [id, name] of there) expect(kind.read(mock, id)).toEqual({ id, name });
        for (const id of removed) expect(kind.read(mock, id)).toBeNull();
      }),
      { numRuns: 8, seed: 10 },
    );
  },
);
