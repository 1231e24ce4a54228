import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { draftRequest } from '../draft.js';
import { createControl, createControlApi } from './index.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: Owners, version: '1' }
paths:
  /owners:
    get:
      responses:
        '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Owner' } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } }
        '409': { description: taken }
  /owners/{ownerId}:
    parameters: [{ name: ownerId, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } }
    delete: { responses: { '204': { description: gone } } }
  /owners/{ownerId}/pets:
    parameters: [{ name: ownerId, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      responses:
        '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
  /settings:
    get:
      responses:
        '200': { description: them, content: { application/json: { schema: { $ref: '#/components/schemas/Settings' } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Settings' } } } }
      responses:
        '200': { description: them, content: { application/json: { schema: { $ref: '#/components/schemas/Settings' } } } }
  /version:
    get:
      responses:
        '200': { description: it, content: { application/json: { schema: { type: object, properties: { text: { type: string } } } } } }
components:
  schemas:
    Owner:
      type: object
      required: [id, email]
      properties: { id: { type: integer, minimum: 1, readOnly: true }, email: { type: string, format: email } }
    Pet:
      type: object
      required: [name]
      properties: { name: { type: string, minLength: 1 } }
    Settings:
      type: object
      required: [theme]
      properties: { theme: { enum: [light, dark] } }
`,
    { name: 'owners.yaml' },
  ),
);
const description = createOperations(
  documentFromText(readFileSync(new URL('../../../spec/counterproof-control.yaml', import.meta.url), 'utf8'), {
    name: 'control.yaml',
  }),
);

function create() {
  const mock = createMock({ operations });
  const control = createControl({ mock: () => mock });
  const handle = createControlApi({
    control,
    description,
    basePath: '/api',
    version: '1',
    files: async () => [],
    drafts: async () => ({ draft: draftRequest }),
  });
  /** @returns status and body of what the API answers */
  async function api(method: string, target: string, row?: unknown) {
    const answer = await handle({
      method,
      target: `/api/collections${target}`,
      headers: { host: 'localhost', ...(row !== undefined && { 'content-type': 'application/json' }) },
      body: row === undefined ? null : new TextEncoder().encode(JSON.stringify({ row })),
    });
    return { status: answer.status, body: answer.body === '' ? null : JSON.parse(Buffer.from(answer.body).toString()) };
  }
  /** What a client of the mock is answered. */
  function ask(method: string, target: string, body?: unknown) {
    const answer = control.answer({
      method,
      target,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)),
    });
    return { status: answer.status, body: answer.body.length === 0 ? null : JSON.parse(String(answer.body)) };
  }
  return { control, api, ask };
}

describe('rows by hand', () => {
  test('are those of the answers, collection by collection and page by page', async () => {
    const { api, ask } = create();
    const { body } = await api('GET', '');
    expect(body.collections.map(({ name, path, key }: Record<string, unknown>) => [name, path, key])).toEqual([
      ['owners', '/owners', 'id'],
      ['settings', '/settings', null],
      ['owners.pets', '/owners/{ownerId}/pets', null],
    ]);
    const listed = ask('GET', '/owners').body;
    const second = await api('GET', '/owners/rows?offset=10&limit=10');
    expect(second.body.total).toBe(25);
    expect(second.body.rows.map(({ row }: { row: unknown }) => row)).toEqual(listed.slice(10, 20));
    expect(second.body.rows[0]).toEqual({ key: String(listed[10].id), row: listed[10], origin: 'base' });
    const found = await api('GET', `/owners/rows?search=${encodeURIComponent(listed[3].email.toUpperCase())}`);
    expect(found.body.rows.map(({ row }: { row: unknown }) => row)).toContainEqual(listed[3]);
  });

  test('that are added, changed and deleted are so for every request', async () => {
    const { api, ask } = create();
    const [first, second] = ask('GET', '/owners').body;
    expect(await api('PUT', `/owners/rows?key=${first.id}`, { ...first, email: 'a@b.example' })).toMatchObject({
      status: 204,
    });
    expect(ask('GET', `/owners/${first.id}`).body).toEqual({ ...first, email: 'a@b.example' });
    expect((await api('DELETE', `/owners/rows?key=${second.id}`)).status).toBe(204);
    expect(ask('GET', `/owners/${second.id}`).status).toBe(404);
    const { row } = (await api('GET', '/owners/draft')).body;
    expect(await api('POST', '/owners/rows', row)).toEqual({ status: 201, body: { key: String(row.id) } });
    expect(ask('GET', '/owners').body).toHaveLength(25);
    expect(ask('GET', '/owners').body[0]).toEqual(row);

    const { body } = await api('GET', '/owners/rows?onlyChanged=true');
    expect(body.rows).toEqual([
      { key: String(row.id), row, origin: 'added' },
      { key: String(first.id), row: { ...first, email: 'a@b.example' }, origin: 'changed', original: first },
      { key: String(second.id), row: second, origin: 'deleted' },
    ]);
    // As it was, it is as if nothing had happened.
    for (const one of [first, second]) await api('PUT', `/owners/rows?key=${one.id}`, one);
    expect((await api('GET', '/owners/rows?onlyChanged=true')).body.total).toBe(1);
  });

  test('of a nested collection are those of one parent, by default of the first', async () => {
    const { api, ask } = create();
    const [{ id }] = ask('GET', '/owners').body;
    const { body } = await api('GET', '/owners.pets/rows');
    expect(body).toMatchObject({
      collection: `owners.pets ["${id}"]`,
      under: [{ parameter: 'ownerId', resource: 'owners', key: String(id) }],
      total: 25,
    });
    const other = encodeURIComponent('owners.pets ["7"]');
    const { rows } = (await api('GET', `/${other}/rows`)).body;
    expect(rows[2]).toMatchObject({ key: '#2' });
    await api('PUT', `/${other}/rows?key=%232`, { ...rows[2].row, name: 'Rex' });
    await api('POST', `/${other}/rows`, { name: 'Tom' });
    const names = ask('GET', '/owners/7/pets').body.map(({ name }: { name: string }) => name);
    expect([names[0], names[3]]).toEqual(['Tom', 'Rex']);
    expect((await api('GET', '')).body.collections.map(({ name }: { name: string }) => name)).toContain(
      'owners.pets ["7"]',
    );
  });

  test('where there is only one is changed under the empty key', async () => {
    const { api, ask } = create();
    expect((await api('PUT', '/settings/rows?key=', { theme: 'dark' })).status).toBe(204);
    expect(ask('GET', '/settings').body).toEqual({ theme: 'dark' });
    expect((await api('PUT', '/settings/rows?key=', { theme: 'light' })).status).toBe(204);
    expect(ask('GET', '/settings').body).toEqual({ theme: 'light' });
  });

  test('are held against the document, with the place that says so', async () => {
    const { api, ask } = create();
    const { body } = await api('POST', '/settings/check', { theme: 'blue' });
    expect(body.violations).toMatchObject([
      { pointer: '/theme', keyword: 'enum', message: "must be 'light' or 'dark'", location: { line: 53 } },
    ]);
    expect((await api('POST', '/settings/check', { theme: 'dark' })).body).toEqual({ violations: [] });
    const [first, second] = ask('GET', '/owners').body;
    expect(await api('PUT', `/owners/rows?key=${first.id}`, { id: first.id })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('email') },
    });
    expect(await api('PUT', `/owners/rows?key=${first.id}`, second)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/add another row/) },
    });
    expect((await api('POST', '/owners/rows', first)).body.detail).toMatch(/There is one already with the id/);
    expect((await api('DELETE', '/owners/rows?key=999')).body.detail).toBe('owners has no row with the key "999"');
    expect((await api('GET', '/owner/rows')).body.detail).toMatch(/did you mean "owners"/);
    expect((await api('GET', '/version/rows')).status).toBe(404);
  });

  test('are told to whoever listens, as are those that requests change', async () => {
    const { control, api, ask } = create();
    const told: string[] = [];
    control.sessions.get().listen(({ kind }) => told.push(kind));
    await api('PUT', '/settings/rows?key=', { theme: 'dark' });
    ask('POST', '/owners', { email: 'c@d.example' });
    expect(told).toEqual(['state', 'state', 'exchange']);
  });
});
