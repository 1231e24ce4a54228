import { expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createOperations, type HttpRequest } from '../operation/index.js';
import { createMock, type State } from './index.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: Users, version: '1' }
paths:
  /users:
    get:
      operationId: listUsers
      parameters: [{ name: role, in: query, schema: { type: string } }, { name: age, in: query, schema: { type: integer } }]
      responses: { 200: { description: all, content: { application/json: { schema: { type: object, required: [data], properties: { data: { type: array, items: { $ref: '#/components/schemas/User' } } } } } } } }
    post:
      operationId: createUser
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string }, address: { type: object, properties: { city: { type: string }, zip: { type: string } } } } } } } }
      responses:
        201: { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
        409: { description: taken, content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } }
  /users/{id}:
    get:
      operationId: getUser
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        200: { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
        404: { description: none, content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } }
components:
  schemas:
    User: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string, maxLength: 20 }, state: { enum: [invited, active] } } }
`,
    { name: 'users.yaml' },
  ),
);

function mockWith(text: string) {
  const fixtures = fixturesFromText(`operations:\n${text}`, 'users.fixtures.yaml', operations);
  const mock = createMock({ operations, fixtures });
  let state: State | undefined;
  return (method: string, target: string, body?: unknown, headers: HttpRequest['headers'] = {}) => {
    const bytes = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body));
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = mock.answer({ method, target, headers: { ...type, ...headers }, body: bytes }, undefined, state);
    state = answer.next?.state ?? state;
    const text = answer.body as string;
    return { ...answer, json: text.startsWith('{') ? JSON.parse(text) : text };
  };
}

it('is for requests that have what is said, and whatever else', () => {
  const ask = mockWith(`  listUsers:
    cases:
      - { when: { query: { role: admin, age: 7 } }, body: { data: [] }, headers: { X-Case: both } }
      - { when: { query: { role: null }, header: { X-Tenant: acme }, cookie: { mode: dark } }, headers: { X-Case: no role } }
      - { when: { query: { age: '8' } }, headers: { X-Case: a text } }
  createUser:
    cases:
      city: { when: { body: { address: { city: Rome } } }, status: 409, body: { message: full } }
`);
  const caseOf = (target: string, headers: HttpRequest['headers'] = {}) =>
    ask('GET', target, undefined, headers).headers['X-Case'];
  expect(caseOf('/users?age=7&role=admin&page=2')).toBe('both');
  expect(caseOf('/users?role=admin')).toBeUndefined();
  expect(caseOf('/users', { 'x-tenant': 'acme', cookie: 'a=b; mode=dark' })).toBe('no role');
  expect(caseOf('/users?role=admin', { 'x-tenant': 'acme', cookie: 'mode=dark' })).toBeUndefined();
  expect(caseOf('/users?age=8')).toBe('a text');
  expect(ask('POST', '/users', { name: 'Ann', address: { city: 'Rome', zip: '1' } }).status).toBe(409);
  expect(ask('POST', '/users', { name: 'Ann', address: { zip: '1' } }).status).toBe(201);
});

it('may have neither a name nor a condition: then it is for every request', () => {
  const ask = mockWith('  getUser: { cases: [{ delay: 300 }] }');
  expect(ask('GET', '/users/3')).toMatchObject({ status: 200, delay: 300, source: 'case', name: 'case-1' });
});

it('says of the request what it had, with its type where nothing else stands there', () => {
  const ask = mockWith(`  getUser:
    cases:
      - { body: { id: '\${path.id}', name: 'User \${path.id} of \${query.team}\${query.none}', nickname: '\${query.none}', raw: '$\${path.id} \${HOME}' }, headers: { X-Id: 'u\${path.id}' } }
  createUser:
    cases:
      - { body: { id: 1, name: '\${body.name}', address: '\${body.address}', city: '\${body.address.city}', tenant: '\${header.X-Tenant}' } }
