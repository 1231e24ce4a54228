import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterEach, describe, expect, test } from 'vitest';
import { createFetchHost } from './fetch/index.js';
import { createHandlers } from './msw/index.js';

const document = `openapi: 3.1.0
info: { title: Users, version: '1' }
paths:
  /users:
    get:
      operationId: listUsers
      parameters: [{ name: role, in: query, schema: { enum: [admin, viewer] } }]
      responses:
        '200':
          description: all
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/User' } }
              examples: { nobody: { value: [] } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
  /users/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
components:
  schemas:
    User:
      type: object
      required: [id, name]
      properties: { id: { type: integer, readOnly: true }, name: { type: string } }
`;

describe('a mock in a test’s own program', () => {
  test('is fetched as fetch is: by an address with options, an URL, or a Request', async () => {
    const { fetch } = await createFetchHost({ document });
    const headers = { 'Content-Type': 'application/json' };
    const made = await fetch('/users', { method: 'POST', headers, body: '{"name":"Ada"}' });
    expect([made.status, await made.json()]).toEqual([201, { id: 26, name: 'Ada' }]);
    expect(await (await fetch(new URL('https://api.example/users/26'))).json()).toMatchObject({ name: 'Ada' });
    const request = new Request('http://localhost/users/26', { method: 'POST' });
    expect((await fetch(request)).status).toBe(405);
    expect((await fetch(request, { method: 'GET' })).status).toBe(200);
  });

  test('answers as it is told, by a name where only one operation has it', async () => {
    const host = await createFetchHost({ document });
    host.use('nobody');
    expect(await (await host.fetch('/users')).json()).toEqual([]);
    host.use('GET /users/{id}', { merge: { name: 'Grace' } });
    expect(await (await host.fetch('/users/3')).json()).toMatchObject({ name: 'Grace' });
    host.use('503', 'listUsers');
    expect((await host.fetch('/users')).status).toBe(503);
    host.use('offline', 'listUsers');
    await expect(host.fetch('/users')).rejects.toThrow('The connection was reset');
    host.reset();
    expect(await (await host.fetch('/users')).json()).toHaveLength(25);
    for (const alone of ['GET /users', { status: 503 }, null])
      expect(() => (host.use as (given: unknown) => void)(alone)).toThrow(`found ${JSON.stringify(alone)} alone`);
    expect(() => host.use('nobdy')).toThrow('There is no case or example "nobdy"; did you mean "nobody"?');
    expect(() => host.use('offline')).toThrow('Several operations can answer with "offline": name one of "listUsers"');
  });

  test('tells what was asked, and fails a test whose program has asked what the document does not allow', async () => {
    const host = await createFetchHost({ document });
    await host.fetch('/users?role=admin');
    host.expectNoViolations();
    host.use('GET /users', { body: [] });
    await host.fetch('/users?role=admim');
    await host.fetch('/users/1', { method: 'PUT' });
    expect(() => host.expectNoViolations()).toThrowErrorMatchingInlineSnapshot(`
      [Error: The program sent 2 requests that the document does not allow.

        GET http://localhost/users?role=admim
          query parameter "role": must be 'admin' or 'viewer', received "admim"
            see document:7:55

        PUT http://localhost/users/1
          /users/{id} has no PUT, it has GET, HEAD
            see document:19:3

      What is meant is declared with expectNoViolations([…]).]
    `);
    // Each is told once, so that it fails one test.
    host.expectNoViolations();
    await host.fetch('/users?role=admim');
    host.expectNoViolations([{ operation: 'listUsers', keyword: 'enum' }]);
    expect(host.requests('GET /users').map(({ request, response }) => [request.url, response.status])).toEqual([
      ['http://localhost/users?role=admin', 200],
      ['http://localhost/users?role=admim', 422],
      ['http://localhost/users?role=admim', 422],
    ]);
    expect(() => host.requests('GET /user')).toThrow('did you mean "GET /users"');
  });
});

describe('handlers for MSW', () => {
  const server = setupServer();
  afterEach(() => server.close());

  test('of one operation answer it alone, as it is told, whatever the others do', async () => {
    const { handlers, handlerFor, use } = await createHandlers({ document });
    server.use(
      handlerFor('GET /users', [{ body: [], times: 1 }, { status: 503 }]),
      http.get('*/users/7', () => HttpResponse.json('another handler')),
      ...handlers,
    );
    server.listen({ onUnhandledRequest: 'error' });
    use('GET /users/{id}', { merge: { name: 'Ada' } });
    const ask = async (target: string) => {
      const response = await fetch(`http://localhost${target}`);
      return [response.status, await response.json()];
    };
    expect(await ask('/users')).toEqual([200, []]);
    expect((await ask('/users'))[0]).toBe(503);
    expect(await ask('/users/7')).toEqual([200, 'another handler']);
    expect(await ask('/users/8')).toEqual([200, expect.objectContaining({ name: 'Ada' })]);
    expect(() => handlerFor('GET /users', { body: {} })).toThrow('the body must be an array');
    expect(() => handlerFor('GET /user', { status: 200 })).toThrow('did you mean "GET /users"');
  });
});

describe('handlers for MSW in an app that exists', () => {
  const ask = (path: string) => fetch(`http://localhost${path}`).then(({ status }) => status);

  test('answer under a prefix, without credentials, some operations; others go where they went', async () => {
    const locked = `${document}  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }\nsecurity: [{ key: [] }]\n`;
    const host = await createHandlers({ document: locked, prefix: '/api', auth: 'off', except: ['GET /users/{id}'] });
    const server = setupServer(
      ...host.handlers,
      http.all('*', () => new HttpResponse(null, { status: 299 })),
    );
    server.listen();
    expect(await ask('/api/users?role=admin')).toBe(200);
    expect(await ask('/api/users/1')).toBe(299);
    expect(await ask('/api/ships')).toBe(404);
    expect(await ask('/ships')).toBe(299);
    server.close();
    await expect(createHandlers({ document, only: ['lstUsers'] })).rejects.toThrow(/did you mean.*listUsers/i);
  });
});
