import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

/** The answers of a mock whose document has one list, at `/notes`. */
function listOf(
  schema: JsonObject,
  more: JsonObject = {},
  query: Record<string, JsonObject> = {},
  others: JsonObject = {},
) {
  const content = { 'application/json': { schema, ...more } };
  const parameters = Object.entries(query).map(([name, of]) => ({ name, in: 'query', schema: of }));
  const get = { parameters, responses: { 200: { description: 'd', content } } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/notes': { get }, ...others } };
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  return (target: string) => {
    const { body, headers } = mock.answer({ method: 'GET', target, headers: {}, body: null }, {}, State.empty);
    return { json: JSON.parse(String(body)) as Json, says: headers.Counterproof };
  };
}

const text = { type: 'string' };
const integer = { type: 'integer' };
const page = (items: JsonObject) => ({
  type: 'object',
  properties: { notes: items, meta: { type: 'object', required: ['total'], properties: { total: integer } } },
  required: ['meta'],
});

it('a list that may not be empty is left out where nothing is found', () => {
  const notes = { type: 'array', minItems: 1, items: { type: 'object', properties: { id: integer, title: text } } };
  const ask = listOf(page(notes), {}, { q: text });
  expect(ask('/notes?q=nobody%20wrote%20this')).toMatchObject({
    json: { meta: { total: 0 } },
    says: expect.not.stringContaining('skipped'),
  });
});

it('a list that may not be empty is left out where nothing is found, also where a cursor may not be null', () => {
  const notes = { type: 'array', minItems: 1, items: { type: 'object', properties: { id: integer, title: text } } };
  const meta = { type: 'object', properties: { next_token: { type: 'string', minLength: 1 }, result_count: integer } };
  const ask = listOf({ type: 'object', properties: { notes, meta } }, {}, { q: text, next_token: text });
  const { json, says } = ask('/notes?q=nobody%20wrote%20this');
  expect(json).toEqual({ meta: { result_count: 0 } });
  expect(says).not.toContain('skipped');
});

it('a list that may not be empty and has to be there shows what there is where nothing is found', () => {
  const item = { type: 'object', required: ['ssid'], properties: { ssid: text } };
  const results = { type: 'array', minItems: 1, uniqueItems: true, items: item };
  const schema = { type: 'object', required: ['results', 'limit'], properties: { results, limit: integer } };
  const example = { limit: 0, results: [{ ssid: 'open' }, { ssid: 'guest' }] };
  const ask = listOf(schema, { example }, { ssid: text, limit: { ...integer, default: 100 } });
  const { json, says } = ask('/notes?ssid=nobody');
  expect(says).not.toContain('skipped');
  expect(json).toMatchObject({ limit: 100, results: expect.arrayContaining(example.results) });
});

it('a page of what no key tells apart has as many items as it says, also where some look alike', () => {
  const items = { type: 'object', required: ['mood'], properties: { mood: { enum: ['glad', 'sad'] } } };
  const meta = { type: 'object', properties: { next: { type: 'string', minLength: 1 }, total: integer } };
  const notes = { type: 'object', properties: { notes: { type: 'array', items }, meta } };
  const ask = listOf(notes, {}, { limit: integer, offset: integer });
  const { json } = ask('/notes?limit=9&offset=18');
  expect(json).toMatchObject({ notes: { length: 7 }, meta: { total: 25 } });
});

it('each item is one of its own where no key and no text on its surface tells it from others', () => {
  const uuid = { type: 'string', format: 'uuid' };
  const user = {
    type: 'object',
    required: ['display_name', 'username', 'uuid'],
    properties: { display_name: text, username: text, uuid },
  };
  const items = { type: 'object', required: ['kind', 'user'], properties: { kind: { const: 'member' }, user } };
  const notes = { type: 'object', properties: { notes: { type: 'array', uniqueItems: true, items }, total: integer } };
  const { json } = listOf(notes, {}, { limit: integer, offset: integer })('/notes?limit=25');
  const shown = json as { total: number; notes: { user: { uuid: string } }[] };
  expect(shown.total).toBe(25);
  expect(new Set(shown.notes.map((note) => note.user.uuid)).size).toBe(25);
});

it('a list that no value fits shows of its example no more than is asked for', () => {
  const item = { required: ['at'], allOf: [{ properties: { at: integer } }, { properties: { at: text } }] };
  const notes = { type: 'object', properties: { notes: { type: 'array', items: { type: 'object', ...item } } } };
  const ask = listOf(notes, { example: { notes: [{ at: 3 }, { at: 1 }, { at: 2 }] } }, { limit: integer });
  expect(ask('/notes?limit=1').json).toEqual({ notes: [{ at: 3 }] });
});

it('a list that is only shown has as many items as it says', () => {
  const items = { type: 'array', items: { type: 'object', properties: { title: text } } };
  const notes = [{ title: 'one' }, { title: 'two' }];
  expect(listOf(page(items), { example: { notes, meta: { total: 57 } } })('/notes').json).toEqual({
    notes,
    meta: { total: 2 },
  });
  const made = listOf(page({ ...items, minItems: 3, maxItems: 3 }))('/notes').json;
  expect(made).toMatchObject({ meta: { total: 3 } });
});

it('a filter that is null by default filters nothing', () => {
  const notes = { type: 'array', items: { type: 'object', properties: { id: integer, isDone: { type: 'boolean' } } } };
  const ask = listOf(notes, {}, { isDone: { type: 'string', default: 'null' } });
  expect((ask('/notes').json as Json[]).length).toBeGreaterThan(10);
});

it('a page counts, though the start is named in another way besides', () => {
  const notes = { type: 'array', items: { type: 'object', properties: { id: integer, title: text } } };
  const ask = listOf(notes, {}, { offset: { ...integer, default: 0 }, limit: integer, page: integer });
  const [all, second] = ['/notes?limit=20', '/notes?offset=0&limit=5&page=2'].map(
    (target) => ask(target).json as Json[],
  );
  expect(second).toEqual(all?.slice(5, 10));
  expect(ask('/notes?offset=3&limit=5&page=2').json).toEqual(all?.slice(3, 8));
});

it('a list that has to show something where nothing is found has as many items as it says', () => {
  const items = { type: 'object', required: ['id'], properties: { id: integer, title: text } };
  const notes = { ...page({ type: 'array', minItems: 2, maxItems: 2, items }), required: ['notes', 'meta'] };
  const id = { name: 'id', in: 'path', required: true, schema: integer };
  const responses = { 200: { description: 'd', content: { 'application/json': { schema: items } } } };
  const others = { '/notes/{id}': { get: { parameters: [id], responses } } };
  const { json, says } = listOf(notes, {}, { title: text }, others)('/notes?title=nobody%20wrote%20this');
  expect(says).not.toContain('state=skipped');
  expect(json).toMatchObject({ meta: { total: 2 } });
});

it('a list that is asked for by keys has them all, those too that no row is listed with', () => {
  const notes = {
    type: 'array',
    items: { type: 'object', required: ['id'], properties: { id: integer, title: text } },
  };
  const ask = listOf(notes, {}, { ids: { type: 'array', items: integer }, title: text });
  const all = ask('/notes').json as JsonObject[];
  const [first, second] = all as [JsonObject, JsonObject];
  const asked = ask(`/notes?ids=${second.id}&ids=987654&ids=${first.id}`).json as JsonObject[];
  expect(asked.slice(0, 2)).toEqual([first, second]);
  expect(asked.map(({ id }) => id)).toEqual([first.id, second.id, 987654]);
  expect(ask(`/notes?ids=987654`).json).toEqual([asked[2]]);
  expect(ask(`/notes?ids=${first.id}&title=nobody%20calls%20it%20so`).json).toEqual([]);
});

it('a list that is asked for by one of several texts has what says a text with a comma too', () => {
  const name = { type: 'string', enum: ['Smith, Jones and Partners', 'Smith', 'Jones'] };
  const notes = {
    type: 'array',
    items: { type: 'object', required: ['id', 'name'], properties: { id: integer, name } },
  };
  const ask = listOf(notes, {}, { name: { type: 'array', items: text } });
  const namesOf = (query: string) =>
    new Set((ask(`/notes?name=${query}`).json as JsonObject[]).map((note) => note.name));
  expect(namesOf('Smith,%20Jones%20and%20Partners').has('Smith, Jones and Partners')).toBe(true);
  expect(namesOf('Smith,Jones')).toEqual(new Set(['Smith', 'Jones']));
});

it('the language that texts are in without being asked for filters nothing', () => {
  const notes = { type: 'array', items: { type: 'object', properties: { id: integer, locale: text } } };
  expect((listOf(notes, {}, { locale: { type: 'string', default: 'xx' } })('/notes').json as Json[]).length).toBe(25);
  expect(listOf(notes, {}, { locale: text })('/notes?locale=xx').json).toEqual([]);
});

it('an answer that may be a list, or an object with one, is the list whole', () => {
  const note = { type: 'object', properties: { id: integer, title: text } };
  const list = { type: 'array', items: note };
  const linked = { type: 'object', properties: { collection: list, next_href: text } };
  const ask = listOf({ oneOf: [list, linked] }, {}, { limit: integer, offset: integer });
  expect((ask('/notes?limit=2').json as Json[]).length).toBe(2);
});

it('a row that the author shows as text is the object that the text writes', () => {
  const note = {
    required: ['id'],
    properties: { id: integer, title: text },
    example: '{ "id": 3, "title": "As shown" }',
  };
  const [first] = listOf({ type: 'array', items: note }, {}, { q: text })('/notes').json as JsonObject[];
  expect(first).toMatchObject({ title: 'As shown' });
});

/** The list after something was made, of a mock that has no rows of its own. */
function afterMaking(row: JsonObject, list: JsonObject, made: JsonObject) {
  const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
  const parameters = [{ name: 'id', in: 'path', required: true, schema: integer }];
  const paths = {
    '/notes': {
      get: { responses: { 200: json(list) } },
      post: { requestBody: json({ type: 'object' }), responses: { 201: json(row) } },
    },
    '/notes/{id}': { get: { parameters, responses: { 200: json(row) } } },
  };
  const document = documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as JsonObject);
  const mock = createMock({ operations: createOperations(document), rows: 0 });
  const body = new TextEncoder().encode(JSON.stringify(made));
  const headers = { 'content-type': 'application/json' };
  const { next } = mock.answer({ method: 'POST', target: '/notes', headers, body }, {}, State.empty);
  const listed = mock.answer({ method: 'GET', target: '/notes', headers: {}, body: null }, {}, next?.state);
  return JSON.parse(String(listed.body)) as Json;
}

