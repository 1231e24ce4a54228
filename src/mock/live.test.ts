import { describe, expect, it } from 'vitest';
import { documentFromObject, documentFromText } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { checkResponse, createOperations, type HttpRequest } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { createMock, type MockOptions, State } from './index.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: Library, version: '1' }
paths:
  /authors:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 20, default: 5 } }
        - { name: page, in: query, schema: { type: integer, minimum: 1 } }
        - { name: sort, in: query, schema: { type: string } }
        - { name: country, in: query, schema: { $ref: '#/components/schemas/Country' } }
        - { name: q, in: query, schema: { type: string } }
      responses:
        '200':
          description: a page
          headers:
            X-Total-Count: { schema: { type: integer } }
            Link: { schema: { type: string } }
          content:
            application/json:
              schema:
                type: object
                required: [data, meta]
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Author' } }
                  meta:
                    type: object
                    required: [total, page]
                    properties:
                      total: { type: integer }
                      page: { type: integer }
                      total_pages: { type: integer }
                      has_more: { type: boolean }
    post:
      parameters: [{ name: Idempotency-Key, in: header, schema: { type: string } }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewAuthor' } } }
      responses:
        '201':
          description: made
          headers: { Location: { schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } }
        '409': { description: the e-mail is taken }
  /authors/{authorId}:
    parameters: [{ name: authorId, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      responses:
        '200':
          description: one
          headers: { ETag: { schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } }
        '410': { description: gone }
    put:
      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewAuthor' } } }
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } } }
        '412': { description: somebody was faster }
    patch:
      requestBody:
        content:
          application/merge-patch+json: { schema: { type: object } }
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } } }
    delete:
      responses: { '204': { description: gone } }
  /authors/{authorId}/books:
    parameters: [{ name: authorId, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      responses:
        '200':
          description: all
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Book' } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
  /authors/{authorId}/books/{isbn}:
    parameters:
      - { name: authorId, in: path, required: true, schema: { type: string } }
      - { name: isbn, in: path, required: true, schema: { type: string, pattern: '^97[89][0-9]{10}$' } }
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
    patch:
      requestBody: { content: { application/json-patch+json: { schema: { type: array, items: { type: object } } } } }
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
    delete:
      responses: { '204': { description: gone } }
  /login:
    post:
      requestBody:
        content: { application/json: { schema: { type: object, properties: { user: { type: string } } } } }
      responses:
        '200':
          description: in
          content:
            application/json:
              schema:
                type: object
                required: [user, token]
                properties: { user: { type: string }, token: { type: string } }
components:
  schemas:
    Country: { enum: [FR, DE, JP] }
    NewAuthor:
      type: object
      required: [name]
      properties:
        name: { type: string }
        email: { type: string, format: email }
        country: { $ref: '#/components/schemas/Country' }
        prizes: { type: integer, minimum: 0, default: 0 }
    Author:
      allOf:
        - $ref: '#/components/schemas/NewAuthor'
        - type: object
          required: [id, created_at, updated_at, email, country]
          properties:
            id: { type: string, format: uuid, readOnly: true }
            created_at: { type: string, format: date-time, readOnly: true }
            updated_at: { type: string, format: date-time, readOnly: true }
    Book:
      type: object
      required: [isbn, title, authorId]
      properties:
        isbn: { type: string, pattern: '^97[89][0-9]{10}$' }
        title: { type: string, minLength: 1 }
        authorId: { type: string, format: uuid, readOnly: true }
`,
    { name: 'library.yaml' },
  ),
);

interface Row {
  readonly [member: string]: Json;
}

/** A client with a state of its own; every answer is one that the document allows. */
function client(options: Partial<MockOptions> = {}) {
  const mock = createMock({ operations, ...options });
  let state = State.empty;
  function ask(method: string, target: string, body?: Json, headers: HttpRequest['headers'] = {}) {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = mock.answer(
      {
        method,
        target,
        headers: { ...(body !== undefined && { 'content-type': type }), ...headers },
        body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)),
      },
      undefined,
      state,
    );
    state = answer.next?.state ?? state;
    const match = operations.match(method, target);
    const operation = operations.compile(match.kind === 'operation' ? match.entry : expect.fail(target));
    const bytes = answer.body.length === 0 ? null : new TextEncoder().encode(String(answer.body));
    const fields = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const violations = checkResponse(operation, { status: answer.status, headers: fields, body: bytes });
    if (answer.status < 400) expect(violations).toEqual([]);
    const json = bytes === null ? undefined : JSON.parse(String(answer.body));
    return { status: answer.status, headers: answer.headers, json, says: String(answer.headers.Counterproof) };
  }
  return { ask, mock, state: () => state, restore: (other: State) => (state = other) };
}

const authors = (ask: ReturnType<typeof client>['ask'], query = '') => {
  const { json } = ask('GET', `/authors${query}`);
  return json as { data: Row[]; meta: { total: number; page: number; total_pages?: number; has_more?: boolean } };
};

describe('rows', () => {
  it('are the same in a list, on every page, and by themselves', () => {
    const { ask } = client();
    const all = authors(ask, '?limit=20');
    expect(all.data).toHaveLength(20);
    expect(new Set(all.data.map(({ id }) => id)).size).toBe(20);
    const pages = [1, 2, 3, 4].flatMap((page) => authors(ask, `?page=${page}`).data);
    expect(pages).toEqual(all.data);
    for (const row of all.data.slice(0, 3)) expect(ask('GET', `/authors/${row.id}`).json).toEqual(row);
  });

  it('exist for every id, except where only those that are listed shall', () => {
    const id = '7f3f8b1e-0c50-4a8e-9c2c-0f8bfa3b9d11';
    const { ask } = client();
    expect(ask('GET', `/authors/${id}`).json).toMatchObject({ id });
    expect(authors(ask, '?limit=20').data.map((row) => row.id)).not.toContain(id);
    const closed = client({ unknownIds: '404' });
    expect(closed.ask('GET', `/authors/${id}`).status).toBe(404);
    expect(closed.ask('GET', `/authors/${id}/books`).status).toBe(404);
    expect(closed.ask('GET', `/authors/${authors(closed.ask).data[0]?.id}`).status).toBe(200);
  });

  it('have keys that the path takes, and name what they are nested under', () => {
    const { ask } = client();
    const [author] = authors(ask).data;
    const books = ask('GET', `/authors/${author?.id}/books`).json as Row[];
    expect(books).toHaveLength(25);
    expect(books.every(({ authorId }) => authorId === author?.id)).toBe(true);
    expect(ask('GET', `/authors/${author?.id}/books/${books[3]?.isbn}`).json).toEqual(books[3]);
  });

  it('agree with themselves', () => {
    for (const { name, email, created_at, updated_at } of authors(client().ask, '?limit=20').data) {
      expect(String(created_at) <= String(updated_at)).toBe(true);
      const [first] = String(name)
        .toLowerCase()
        .replace(/^(mr|mrs|ms|miss|dr)\. /, '')
        .split(/[^a-z]+/);
      expect(String(email)).toContain(first);
    }
  });

  it('begin with those of the fixtures, which say how many there are', () => {
    const fixtures = fixturesFromText(
      `resources:
  authors:
    rows: 4
    data:
      - { id: 7f3f8b1e-0c50-4a8e-9c2c-0f8bfa3b9d11, name: Ann Own, email: own@example.com, country: JP, created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-02T00:00:00Z' }
`,
      'fixtures.yaml',
      operations,
    );
    const { ask } = client({ fixtures });
    const { data, meta } = authors(ask);
    expect(meta.total).toBe(4);
    expect(data[0]).toMatchObject({ name: 'Ann Own', email: 'own@example.com', country: 'JP' });
    expect(ask('GET', `/authors/${data[0]?.id}`).json).toEqual(data[0]);
  });

  it('are as many as are wanted', () => {
    expect(authors(client({ rows: 3 }).ask).meta.total).toBe(3);
    expect(authors(client({ rows: 0 }).ask).data).toEqual([]);
  });
});

describe('a list', () => {
  it('is filtered, searched, sorted, and says how many there are', () => {
    const { ask } = client();
    const french = authors(ask, '?country=FR&limit=20');
    expect(french.data.length).toBeGreaterThan(0);
    expect(french.data.every(({ country }) => country === 'FR')).toBe(true);
    expect(french.meta.total).toBe(french.data.length);
    const names = authors(ask, '?sort=-name&limit=20').data.map(({ name }) => String(name));
    expect(names).toEqual(names.toSorted().reverse());
    const [one] = authors(ask).data;
    expect(authors(ask, `?q=${encodeURIComponent(String(one?.email))}`).data).toEqual([one]);
    expect(authors(ask, '?q=nobody-is-called-so').meta.total).toBe(0);
  });

  it('says where it is, in members and in headers', () => {
    const { ask } = client();
    const { json, headers } = ask('GET', '/authors?page=2&limit=10');
    expect(json.meta).toMatchObject({ total: 25, page: 2 });
    expect(headers).toMatchObject({
      'X-Total-Count': '25',
      Link: '</authors?limit=10&page=3>; rel="next", </authors?limit=10&page=3>; rel="last", </authors?limit=10&page=1>; rel="first", </authors?limit=10&page=1>; rel="prev"',
    });
    expect(authors(ask, '?page=3&limit=10').data).toHaveLength(5);
    expect(authors(ask, '?page=4&limit=10').data).toEqual([]);
  });
});

describe('what a request changes', () => {
  it('is there from the next one on: created, changed, replaced, deleted', () => {
    const { ask } = client();
    const created = ask('POST', '/authors', { name: 'Ann Page', email: 'ann@example.com', country: 'DE' });
    expect(created).toMatchObject({ status: 201, json: { name: 'Ann Page', email: 'ann@example.com', prizes: 0 } });
    const place = String(created.headers.Location);
    expect(place).toBe(`/authors/${created.json.id}`);
    expect(ask('GET', place).json).toEqual(created.json);
    expect(authors(ask).data[0]).toEqual(created.json);
    expect(authors(ask).meta.total).toBe(26);
    expect(created.json.created_at).toBe(created.json.updated_at);

    const changed = ask('PATCH', place, { prizes: 2 });
    expect(changed.json).toMatchObject({ ...created.json, prizes: 2, updated_at: expect.any(String) });
    expect(changed.json.updated_at > created.json.updated_at).toBe(true);
    expect(ask('PUT', place, { name: 'Anne Page' }).json).toMatchObject({
      id: created.json.id,
      name: 'Anne Page',
      prizes: 0,
      created_at: created.json.created_at,
    });
    expect(ask('DELETE', place).status).toBe(204);
    expect(ask('GET', place).status).toBe(410);
    expect(ask('DELETE', place).status).toBe(404);
    expect(ask('GET', `${place}/books`).status).toBe(404);
    expect(authors(ask).meta.total).toBe(25);
  });

  it('has a key of its own where the document says that only the server sets it', () => {
    const row =
      '{ type: object, required: [id], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }';
    const answer = `{ description: x, content: { application/json: { schema: ${row} } } }`;
    const paths = `
  /things:
    get: { responses: { '200': { description: x, content: { application/json: { schema: { type: array, items: ${row} } } } } } }
    post: { requestBody: { content: { application/json: { schema: ${row} } } }, responses: { '201': ${answer} } }
  /things/{thingId}:
    parameters: [{ name: thingId, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': ${answer} } }`;
    const text = `openapi: 3.1.0\ninfo: { title: Things, version: '1' }\npaths:${paths}`;
    const mock = createMock({ operations: createOperations(documentFromText(text, { name: 'things' })) });
    const body = new TextEncoder().encode(JSON.stringify({ id: 7_777, name: 'mine' }));
    const headers = { 'content-type': 'application/json' };
    const made = JSON.parse(String(mock.answer({ method: 'POST', target: '/things', headers, body }).body));
    expect(made.name).toBe('mine');
    expect(made.id).not.toBe(7_777);
  });

  it('belongs to what it is nested under', () => {
    const { ask } = client();
    const [one, other] = authors(ask).data;
    const book = { isbn: '9781234567897', title: 'Counterproofs' };
    expect(ask('POST', `/authors/${one?.id}/books`, book).json).toEqual({ ...book, authorId: one?.id });
    expect(ask('GET', `/authors/${one?.id}/books`).json).toHaveLength(26);
    expect(ask('GET', `/authors/${other?.id}/books`).json).toHaveLength(25);
  });

  it('leaves what only the server sets', () => {
    const { ask } = client();
    const [one] = authors(ask).data;
    const sent = { id: '7f3f8b1e-0c50-4a8e-9c2c-0f8bfa3b9d11', created_at: '2001-02-03T04:05:06Z', name: 'Z' };
    const { id, created_at } = one as Row;
    expect(ask('PATCH', `/authors/${id}`, sent).json).toMatchObject({ id, created_at, name: 'Z' });
    expect(ask('GET', `/authors/${id}`).json).toMatchObject({ id, created_at, name: 'Z' });
  });

  it('happens once, however often it is sent with one Idempotency-Key', () => {
    const { ask } = client();
    const add = (key: string) =>
      ask('POST', '/authors', { name: 'X', email: `${key}@x.org` }, { 'idempotency-key': key });
    const first = add('a');
    expect(add('a')).toMatchObject({ status: 201, json: first.json });
    expect(add('b').json).not.toEqual(first.json);
    expect(authors(ask).meta.total).toBe(27);
  });

  it('does not happen where another one has what is unique, or somebody was faster', () => {
    const { ask } = client();
    const [one, other] = authors(ask).data;
    expect(ask('POST', '/authors', { name: 'X', email: one?.email as Json }).status).toBe(409);
    expect(ask('DELETE', `/authors/${one?.id}`).status).toBe(204);
    expect(ask('POST', '/authors', { name: 'X', email: one?.email as Json }).status).toBe(201);
    const place = `/authors/${other?.id}`;
    const { headers } = ask('GET', place);
    expect(ask('PUT', place, { name: 'Y' }, { 'if-match': '"another"' }).status).toBe(412);
    expect(ask('PUT', place, { name: 'Y' }, { 'if-match': String(headers.ETag) }).status).toBe(200);
    expect(ask('PUT', place, { name: 'Z' }, { 'if-match': String(headers.ETag) }).status).toBe(412);
  });

  it('follows a JSON Patch, and one that is valid by the document and cannot be followed changes nothing', () => {
    const { ask } = client();
    const [author] = authors(ask).data;
    const [book] = ask('GET', `/authors/${author?.id}/books`).json as Row[];
    const target = `/authors/${author?.id}/books/${book?.isbn}`;
    const patch = (path: string) =>
      ask('PATCH', target, [{ op: 'replace', path, value: 'Emma' }], { 'content-type': 'application/json-patch+json' });
    expect(patch('/title')).toMatchObject({ status: 200, json: { ...book, title: 'Emma' } });
    expect(ask('GET', target).json).toMatchObject({ title: 'Emma' });
    expect(patch('/nowhere/at/all')).toMatchObject({ status: 200, says: expect.stringContaining('state=skipped') });
    expect(ask('GET', target).json).toMatchObject({ title: 'Emma' });
  });

  it.each([
    [['application/json-patch+json', 'application/merge-patch+json']],
    [['application/merge-patch+json', 'application/json-patch+json']],
  ])('follows a patch by what is sent, where %j may be', (mediaTypes) => {
    const note = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, text: { type: ['string', 'null'] } },
    };
    const schemas = {
      'application/json-patch+json': { type: 'array', items: { type: 'object' } },
      'application/merge-patch+json': note,
    };
    const shown = { 200: { description: 'd', content: { 'application/json': { schema: note } } } };
    const content = Object.fromEntries(
      mediaTypes.map((type) => [type, { schema: { ...schemas[type as keyof typeof schemas], required: [] } }]),
    );
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
    const paths = {
      '/notes/{id}': {
        parameters: [id],
        get: { responses: shown },
        patch: { requestBody: { content }, responses: shown },
      },
    };
    const document = documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as never);
    const mock = createMock({ operations: createOperations(document) });
    let state = State.empty;
    const patch = (type: string, sent: Json) => {
      const body = new TextEncoder().encode(JSON.stringify(sent));
      const answer = mock.answer(
        { method: 'PATCH', target: '/notes/7', headers: { 'content-type': type }, body },
        {},
        state,
      );
      state = answer.next?.state ?? state;
      return JSON.parse(String(answer.body));
    };
    expect(patch('application/json-patch+json', [{ op: 'replace', path: '/text', value: 'One' }])).toMatchObject({
      text: 'One',
    });
    expect(patch('application/merge-patch+json', { text: 'Two' })).toMatchObject({ text: 'Two' });
    expect(patch('application/merge-patch+json', { text: null })).toEqual({ id: '7' });
  });

  it('is not remembered where that is not wanted', () => {
    const { ask, state } = client();
    const answer = ask('POST', '/authors', { name: 'Ann' }, { prefer: 'state=off' });
    expect(answer).toMatchObject({ status: 201, headers: { 'Preference-Applied': 'state=off' } });
    expect(state()).toBe(State.empty);
    expect(authors(ask).meta.total).toBe(25);
    const forgetful = client({ state: false });
    forgetful.ask('DELETE', `/authors/${authors(forgetful.ask).data[0]?.id}`);
    expect(authors(forgetful.ask).meta.total).toBe(25);
  });

  it('leaves the state before it as it was, and gives the same bytes again', () => {
    const { ask, state, restore } = client();
    const [one] = authors(ask).data;
    const before = state();
    const first = [
      ask('POST', '/authors', { name: 'Ann' }),
      ask('DELETE', `/authors/${one?.id}`),
      ask('GET', '/authors'),
    ];
    restore(before);
    expect(authors(ask).data[0]).toEqual(one);
    expect([
      ask('POST', '/authors', { name: 'Ann' }),
      ask('DELETE', `/authors/${one?.id}`),
      ask('GET', '/authors'),
    ]).toEqual(first);
    const copy = State.from(JSON.parse(JSON.stringify(state())));
    expect(copy).toBeInstanceOf(State);
    const after = ask('GET', '/authors');
    restore(copy as State);
    expect(ask('GET', '/authors')).toEqual(after);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(state()));
  });

  it('is none where a row is written as it stands: what was answered is answered again', () => {
    const { ask, mock, state } = client();
    const [{ authorId, isbn, title } = { authorId: '' }] = ask(
      'GET',
      `/authors/${authors(ask).data[0]?.id}/books`,
    ).json;
    const path = `/authors/${authorId}/books/${isbn}`;
    const renamed = [{ op: 'replace', path: '/title', value: `${title}, again` }];
    const rename = () => ask('PATCH', path, renamed, { 'content-type': 'application/json-patch+json' });
    const first = rename();
    const changed = state();
    expect(changed).not.toBe(State.empty);
    const read = () => mock.answer({ method: 'GET', target: path, headers: {}, body: null }, undefined, state());
    const shown = read();
    expect(rename()).toEqual(first);
    expect(state()).toBe(changed);
    expect(read()).toBe(shown);
    // A row that says when it was changed last says so each time.
    const [author] = authors(ask).data;
    const dated = () => ask('PATCH', `/authors/${author?.id}`, { name: 'Ann' }).json.updated_at;
    expect(dated()).not.toBe(dated());
  });

  it('is said in the header, and a named answer comes before it', () => {
    const { ask } = client();
    const [one] = authors(ask).data;
    expect(ask('GET', `/authors/${one?.id}`).says).toContain('source=fake');
    ask('PATCH', `/authors/${one?.id}`, { prizes: 3 });
    expect(ask('GET', `/authors/${one?.id}`).says).toContain('source=state');
    expect(ask('GET', `/authors/${one?.id}`, undefined, { prefer: 'dynamic' }).says).toContain('source=fake');
    // What no author can be is not remembered, and said so.
    const skipped = ask('PATCH', `/authors/${one?.id}`, { country: 'nowhere' });
    expect(skipped).toMatchObject({ status: 200, says: expect.stringContaining('state=skipped') });
    expect(ask('GET', `/authors/${one?.id}`).json).toMatchObject({ prizes: 3, country: one?.country });
  });
});

describe('an answer about no thing', () => {
  it('heeds what the request says', () => {
    expect(client().ask('POST', '/login', { user: 'ann' }).json).toMatchObject({ user: 'ann' });
  });
});
