import { expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { createMock, State } from './index.js';

const written = `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /users:
    get:
      parameters: [{ name: kind, in: query, schema: { type: integer, enum: [9007199254740993] } }]
      responses:
        200:
          description: d
          headers: { X-Id: { schema: { const: 123456789012345678 } } }
          content: { application/json: { schema: { type: integer }, example: 175928847299117063 } }
        422: { description: d }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses: { 201: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }, 422: { description: d } }
  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } } }
components:
  schemas:
    User: { type: object, required: [id], properties: { id: { type: integer }, at: { type: integer, maximum: 9223372036854775807 } } }
`;
const asJson = JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} }).replace(
  '"paths":{}',
  '"paths":{"/users":{"get":{"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"integer","enum":[9007199254740995]}}}}}}}}',
);

function client(text: string) {
  const mock = createMock({ operations: createOperations(documentFromText(text, { name: 'd.yaml' })) });
  let state = State.empty;
  return (method: string, target: string, sent?: string) => {
    const body = sent === undefined ? null : new TextEncoder().encode(sent);
    const headers: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
    const answer = mock.answer({ method, target, headers, body }, {}, state);
    state = answer.next?.state ?? state;
    return answer;
  };
}

it('shows the digits that a document has', () => {
  const answer = client(written)('GET', '/users');
  expect(answer.body).toBe('175928847299117063');
  expect(answer.headers['X-Id']).toBe('123456789012345678');
  expect(client(asJson)('GET', '/users').body).toBe('9007199254740995');
});

it('takes no other integer for the one that is declared', () => {
  const ask = client(written);
  const statuses = [9007199254740993n, 9007199254740992n, 9007199254740994n].map(
    (kind) => ask('GET', `/users?kind=${kind}`).status,
  );
  expect(statuses).toEqual([200, 422, 422]);
  const ends = ['9223372036854775807', '9223372036854775808'].map(
    (at) => ask('POST', '/users', `{"id":1,"at":${at}}`).status,
  );
  expect(ends).toEqual([201, 422]);
  expect(String(ask('POST', '/users', '{"id":1,"at":9223372036854775808}').body)).toContain(
    '9223372036854775807 or less',
  );
});

it('keeps apart rows whose keys are next to each other', () => {
  const ask = client(written);
  for (const key of ['81064793292668927', '81064793292668928', '81064793292668929'])
    ask('POST', '/users', `{"id":${key},"at":${key.slice(1)}0}`);
  for (const key of ['81064793292668928', '81064793292668927', '81064793292668929'])
    expect(ask('GET', `/users/${key}`).body).toBe(`{"id":${key},"at":${key.slice(1)}0}`);
});
