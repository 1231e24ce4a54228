import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

const text = { type: 'string' };
const json = (schema: JsonObject | null, more: JsonObject = {}) => ({
  description: 'd',
  content: { 'application/json': { ...(schema && { schema }), ...more } },
});

/** A mock of these paths, which remembers. */
function client(paths: JsonObject) {
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths };
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  let state = State.empty;
  return (method: string, target: string, sent?: Json) => {
    const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    const headers: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
    const answer = mock.answer({ method, target, headers, body }, {}, state);
    state = answer.next?.state ?? state;
    return { status: answer.status, json: (answer.body ? JSON.parse(String(answer.body)) : null) as JsonObject };
  };
}

/** Things at `/rules/{ruleType}`, which a POST on `/rules` makes. */
function rules(key: JsonObject, taken: JsonObject, answer?: JsonObject) {
  const rule = { type: 'object', required: ['type'], properties: { type: key, note: text } };
  const path = { name: 'ruleType', in: 'path', required: true, schema: key };
  return client({
    '/rules': {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: taken } } } },
        responses: { 201: answer ?? json(rule) },
      },
    },
    '/rules/{ruleType}': {
      get: { parameters: [path], responses: { 200: json(rule) } },
      delete: { parameters: [path], responses: { 204: { description: 'd' } } },
    },
  });
}

it('a thing that is made where all its keys are in use has the one that is free, or takes the place of another', () => {
  const ask = rules({ enum: ['one', 'two', 'three'] }, { note: text });
  ask('DELETE', '/rules/two');
  expect(ask('POST', '/rules', { note: 'mine' }).json).toEqual({ type: 'two', note: 'mine' });
  const { type } = ask('POST', '/rules', { note: 'ours' }).json;
  expect(ask('GET', `/rules/${type}`).json).toEqual({ type, note: 'ours' });
});

it('a key may be sent by the name that it has in the path', () => {
  const ask = rules({ enum: ['one', 'two', 'three'] }, { ruleType: text, note: text });
  expect(ask('POST', '/rules', { ruleType: 'three', note: 'mine' }).json).toMatchObject({
    type: 'three',
    note: 'mine',
  });
});