`);
  const answer = ask('GET', '/users/12?team=red');
  expect(answer.json).toEqual({ id: 12, name: 'User 12 of red', raw: ['$', '{path.id} $', '{HOME}'].join('') });
  expect(answer.headers['X-Id']).toBe('u12');
  const address = { city: 'Rome', zip: '1' };
  expect(ask('POST', '/users', { name: 'Ann', address }, { 'x-tenant': 'acme' }).json).toEqual({
    id: 1,
    name: 'Ann',
    address,
    city: 'Rome',
    tenant: 'acme',
  });
});

it('is a 500 that says what is wrong where what the request had does not fit', () => {
  const ask = mockWith(`  createUser:
    cases: [{ when: { body: { address: {} } }, offContract: true, body: { id: 1, name: '\${body.name}' } }, { body: { id: 1, name: '\${body.name}' } }]
`);
  const name = 'A name of more than twenty characters';
  expect(ask('POST', '/users', { name })).toMatchObject({
    status: 500,
    json: {
      detail:
        'The case "case-2": The body does not fit the 201 of POST /users: /name must have at most 20 characters (offContract: true answers so all the same)',
    },
  });
  expect(ask('POST', '/users', { name, address: {} })).toMatchObject({ status: 201, json: { id: 1, name } });
});

it('merges into what would be answered, of rows too', () => {
  const ask = mockWith(`  getUser:
    cases:
      - { when: { path: { id: 1 } }, merge: { state: invited, nickname: 'No. \${path.id}' } }
      - { name: gone, status: 404, merge: { message: none } }
  createUser:
    cases: [{ merge: { state: active } }]
`);
  const plain = createMock({ operations }).answer({ method: 'GET', target: '/users/1', headers: {}, body: null });
  expect(ask('GET', '/users/1').json).toEqual({
    ...JSON.parse(plain.body as string),
    state: 'invited',
    nickname: 'No. 1',
  });
  expect(ask('GET', '/users/1', undefined, { prefer: 'example=gone' })).toMatchObject({
    status: 404,
    json: { message: 'none' },
  });
  const created = ask('POST', '/users', { name: 'Ann' });
  expect(created).toMatchObject({ status: 201, source: 'case', json: { name: 'Ann', state: 'active' } });
  const { id } = created.json;
  expect(ask('GET', `/users/${id}`).json.name).toBe('Ann');
});

it('answers one thing after the other, in each session, and again after a reset', () => {
  const text = `  getUser:
    cases:
      job:
        when: { path: { id: 5 } }
        status: 404
        times: 2
        then:
          - { merge: { state: invited } }
          - { merge: { state: active }, times: 1 }
`;
  const ask = mockWith(text);
  const seen = Array.from({ length: 5 }, () => ask('GET', '/users/5')).map(({ status, json }) => json.state ?? status);
  expect(seen.slice(0, 4)).toEqual([404, 404, 'invited', 'active']);
  const other = mockWith(text);
  expect(other('GET', '/users/6').status).toBe(200);
  expect(other('GET', '/users/5').status).toBe(404);
  // Behind the last it is as if there were no case.
  expect(ask('GET', '/users/5')).toMatchObject({ status: 200, source: 'fake' });
  // Who asks for it by name gets its last step.
  expect(ask('GET', '/users/5', undefined, { prefer: 'example=job' }).json.state).toBe('active');
});

it('makes a list with as many items as are asked for', () => {
  const ask = mockWith(
    '  listUsers: { cases: [{ when: { query: { role: many } }, items: 50 }, { when: { query: { role: none } }, items: 0 }] }',
  );
  expect(ask('GET', '/users?role=many').json.data).toHaveLength(50);
  expect(ask('GET', '/users?role=none').json).toEqual({ data: [] });
});

it('draws its delay from a range, the same for the same request', () => {
  const ask = mockWith('  getUser: { cases: [{ delay: 300ms..2s }] }');
  const delays = Array.from({ length: 20 }, (_, id) => ask('GET', `/users/${id}`).delay);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(300);
  expect(Math.max(...delays)).toBeLessThanOrEqual(2000);
  expect(new Set(delays).size).toBeGreaterThan(10);
  expect(ask('GET', '/users/7').delay).toBe(delays[7]);
});