it('a row keeps what is required of it, declared or not', () => {
  const row = { type: 'object', required: ['id', 'title'], properties: { id: integer } };
  expect(afterMaking(row, { type: 'array', items: row }, { title: 'mine' })).toMatchObject([{ title: 'mine' }]);
});

it('a row has one of two members, as it was sent', () => {
  const properties = { id: integer, ownerId: text, owner: text };
  const row = { type: 'object', properties, oneOf: [{ required: ['id', 'ownerId'] }, { required: ['id', 'owner'] }] };
  const list = { type: 'array', items: row };
  for (const sent of [{ owner: 'mine' }, { ownerId: 'mine' }])
    expect(afterMaking(row, list, sent)).toMatchObject([sent]);
});

it('a list that is one of several kinds shows rows of one of them', () => {
  const listOfKind = (kind: string) => {
    const properties = { id: integer, title: text, kind: { const: kind } };
    const items = { type: 'object', required: ['id', 'title', 'kind'], properties };
    return { type: 'object', required: ['rows'], properties: { rows: { type: 'array', minItems: 1, items } } };
  };
  const row = { type: 'object', required: ['id', 'title'], properties: { id: integer, title: text } };
  const list = { oneOf: [listOfKind('draft'), listOfKind('final')] };
  const shown = afterMaking(row, list, { title: 'mine' });
  expect(shown).toMatchObject({ rows: [{ title: 'mine', kind: expect.stringMatching(/^(draft|final)$/) }] });
});