it('a key that has the form of its example is another one each time', () => {
  const id = { type: 'string', minLength: 8, maxLength: 8, example: 'ABCDABCD' };
  const path = { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[A-Z]{8}$' } };
  const code = json({ type: 'object', required: ['id'], properties: { id, note: text } });
  const ask = client({
    '/codes': { post: { requestBody: json({ type: 'object', properties: { note: text } }), responses: { 201: code } } },
    '/codes/{id}': { get: { parameters: [path], responses: { 200: code } } },
  });
  const made = ['a', 'b', 'c'].map((note) => ask('POST', '/codes', { note }).json.id);
  expect(new Set(made).size).toBe(3);
});

it('an example that tells the key of what was made tells that of this one', () => {
  const ask = rules(text, { note: text }, json(null, { example: { type: 'sample', note: 'shown' } }));
  ask('DELETE', '/rules/sample');
  const { type } = ask('POST', '/rules', { note: 'mine' }).json;
  expect([type === 'sample', ask('GET', `/rules/${type}`).json]).toEqual([false, { type, note: 'mine' }]);
});

it('things that are known by what they refer to are each listed once', () => {
  const book = { type: 'object', required: ['id'], properties: { id: text, title: text } };
  const loan = { type: 'object', required: ['book'], properties: { book, since: text } };
  const path = (name: string) => ({ name, in: 'path', required: true, schema: text });
  const ask = client({
    '/books/{bookId}': { get: { parameters: [path('bookId')], responses: { 200: json(book) } } },
    '/people/{personId}/books': {
      get: { parameters: [path('personId')], responses: { 200: json({ type: 'array', items: loan }) } },
    },
    '/people/{personId}/books/{bookId}': {
      get: { parameters: [path('personId'), path('bookId')], responses: { 200: json(loan) } },
    },
  });
  const all = ask('GET', '/people/7/books').json as unknown as { book: { id: string } }[];
  expect(new Set(all.map(({ book: { id } }) => id)).size).toBe(all.length);
});

it('what may be null where a thing is read, and not where it is listed, is not said there, and texts are numbers there', () => {
  const thing = (note: JsonObject, size: JsonObject, score: JsonObject) => ({
    type: 'object',
    required: ['id', 'size', 'score'],
    properties: { id: { type: 'integer' }, note, size, score },
  });
  const path = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const ask = client({
    '/things': {
      get: { responses: { 200: json({ type: 'array', items: thing(text, { type: 'integer' }, { type: 'number' }) }) } },
    },
    '/things/{id}': {
      get: { parameters: [path], responses: { 200: json(thing({ type: ['string', 'null'] }, text, {})) } },
    },
  });
  const all = ask('GET', '/things').json as unknown as JsonObject[];
  const read = all.map(({ id }) => ask('GET', `/things/${id}`).json);
  expect(read.filter(({ note }) => note === null).length).toBeGreaterThan(0);
  expect(all.map(({ note = null }) => note)).toEqual(read.map(({ note = null }) => note));
  expect(all.map(({ score }) => score)).toEqual(read.map(({ score }) => Number(score)));
});

it('a member named like a parameter of the path has its value only where it can', () => {
  const point = json({ type: 'object', properties: { id: text, feed_id: { type: 'number' }, value: text } });
  const path = (name: string) => ({ name, in: 'path', required: true, schema: text });
  const ask = client({
    '/feeds/{feed_id}': {
      get: { parameters: [path('feed_id')], responses: { 200: json({ type: 'object', properties: { id: text } }) } },
    },
    '/feeds/{feed_id}/data/{id}': { get: { parameters: [path('feed_id'), path('id')], responses: { 200: point } } },
  });
  expect(ask('GET', '/feeds/12/data/a').json).toMatchObject({ feed_id: 12 });
  expect(ask('GET', '/feeds/kitchen/data/a').json).toMatchObject({ feed_id: expect.any(Number) });
});

it("what a request takes is the client's, also where answers have it as readOnly", () => {
  const code = (mark: JsonObject) => ({ type: 'object', properties: { id: text, made: { ...text, ...mark } } });
  const path = { name: 'id', in: 'path', required: true, schema: text };
  const answer = json(code({ readOnly: true }));
  const ask = client({
    '/codes': { post: { requestBody: json(code({})), responses: { 201: answer } } },
    '/codes/{id}': { get: { parameters: [path], responses: { 200: answer } } },
  });
  expect(ask('POST', '/codes', { made: 'by me' }).json).toMatchObject({ made: 'by me' });
});

it('a key that has to be sent is what the client calls the thing, also where what is shown has it as readOnly', () => {
  const project = (mark: JsonObject, required: string[]) => ({
    type: 'object',
    required,
    properties: { key: { ...text, ...mark }, name: text },
  });
  const path = { name: 'key', in: 'path', required: true, schema: text };
  const shown = json(project({ readOnly: true }, ['key']));
  const projects = (required: string[]) =>
    client({
      '/projects': { post: { requestBody: json(project({}, required)), responses: { 201: shown } } },
      '/projects/{key}': { get: { parameters: [path], responses: { 200: shown } } },
    });
  const ask = projects(['key']);
  expect(ask('POST', '/projects', { key: 'AB', name: 'Mine' }).json).toEqual({ key: 'AB', name: 'Mine' });
  expect(ask('GET', '/projects/AB').json).toEqual({ key: 'AB', name: 'Mine' });
  expect(projects([])('POST', '/projects', { key: 'AB', name: 'Mine' }).json.key).not.toBe('AB');
});

it('what is put under a name that is no key for it has a key of its own, which no other row has', () => {
  const note = { type: 'object', properties: { id: { type: 'integer', example: 1 }, note: text } };
  const path = { name: 'id', in: 'path', required: true, schema: text };
  const body = { content: { 'application/json': { schema: { type: 'object', properties: { note: text } } } } };
  const ask = client({
    '/notes': { get: { responses: { 200: json({ type: 'array', items: note }) } } },
    '/notes/{id}': { put: { parameters: [path], requestBody: body, responses: { 200: json(note) } } },
  });
  expect(ask('PUT', '/notes/harbor', { note: 'mine' }).status).toBe(200);
  const ids = (ask('GET', '/notes').json as unknown as { id: number }[]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('what is put under a name that is no key for it, where all keys are in use, is not stored in the place of another', () => {
  const title = { type: 'string', enum: ['size', 'colour'] };
  const setting = { type: 'object', required: ['title'], properties: { title, value: text } };
  const path = {
    name: 'name',
    in: 'path',
    required: true,
    schema: { type: 'string', enum: ['size', 'colour', 'weight'] },
  };
  const body = { content: { 'application/json': { schema: { type: 'object', properties: { value: text } } } } };
  const ask = client({
    '/settings': { get: { responses: { 200: json({ type: 'array', items: setting }) } } },
    '/settings/{title}': {
      parameters: [path],
      get: { responses: { 200: json(setting) } },
      put: { requestBody: body, responses: { 200: json(setting) } },
    },
  });
  expect(ask('PUT', '/settings/weight', { value: 'mine' }).status).toBe(200);
  const titles = (ask('GET', '/settings').json as unknown as { title: string }[]).map((one) => one.title);
  expect(titles.toSorted()).toEqual(['colour', 'size']);
});

it('the key of what is made is one that all answers may show: a text where it is read, and a UUID in a list', () => {
  const thing = (id: JsonObject) => ({ type: 'object', required: ['id', 'name'], properties: { id, name: text } });
  const sent = { content: { 'application/json': { schema: { type: 'object', properties: { name: text } } } } };
  const path = { name: 'id', in: 'path', required: true, schema: text };
  const ask = client({
    '/accounts': {
      get: { responses: { 200: json({ type: 'array', items: thing({ type: 'string', format: 'uuid' }) }) } },
      post: { requestBody: sent, responses: { 201: json(thing(text)) } },
    },
    '/accounts/{id}': { get: { parameters: [path], responses: { 200: json(thing(text)) } } },
  });
  const { id } = ask('POST', '/accounts', { name: 'mine' }).json;
  const listed = ask('GET', '/accounts').json as unknown as JsonObject[];
  expect(listed.filter(({ name }) => name === 'mine')).toEqual([{ id, name: 'mine' }]);
  expect(listed.map((row) => ask('GET', `/accounts/${row.id}`).status)).toEqual(listed.map(() => 200));
});

it('a key is the same one where it is read as a text, and listed and made as a number', () => {
  const thing = (id: JsonObject) => ({ type: 'object', required: ['id', 'name'], properties: { id, name: text } });
  const sent = { content: { 'application/json': { schema: { type: 'object', properties: { name: text } } } } };
  const path = { name: 'id', in: 'path', required: true, schema: text };
  const number = { type: 'integer' };
  const ask = client({
    '/coins': {
      get: { responses: { 200: json({ type: 'array', items: thing(number) }) } },
      post: { requestBody: sent, responses: { 201: json(thing(number)) } },
    },
    '/coins/{id}': { get: { parameters: [path], responses: { 200: json(thing(text)) } } },
  });
  const { id } = ask('POST', '/coins', { name: 'mine' }).json;
  expect(ask('GET', `/coins/${id}`).json).toEqual({ id: String(id), name: 'mine' });
  const listed = ask('GET', '/coins').json as unknown as JsonObject[];
  expect(listed).toContainEqual({ id, name: 'mine' });
  for (const row of listed) expect(ask('GET', `/coins/${row.id}`).json).toEqual({ ...row, id: String(row.id) });
});

it('what an action makes of a thing, and says of which, has a key of its own', () => {
  const path = { name: 'formId', in: 'path', required: true, schema: text };
  const dates = { createId: text, createAt: text, updateId: text, updateAt: text };
  const form = {
    type: 'object',
    required: ['id', 'label', 'status'],
    properties: { id: text, label: text, status: { enum: ['ACTIVE', 'INACTIVE'] }, ...dates },
  };
  const draft = {
    type: 'object',
    required: ['id', 'formId', 'data', 'createId', 'createAt', 'updateId', 'updateAt'],
    properties: { id: text, formId: text, data: { type: 'object' }, ...dates },
  };
  const ask = client({
    '/forms': { get: { responses: { 200: json({ type: 'array', items: form }) } } },
    '/forms/{formId}': { get: { parameters: [path], responses: { 200: json(form) } } },
    '/forms/{formId}/draft': { post: { parameters: [path], responses: { 201: json(draft) } } },
  });
  const [{ id }] = ask('GET', '/forms').json as unknown as [{ id: string }];
  const made = ask('POST', `/forms/${id}/draft`).json;
  expect(made.formId).toBe(id);
  expect(made.id).not.toBe(id);
});

it('things have keys of their own where one text alone is drawn: of a pattern that says how they begin, with an example', () => {
  const id = {
    type: 'string',
    pattern: '^(tier_)',
    format: 'regex',
    example: 'tier_00000000-0000-0000-0000-000000000000',
  };
  const tier = { type: 'object', required: ['id', 'name'], properties: { id, name: text } };
  const path = { name: 'id', in: 'path', required: true, schema: id };
  const ask = client({
    '/tiers': {
      get: { responses: { 200: json({ type: 'array', items: tier }) } },
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { name: text } } } } },
        responses: { 201: json(tier) },
      },
    },
    '/tiers/{id}': { get: { parameters: [path], responses: { 200: json(tier) } } },
  });
  const keys = () => (ask('GET', '/tiers').json as unknown as JsonObject[]).map((row) => row.id);
  const before = keys();
  expect(before.length).toBeGreaterThan(3);
  const { id: made } = ask('POST', '/tiers', { name: 'mine' }).json;
  expect(keys()).toEqual([made, ...before]);
  expect(before).not.toContain(made);
});

