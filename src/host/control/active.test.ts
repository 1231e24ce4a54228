import { describe, expect, test } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { ActiveInput } from './active.js';
import { createControl } from './index.js';

const mock = createMock({
  operations: createOperations(
    documentFromText(
      `openapi: 3.1.0
info: { title: Jobs, version: '1' }
paths:
  /jobs:
    get:
      operationId: listJobs
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: all
          headers: { X-Total: { schema: { type: integer } } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Job' } }
              examples: { offline: { value: [] }, two: { value: [{ id: 1, state: done }, { id: 2, state: done }] } }
  /jobs/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } }
    delete: { responses: { '204': { description: gone } } }
components:
  schemas:
    Job:
      type: object
      required: [id, state]
      properties: { id: { type: integer }, state: { enum: [waiting, running, done] } }
`,
      { name: 'jobs.yaml' },
    ),
  ),
});

function create() {
  const control = createControl({ mock: () => mock });
  const session = control.sessions.get();
  function ask(target: string, method = 'GET', body?: unknown) {
    const bytes = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body));
    const answer = control.answer({ method, target, headers: { 'content-type': 'application/json' }, body: bytes });
    const text = String(answer.body);
    return { ...answer, json: text === '' ? null : JSON.parse(text) };
  }
  /** Why something is refused. */
  function refusal(operation: string, active: unknown): string {
    try {
      session.setActive(operation, active as ActiveInput);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  }
  return { session, ask, refusal };
}

