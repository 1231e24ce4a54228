import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const note = {
  type: 'object',
  required: ['id', 'name', 'createdOn'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 1 },
    createdOn: { type: 'string', format: 'date' },
  },
};
const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema: Json) => ({ responses: { [status]: { description: 'd', ...json(schema) } } });

/** Keeps what is sent, also when a thing was made; of what is left out it says what is given. */
function server(otherwise: JsonObject = {}) {
  const notes = new Map<number, JsonObject>();
  const answer = (status: number, value: Json): Received => {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    const headers: [string, string][] = [['Content-Type', 'application/json']];
    return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
  };
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const sent = body === null ? {} : (JSON.parse(new TextDecoder().decode(body)) as JsonObject);
    const id = Number(/\d+$/.exec(target)?.[0] ?? notes.size + 1);
    if (method === 'GET' && target === '/notes') return answer(200, [...notes.values()]);
    if (method === 'GET') return answer(notes.has(id) ? 200 : 404, notes.get(id) ?? {});
    const row = { ...otherwise, ...sent, id };
    notes.set(id, row);
    return answer(method === 'POST' ? 201 : 200, row);
  };
}

/** What is found of a target that has notes, and takes them as they are, or otherwise. */
async function findingsOf(note: Json, send: (request: HttpRequest) => Promise<Received>, sent = note) {
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/notes': {
        get: answers(200, { type: 'array', items: note }),
        post: { requestBody: { required: true, ...json(sent) }, ...answers(201, note) },
      },
      '/notes/{noteId}': {
        parameters: [{ name: 'noteId', in: 'path', required: true, schema: { type: 'integer' } }],
        get: answers(200, note),
        put: { requestBody: { required: true, ...json(sent) }, ...answers(200, note) },
      },
    },
  };
  const result = await run({
    operations: createOperations(documentFromObject(document as JsonObject)),
    target: 'http://t',
    aspects: ['life'],
    allowWrites: true,
    concurrency: 1,
    ...{ clock: virtualClock() },
    send,
  });
  return result.findings.map(({ check }) => check);
}

it('does not hold a target to the time of creation where another one was sent', async () => {
  expect(await findingsOf(note, server())).not.toContain('others-kept');
});

it.each<[string, Json, boolean, Json?]>([
  ['holds a target to a default that a request may say', 1, true],
  ['does not hold a target to a default that a request may not say', '1', false],
  ['does not hold a target to a number where it shows what that names', 1, false, { value: 2, name: 'two' }],
])('%s', async (_, value, isHeld, shown = 0.5) => {
  const rated = { ...note, properties: { ...note.properties, rate: { type: 'number', default: value } } };
  const found = await findingsOf(rated, server({ rate: shown }));
  expect(found.includes('default-applied')).toBe(isHeld);
});

it('does not hold the key of what is made to a default', async () => {
  const keyed = { ...note, properties: { ...note.properties, id: { type: 'integer', default: 1 } } };
  const ids = server();
  await ids({ method: 'POST', target: '/notes', headers: [], body: null } as unknown as HttpRequest);
  expect(await findingsOf({ ...keyed, required: ['name', 'createdOn'] }, ids)).not.toContain('default-applied');
});

it.each([
  ['does not hold a target to all of what excludes each other', 'picture', false],
  ['holds a target to what may stand beside the rest', 'kind', true],
])('%s', async (_, dropped, isHeld) => {
  const text = { type: 'string' };
  const sent = { ...note, properties: { ...note.properties, text, picture: text, kind: text } };
  const shown = { ...sent, not: { required: ['text', 'picture'] } };
  const send = server();
  const shows = (row: JsonObject): JsonObject => {
    const { picture, ...others } = row;
    const whole = others.text === undefined ? row : others;
    return Object.fromEntries(Object.entries(whole).filter(([name]) => name === 'picture' || name !== dropped));
  };
  const found = await findingsOf(
    shown,
    async (request) => {
      const received = await send(request);
      const value = JSON.parse(new TextDecoder().decode(received.body));
      const bytes = new TextEncoder().encode(JSON.stringify(Array.isArray(value) ? value.map(shows) : shows(value)));
      return { ...received, raw: bytes, body: bytes };
    },
    sent,
  );
  expect(found.includes('values-kept')).toBe(isHeld);
});