it('a page begins behind the last row of the one before, also where a path calls that otherwise than its own key', () => {
  const office = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: text } };
  const page = { type: 'object', properties: { data: { type: 'array', items: office }, next: text } };
  const query = [
    { name: 'cursor', in: 'query', schema: text },
    { name: 'page_size', in: 'query', schema: { type: 'integer' } },
  ];
  const path = { name: 'id', in: 'path', required: true, schema: text };
  const ask = client({
    '/offices': { get: { parameters: query, responses: { 200: json(page) } } },
    '/offices/{id}': {
      parameters: [path],
      get: { responses: { 200: json(office) } },
      put: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { name: text } } } } },
        responses: { 204: { description: 'd' } },
      },
    },
  });
  for (const name of ['one', 'two']) ask('PUT', `/offices/${name}`, { name } as never);
  const first = ask('GET', '/offices?page_size=2').json as { data: JsonObject[]; next: string };
  const { next } = first;
  const second = ask(
    'GET',
    next.includes('/') ? next.replace(/^https?:\/\/[^/]*/, '') : `/offices?page_size=2&cursor=${next}`,
  ).json as { data: JsonObject[] };
  const ids = [...first.data, ...second.data].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('an example of rows whose keys can be none is shown with others, by which each is read', () => {
  const id = { type: 'string', format: 'uuid' };
  const text = { type: 'string' };
  const Project = { type: 'object', properties: { id, name: text } };
  const answered = (schema: JsonObject, example?: JsonObject[]) => ({
    200: { description: 'OK', content: { 'application/json': { schema, ...(example && { example }) } } },
  });
  const shown = [
    { id: 'project-1', name: 'One' },
    { id: 'project-2', name: 'Two' },
  ];
  const ask = client({
    '/projects': { get: { responses: answered({ type: 'array', items: Project }, shown) } },
    '/projects/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
      get: { responses: answered(Project) },
    },
  });
  const read = (target: string) => ask('GET', target).json;
  const rows = read('/projects') as unknown as JsonObject[];
  expect(rows).toHaveLength(25);
  expect(rows).toMatchObject([{ name: 'One' }, { name: 'Two' }, ...rows.slice(2)]);
  for (const row of rows.slice(0, 3)) expect(read(`/projects/${row.id}`)).toEqual(row);
});