it('a list in a body that nothing fits is shown all the same, and counted', () => {
  const row = { type: 'object', required: ['id', 'title'], properties: { id: integer, title: text } };
  const list = {
    additionalProperties: false,
    required: ['total'],
    allOf: [
      { type: 'object', properties: { rows: { type: 'array', items: row } } },
      { type: 'object', properties: { total: integer } },
    ],
  };
  expect(afterMaking(row, list, { title: 'mine' })).toMatchObject({ rows: [{ title: 'mine' }], total: 1 });
});

it('a list has no cursor for more where none that leads there may be said', () => {
  const note = { type: 'object', properties: { id: integer, title: text } };
  const nextToken = { type: 'string', pattern: '^only this$' };
  const list = { type: 'object', properties: { notes: { type: 'array', items: note }, nextToken } };
  const ask = listOf({ required: ['notes'], ...list }, {}, { limit: integer, nextToken });
  expect(ask('/notes?limit=2').json).toEqual({ notes: [expect.anything(), expect.anything()] });
});

it('a cursor leads on where the row that it names is gone', () => {
  const note = { type: 'object', required: ['id'], properties: { id: integer, title: text } };
  const list = {
    type: 'object',
    required: ['notes', 'next'],
    properties: { notes: { type: 'array', items: note }, next: text },
  };
  const id = { name: 'id', in: 'path', required: true, schema: integer };
  const cursor = { name: 'cursor', in: 'query', schema: text };
  const size = { name: 'limit', in: 'query', schema: integer };
  const json = (schema: object) => ({ description: 'd', content: { 'application/json': { schema } } });
  const paths = {
    '/notes': { get: { parameters: [cursor, size], responses: { 200: json(list) } } },
    '/notes/{id}': {
      parameters: [id],
      get: { responses: { 200: json(note) } },
      delete: { responses: { 204: { description: 'd' } } },
    },
  };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths };
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  const ask = (method: string, target: string, state = State.empty) =>
    mock.answer({ method, target, headers: {}, body: null }, {}, state);
  const shown = ({ body }: { body: unknown }) => {
    const { notes, next } = JSON.parse(String(body)) as { notes: { id: number }[]; next: string };
    return { keys: notes.map((each) => each.id), next };
  };
  const { keys: all } = shown(ask('GET', '/notes?limit=6'));
  const first = shown(ask('GET', '/notes?limit=2'));
  const { next } = ask('DELETE', `/notes/${all[1]}`);
  expect(shown(ask('GET', `/notes?limit=2&cursor=${first.next}`, next?.state)).keys).toEqual(all.slice(2, 4));
});