describe('an answer of one’s own', () => {
  test('has the body and the headers that are given, in the declared form', () => {
    const { session, ask } = create();
    session.setActive('GET /jobs', {
      body: [{ id: 7, state: 'done' }],
      headers: { 'x-total': '1', 'Set-Cookie': ['a=1', 'b=2'] },
    });
    const { status, headers, json, source } = ask('/jobs');
    expect({ status, json, source }).toEqual({ status: 200, json: [{ id: 7, state: 'done' }], source: 'own' });
    expect(headers).toMatchObject({ 'x-total': '1', 'Set-Cookie': ['a=1', 'b=2'], 'Content-Type': 'application/json' });
    expect(headers['X-Total']).toBeUndefined();
    // What is wrong with a request is still said.
    expect(ask('/jobs?limit=many').status).toBe(422);
  });

  test('is merged over what would have been answered, which is remembered as ever', () => {
    const { session, ask } = create();
    const before = ask('/jobs/3').json;
    session.setActive('GET /jobs/{id}', { merge: { state: before.state === 'done' ? 'waiting' : 'done' } });
    expect(ask('/jobs/3').json).toEqual({ ...before, state: before.state === 'done' ? 'waiting' : 'done' });
    session.setActive('PATCH /jobs/{id}', { merge: { state: 'running' } });
    expect(ask('/jobs/3', 'PATCH', { state: 'done' }).json.state).toBe('running');
    session.setActive('GET /jobs/{id}', null);
    expect(ask('/jobs/3').json.state).toBe('done');
  });

  test('comes in a sequence, each so often as is said, and then the mock chooses again', () => {
    const { session, ask } = create();
    session.setActive('GET /jobs/{id}', [{ merge: { state: 'waiting' }, times: 2 }, { merge: { state: 'running' } }]);
    const states = () => [1, 2, 3, 4].map(() => ask('/jobs/5').json.state);
    expect(states()).toEqual(['waiting', 'waiting', 'running', 'running']);
    // biome-ignore lint/suspicious/noThenProperty: it is what follows, and no function
    session.setActive('listJobs', { status: 503, times: 1, then: { body: [], times: 1 } });
    // biome-ignore lint/suspicious/noThenProperty: it is what follows, and no function
    expect(session.active('listJobs')).toEqual({ status: 503, times: 1, then: [{ body: [], times: 1 }] });
    const told: string[] = [];
    session.listen(({ kind }) => told.push(kind));
    expect([ask('/jobs'), ask('/jobs'), ask('/jobs')].map(({ status, source }) => [status, source])).toEqual([
      [503, 'fake'],
      [200, 'own'],
      [200, 'fake'],
    ]);
    expect(session.active('listJobs')).toBeNull();
    expect(told).toContain('active');
  });

  test('may have any status, and the usual ones have names', () => {
    const { session, ask } = create();
    for (const [name, status] of [
      ['401', 401],
      ['404', 404],
      ['500', 500],
      ['507', 507],
    ] as const) {
      session.setActive('GET /jobs', { case: name });
      expect(ask('/jobs')).toMatchObject({ status, json: { status } });
    }
    session.setActive('GET /jobs', { status: 429 });
    expect(ask('/jobs').headers['Retry-After']).toBe('1');
    session.setActive('GET /jobs/{id}', { case: 'offline' });
    expect(ask('/jobs/1').effect).toMatchObject({ kind: 'reset' });
    session.setActive('GET /jobs/{id}', { case: 'timeout' });
    expect(ask('/jobs/1').effect).toMatchObject({ kind: 'hang' });
    // The document's own word counts.
    session.setActive('GET /jobs', { case: 'offline' });
    expect(ask('/jobs')).toMatchObject({ status: 200, json: [], name: 'offline' });
    session.setActive('DELETE /jobs/{id}', { status: 200 });
    expect(ask('/jobs/1', 'DELETE')).toMatchObject({ status: 200, json: null });
  });

  test('that the document does not allow needs offContract, and the message says what is wrong', () => {
    const { session, ask, refusal } = create();
    expect(refusal('GET /jobs', { body: [{ id: 'x', state: 'done' }, {}] })).toMatchInlineSnapshot(
      `"The body does not fit the 200 of GET /jobs: /0/id must be an integer, not a string; /1/id 'id' is required; /1/state 'state' is required (offContract: true answers so all the same)"`,
    );
    expect(refusal('DELETE /jobs/{id}', { body: {} })).toMatchInlineSnapshot(
      `"The 204 of DELETE /jobs/{id} has no body (offContract: true answers so all the same)"`,
    );
    expect(refusal('GET /jobs', { headers: { 'X-Total': 'many' } })).toMatchInlineSnapshot(
      `"The header X-Total must be an integer, not a string (offContract: true answers so all the same)"`,
    );
    expect(ask('/jobs').source).toBe('fake');
    session.setActive('GET /jobs', { body: 'nonsense', offContract: true });
    expect(ask('/jobs').json).toBe('nonsense');
  });

  test('to be merged has to fit something that would be answered: a patch that is no object is the whole answer (RFC 7396)', () => {
    const { session, ask, refusal } = create();
    expect([
      refusal('GET /jobs/{id}', { merge: 5 }),
      refusal('GET /jobs/{id}', { merge: { state: 'gone' } }),
      refusal('DELETE /jobs/{id}', { merge: {} }),
    ]).toMatchInlineSnapshot(`
      [
        "The body does not fit the 200 of GET /jobs/{id}: the body must be an object, not a number (offContract: true answers so all the same)",
        "The body does not fit the 200 of GET /jobs/{id}: /state must be 'waiting', 'running' or 'done' (offContract: true answers so all the same)",
        "There is nothing to merge into: the 204 of DELETE /jobs/{id} has no body",
      ]
    `);
    session.setActive('GET /jobs', { merge: [{ id: 7, state: 'done' }] });
    expect(ask('/jobs')).toMatchObject({ status: 200, json: [{ id: 7, state: 'done' }] });
    for (const merge of [{ state: 'gone' }, 5]) {
      session.setActive('GET /jobs/{id}', { merge, offContract: true });
      expect(ask('/jobs/3').status).toBe(200);
    }
    expect(ask('/jobs/3').json).toBe(5);
  });

  test('is refused where nothing can be meant by it, with what is nearest', () => {
    const { session, refusal } = create();
    expect([
      refusal('listJob', { status: 200 }),
      refusal('GET /job', { status: 200 }),
      refusal('listJobs', { stauts: 200 }),
      refusal('listJobs', { example: 'tow' }),
      refusal('listJobs', { fault: 'resett' }),
      refusal('listJobs', { status: 99 }),
      refusal('listJobs', { status: 200, fault: 'reset' }),
      refusal('listJobs', { probability: 0.5 }),
      refusal('listJobs', {}),
      refusal('listJobs', []),
      // biome-ignore lint/suspicious/noThenProperty: it is what follows, and no function
      refusal('listJobs', { status: 200, then: { delay: -1 } }),
    ]).toMatchInlineSnapshot(`
      [
        "There is no operation "listJob"; did you mean "listJobs"?",
        "There is no operation "GET /job"; did you mean "GET /jobs" or "GET /jobs/{id}"?",
        "There is no "stauts" in an answer; did you mean "status" or "state"?",
        "listJobs has no example or case "tow"; did you mean "two"?",
        "There is no fault "resett"; did you mean "reset"? ("counterproof faults" lists them)",
        "status is 99, expected a status from 200 to 599",
        "A fault goes with no status and no case",
        "probability says how often a fault strikes, and there is none",
        "There is nothing to answer: name a status, case, example, fault, body, merge, data or delay",
        "There is nothing to answer: the list is empty",
        "delay is -1, expected milliseconds, up to 600000",
      ]
    `);
    expect(session.isPlain).toBe(true);
  });
});
