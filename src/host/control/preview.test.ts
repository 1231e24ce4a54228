import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { draftRequest } from '../draft.js';
import type { CaseKeeper } from './cases.js';
import { createControl, createControlApi } from './index.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: Boats, version: '1' }
security: [{ key: [] }]
paths:
  /boats:
    get:
      operationId: listBoats
      parameters:
        - { name: kind, in: query, schema: { enum: [sail, row] } }
      responses:
        '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Boat' } } } } }
    post:
      operationId: addBoat
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } }
  /boats/{boatId}:
    parameters: [{ name: boatId, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      operationId: getBoat
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Boat:
      type: object
      required: [id, name]
      properties: { id: { type: integer, minimum: 1 }, name: { type: string, minLength: 1 }, kind: { enum: [sail, row] } }
`,
    { name: 'boats.yaml' },
  ),
);
const description = createOperations(
  documentFromText(readFileSync(new URL('../../../spec/counterproof-control.yaml', import.meta.url), 'utf8'), {
    name: 'control.yaml',
  }),
);

function create({ apiKey, cases }: { apiKey?: string; cases?: CaseKeeper } = {}) {
  const mock = createMock({ operations, unknownIds: '404', ...(apiKey !== undefined && { apiKey }) });
  const control = createControl({ mock: () => mock });
  const handle = createControlApi({
    control,
    description,
    basePath: '/api',
    version: '1',
    files: async () => [],
    drafts: async () => ({ draft: draftRequest, apiKey }),
    cases,
  });
  async function api(method: string, target: string, body?: unknown) {
    const answer = await handle({
      method,
      target: `/api${target}`,
      headers: { host: 'localhost', ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)),
    });
    const { status } = answer;
    return { status, body: answer.body === '' ? null : JSON.parse(Buffer.from(answer.body).toString()) };
  }
  const preview = async (id: string, wish = {}) => (await api('POST', `/operations/${id}/preview`, wish)).body;
  const ask = (target: string, method = 'GET') =>
    control.answer({ method, target, headers: { host: 'localhost', 'x-key': 'k' }, body: null });
  return { api, preview, ask, control };
}

describe('the preview of an answer', () => {
  test('is what the request gets that it shows, of a row that there is', async () => {
    const { preview, ask, control } = create();
    const { request, answer, parameters, needsCredential } = await preview('getBoat');
    expect(request).toMatchObject({
      method: 'GET',
      target: '/boats/1',
      headers: expect.arrayContaining([['x-key', 'any']]),
    });
    expect(parameters).toMatchObject([{ in: 'path', name: 'boatId', text: '1', isSent: true }]);
    expect(needsCredential).toBe(true);
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(ask(request.target).body);
    // Nothing was recorded of it, and nothing is kept of what it would have done.
    expect(control.sessions.get().journal.last).toBe(1);
    const posted = await preview('addBoat');
    expect(posted.answer.status).toBe(201);
    expect(control.state().collections).toEqual([]);
  });

  test('says each part of the request otherwise, also such that the document refuses it', async () => {
    const { preview } = create();
    const kind = (text: string) => preview('listBoats', { parameters: [{ in: 'query', name: 'kind', text }] });
    expect((await kind('row')).request.target).toBe('/boats?kind=row');
    const wrong = await kind('submarine');
    expect(wrong.answer).toMatchObject({ status: 422, violations: [{ in: 'query', pointer: '/kind' }] });
    expect((await preview('getBoat', { parameters: [] })).problem).toMatch(
      /parameter of \/boats\/\{boatId\} is missing/,
    );
    const body = await preview('addBoat', { body: '{"id": 0}' });
    expect(body.request).toMatchObject({ body: '{"id": 0}' });
    expect(body.answer.status).toBe(422);
  });

  test('of what is tried says what is wrong with it, and counts nothing', async () => {
    const { preview, api, ask } = create();
    await api('PUT', '/operations/getBoat/active', { status: 503, times: 1 });
    expect((await preview('getBoat')).answer.status).toBe(503);
    expect((await preview('getBoat')).answer.status).toBe(503);
    expect((await preview('getBoat', { active: { status: 404 } })).answer.status).toBe(404);
    expect((await preview('getBoat', { active: { body: { id: 'x' } } })).refused).toMatch(/\/id must be an integer/);
    expect(ask('/boats/1').status).toBe(503);
    expect((await preview('getBoat')).answer.status).toBe(200);
  });

  test('is that of a client that has the key, which is not shown', async () => {
    const { preview } = create({ apiKey: 'sesame' });
    const { request, answer, knowsKey } = await preview('listBoats');
    expect([answer.status, knowsKey]).toEqual([200, true]);
    expect(JSON.stringify(request)).not.toContain('sesame');
    expect((await preview('listBoats', { credential: 'wrong' })).answer.status).toBe(401);
  });
});

describe('what is active', () => {
  test('is taken and brought back as a whole, or not at all', async () => {
    const { api, ask } = create();
    const put = (active: object) => api('PUT', '/active', { active });
    expect((await put({ getBoat: { status: 500 }, 'GET /boats': { body: [] } })).status).toBe(204);
    const { body: before } = await api('GET', '/active');
    expect(before).toEqual({ active: { getBoat: { status: 500 }, listBoats: { body: [] } } });
    await put({});
    expect([ask('/boats/1').status, (await api('GET', '/active')).body]).toEqual([200, { active: {} }]);
    expect((await put({ getBoat: { status: 500 }, listBoat: { status: 500 } })).body.detail).toMatch(/listBoats/);
    expect(ask('/boats/1').status).toBe(200);
    await put(before.active);
    expect(ask('/boats/1').status).toBe(500);
  });
});

describe('one exchange', () => {
  test('is shown whole, with what its request has', async () => {
    const { api, ask } = create();
    ask('/boats/1?kind=row');
    expect((await api('GET', '/journal/1')).body).toMatchObject({
      mediaType: 'application/json',
      when: { path: { boatId: 1 } },
    });
    expect((await api('GET', '/journal/2')).status).toBe(404);
  });
});

describe('coverage', () => {
  test('grows with requests, and begins anew when the journal is cleared', async () => {
    const { api, ask } = create();
    ask('/boats?kind=row');
    const list = async () => (await api('GET', '/coverage')).body.operations[0];
    expect(await list()).toMatchObject({
      id: 'listBoats',
      requests: 1,
      responses: [{ key: '200', isDeclared: true, times: 1 }],
      values: [{ place: 'query kind', sent: 1, missing: ['sail'] }],
    });
    ask('/boats?kind=sail');
    ask('/boats?kind=none');
    expect(await list()).toMatchObject({ requests: 3, responses: [{ times: 2 }, { key: '422', isDeclared: false }] });
    await api('DELETE', '/journal');
    expect(await list()).toMatchObject({ requests: 0, values: [{ missing: ['sail', 'row'] }] });
    expect((await api('GET', '/journal')).body).toMatchObject({ last: 3, since: 3 });
  });
});

describe('a case', () => {
  const save = (wish: object, cases?: CaseKeeper) =>
    create({ ...(cases && { cases }) }).api('POST', '/operations/getBoat/cases', wish);

  test('is YAML for a fixture file, held against the document', async () => {
    const { body } = await save({
      name: 'old',
      case: { when: { path: { boatId: 7 } }, body: { id: 7, name: '$' + '{x}' } },
      isLiteral: true,
    });
    expect(body.yaml).toMatchInlineSnapshot(`
      "operations:
        getBoat:
          cases:
            old:
              when:
                path:
                  boatId: 7
              body:
                id: 7
                name: $\${x}
      "
    `);
    const refused = await save({ name: 'old', case: { body: { id: 'x' } } });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringMatching(/integer/)]);
    expect((await save({ name: 'a b', case: {} })).body.detail).toMatch(/cannot be the name/);
  });

  test('goes into the file, keeps what stands there, and replaces nothing', async () => {
    let text =
      '# Ours.\noperations:\n  GET /boats/{boatId}:\n    cases:\n      gone: { status: 404, offContract: true }\n';
    const cases: CaseKeeper = {
      async change(write) {
        text = await write(text);
        return 'boats.fixtures.yaml';
      },
    };
    expect((await save({ name: 'named', case: {}, save: true }, cases)).body.file).toBe('boats.fixtures.yaml');
    expect((await save({ name: 'seven', case: { when: { path: { boatId: 7 } } }, save: true }, cases)).status).toBe(
      200,
    );
    expect(text).toMatchInlineSnapshot(`
      "# Ours.
      operations:
        GET /boats/{boatId}:
          cases:
            seven:
              when:
                path:
                  boatId: 7
            gone: { status: 404, offContract: true }
            named: {}
      "
    `);
    const again = await save({ name: 'gone', case: {}, save: true }, cases);
    expect(again.body).toMatchObject({ file: null, reason: 'There is a case "gone" already' });
  });
});