it('links of a row to itself lead to it, also of one that is made', () => {
  const href = { type: 'object', properties: { href: text } };
  const row = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer', readOnly: true },
      title: text,
      selfLink: { type: 'string', readOnly: true },
      self: { type: 'string', format: 'uri', readOnly: true },
      _links: { type: 'object', readOnly: true, properties: { self: href, next: href } },
    },
  };
  const named = (name: string) => ({ name, in: 'path', required: true, schema: text });
  const shown = { description: 'd', content: { 'application/json': { schema: row } } };
  const listed = { description: 'd', content: { 'application/json': { schema: { type: 'array', items: row } } } };
  const paths = {
    '/boards/{board}/notes': {
      parameters: [named('board')],
      get: { responses: { 200: listed } },
      post: { requestBody: { content: { 'application/json': { schema: row } } }, responses: { 201: shown } },
    },
    '/boards/{boardId}/notes/{id}': {
      parameters: [named('boardId'), { ...named('id'), schema: integer }],
      get: { responses: { 200: shown } },
    },
  };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths };
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  const ask = (method: string, target: string, sent?: Json) => {
    const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    return JSON.parse(
      String(mock.answer({ method, target, headers: { 'content-type': 'application/json' }, body }).body),
    );
  };
  const made = ask('POST', '/boards/a%20b/notes', { title: 'Mine' });
  for (const note of [...ask('GET', '/boards/a%20b/notes'), ask('GET', '/boards/a%20b/notes/4711'), made]) {
    const own = `/boards/a%20b/notes/${note.id}`;
    expect(note).toMatchObject({
      selfLink: own,
      _links: { self: { href: own } },
      self: `http://localhost${own}`,
    });
    expect(note._links.next.href).not.toBe(own);
  }
});

it.each([
  ['texts', text, ['5h', '6', '45'], ['45', '5h', '6']],
  ['texts that write numbers', { ...text, pattern: '^[1-9][0-9]{0,3}$' }, ['100', '6', '45'], ['6', '45', '100']],
  ['texts of digits', { ...text, pattern: '^[+][0-9]{1,4}$' }, ['+6', '+500', '+45'], ['+45', '+500', '+6']],
])('a list is in one order, of %s', (_, title, titles, sorted) => {
  const row = { type: 'object', required: ['id', 'title'], properties: { id: integer, title } };
  const example = titles.map((one, index) => ({ id: index + 1, title: one }));
  const id = { name: 'id', in: 'path', required: true, schema: integer };
  const responses = { 200: { description: 'd', content: { 'application/json': { schema: row } } } };
  const others = { '/notes/{id}': { get: { parameters: [id], responses } } };
  const list = listOf({ type: 'array', items: row }, { example }, { sort: text }, others)('/notes?sort=title').json;
  const shown = (list as { title: string }[]).map((one) => one.title).filter((one) => titles.includes(one));
  expect(shown).toEqual(sorted);
});

it('a row whose key is a number in the example of another list is listed under its text', () => {
  const row = { type: 'object', required: ['id', 'title'], properties: { id: text, title: text, about: text } };
  const path = (name: string, schema: JsonObject) => ({ name, in: 'path', required: true, schema });
  const of = (media: JsonObject) => ({ 200: { description: 'd', content: { 'application/json': media } } });
  const numbered = { type: 'array', items: { ...row, properties: { ...row.properties, id: integer } } };
  const example = [{ id: 637, title: 'one', about: 'two' }];
  const others = {
    '/owners/{owner}/notes': {
      get: { parameters: [path('owner', text)], responses: of({ schema: numbered, example }) },
    },
    '/notes/{id}': { get: { parameters: [path('id', { anyOf: [integer, text] })], responses: of({ schema: row }) } },
  };
  const list = listOf(page({ type: 'array', items: row }), {}, {}, others)('/notes').json;
  const { notes, meta } = list as { notes: { id: string }[]; meta: { total: number } };
  expect(notes.map((note) => note.id)).toContain('637');
  expect(meta.total).toBe(notes.length);
});

it('a path whose text no row can have lists them all the same', () => {
  const row = { type: 'object', properties: { id: integer, ownerId: integer, title: text } };
  const content = (schema: JsonObject) => ({ 'application/json': { schema } });
  const ok = (schema: JsonObject) => ({ 200: { description: 'd', content: content(schema) } });
  const id = [{ name: 'id', in: 'path', required: true, schema: text }];
  const owner = { type: 'object', properties: { id: text, name: text } };
  const ask = listOf({ type: 'array', items: owner }, {}, {}, {
    '/owners': { get: { responses: ok({ type: 'array', items: owner }) } },
    '/owners/{id}': { parameters: id, get: { responses: ok(owner) } },
    '/owners/{id}/boxes': { parameters: id, get: { responses: ok({ type: 'array', items: row }) } },
    '/boxes/{id}': { parameters: [{ ...id[0], schema: integer }], get: { responses: ok(row) } },
  } as never);
  expect(ask('/owners/abc/boxes').json).not.toEqual([]);
  // An owner that is listed is one that boxes can name.
  const [first] = ask('/owners').json as { id: string }[];
  const boxes = ask(`/owners/${first?.id}/boxes`).json as { ownerId: number }[];
  expect(new Set(boxes.map(({ ownerId }) => String(ownerId)))).toEqual(new Set(boxes.length > 0 ? [first?.id] : []));
  expect(first?.id).toMatch(/^\d+$/);
});

it('a list that is one of several kinds by its answer alone heeds what is asked for all the same', () => {
  const kind = (row: JsonObject, ...required: string[]) => ({
    type: 'object',
    properties: { total: integer, notes: { type: 'array', items: { type: 'object', properties: row, required } } },
  });
  const note = { id: integer, title: text, link: { type: 'object', required: ['to'], properties: { to: text } } };
  // What is a note of the first kind is one of the second too.
  const either = { oneOf: [kind({ id: integer, title: text }, 'id', 'title'), kind(note)] };
  const ask = listOf(either, {}, { limit: integer, offset: integer });
  for (const target of ['/notes?limit=3', '/notes?limit=3&offset=3']) {
    const { json, says } = ask(target);
    expect(says).not.toContain('skipped');
    expect((json as { notes: Json[] }).notes).toHaveLength(3);
  }
});

it('a list of which nothing is found is there and empty, also where what stands beside it may not be null', () => {
  const notes = { type: 'array', items: { type: 'object', properties: { id: integer, title: text } } };
  const ask = listOf({ type: 'object', properties: { notes, count: integer, next_token: text } }, {}, { q: text });
  expect(ask('/notes?q=nobody%20wrote%20this').json).toEqual({ notes: [], count: 0 });
});
