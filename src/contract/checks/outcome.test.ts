import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createCredentials } from '../credentials/credentials.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';
import { outcomeOf } from './outcome.js';

const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const device = object({ id: { type: 'integer' }, name: { type: 'string' } });
const result = (data: JsonObject): JsonObject =>
  object({ code: { type: 'integer' }, msg: { type: 'string' }, data: { anyOf: [data, { type: 'null' }] } }, 'code');
const as = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const saying = (data: JsonObject, more: JsonObject = {}): JsonObject => ({
  responses: { 200: { description: 'OK', ...as(result(data)) }, ...more },
});
const name = { type: 'string', minLength: 1, maxLength: 30 };
const takes = { requestBody: { required: true, ...as(object({ name }, 'name')) } };

const operationsOf = (more: JsonObject = {}) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      security: [{ token: [] }],
      paths: {
        '/devices': {
          get: saying({ type: 'array', items: device }, more),
          post: { ...takes, ...saying(device, more) },
        },
        '/devices/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          get: saying(device, more),
          delete: saying({ type: 'boolean' }, more),
        },
      },
      components: { securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
    } as JsonObject),
  );

function received(value: Json): Received {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status: 200, headers: [['Content-Type', 'application/json']], raw: body, body, problems: [], duration: 1 };
}

const operations = operationsOf();
const [entry] = operations.entries;

it.each<[Json, number]>([
  [{ code: 404, msg: 'none', data: null }, 404],
  [{ code: 40401, msg: 'none' }, 404],
  [{ code: 1002, msg: 'devices are left', data: null }, 400],
  [{ code: 'E17', msg: 'no', data: null }, 400],
  [{ code: 0, msg: '', data: null }, 200],
  [{ code: 200, msg: '', data: null }, 200],
  [{ code: '00000', data: null }, 200],
  [{ code: 404, msg: 'none', data: [] }, 200],
  [{ msg: 'none' }, 200],
  [[], 200],
])('an answer of 200 with %j comes to %i where no other status is declared', (value, status) => {
  if (entry === undefined) throw new Error('no operation');
  expect(outcomeOf({ operation: operations.compile(entry), received: received(value) })).toBe(status);
});

it('an answer of 200 is what it is where a refusal has a status of its own', () => {
  const others = operationsOf({ 404: { description: 'none' } });
  const [first] = others.entries;
  if (first === undefined) throw new Error('no operation');
  const answer = received({ code: 404, msg: 'none', data: null });
  expect(outcomeOf({ operation: others.compile(first), received: answer })).toBe(200);
});

const truth = (of: JsonObject) => ({ responses: { 200: { description: 'OK', ...as(of) }, 400: { description: 'x' } } });
const union = {
  oneOf: [
    object({ ok: { const: true }, user: device }, 'ok', 'user'),
    object({ ok: { const: false }, error: { type: 'string' } }, 'ok', 'error'),
  ],
};
const flat = object({ success: { type: 'boolean' }, message: { type: 'string' }, user: device }, 'success');
const calls = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/users.info': { get: truth(union) },
      '/users.get': { get: truth(flat) },
      '/users': { get: truth(device) },
    },
  } as JsonObject),
);

it.each<[string, Json, number]>([
  ['/users.info', { ok: false, error: 'user_not_found' }, 404],
  ['/users.info', { ok: false, error: 'name_taken' }, 409],
  ['/users.info', { ok: false, error: 'not_authed' }, 401],
  ['/users.info', { ok: false, error: 'invalid_arguments' }, 400],
  ['/users.info', { ok: true, user: { id: 7 } }, 200],
  ['/users.info', { ok: false }, 200],
  ['/users.get', { success: false, message: 'No such user' }, 404],
  ['/users.get', { success: true, message: 'Not found in the cache', user: { id: 7 } }, 200],
  ['/users', { ok: false, error: 'user_not_found' }, 200],
])('an answer of 200 at %s with %j comes to %i by what says whether it went well', (path, value, status) => {
  const called = calls.entries.find((each) => each.path === path);
  if (called === undefined) throw new Error('no operation');
  expect(outcomeOf({ operation: calls.compile(called), received: received(value) })).toBe(status);
});

/** Devices, right but for one defect: all is answered with 200, and the body says how it went. */
function devices(defect: string) {
  const rows = new Map<number, JsonObject>([[1, { id: 1, name: 'pump' }]]);
  const say = (code: number, data: Json = null) => received({ code, msg: code === 0 ? '' : 'no', data });
  const isValid = (sent: unknown): sent is { name: string } => {
    const own = (sent as { name?: unknown } | null)?.name;
    return typeof own === 'string' && own.length > 0 && own.length <= 30;
  };
  const read = ({ body, headers }: HttpRequest): unknown => {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array());
      return headers['content-type'] === 'application/json' ? JSON.parse(text) : null;
    } catch {
      return null;
    }
  };
  const made = (request: HttpRequest) => {
    const sent = read(request);
    if (!isValid(sent) && defect !== 'takes all') return say(400);
    const row: JsonObject = { id: rows.size + 7, name: isValid(sent) ? sent.name : 'x' };
    rows.set(rows.size + 7, row);
    return say(0, row);
  };
  return async (request: HttpRequest): Promise<Received> => {
    const { method, target, headers } = request;
    const [, key] = /^\/devices\/([^?]+)/.exec(target) ?? [];
    if (headers.authorization !== 'right' && defect !== 'asks nobody') return say(401);
    if (method === 'POST') return made(request);
    if (key === undefined) return say(0, [...rows.values()]);
    const row = rows.get(Number(key));
    if (row === undefined) return say(404);
    if (method === 'GET') return say(0, row);
    if (defect !== 'keeps') rows.delete(Number(key));
    return say(0, true);
  };
}

describe('a target that answers everything with 200, by a document that knows no other status', () => {
  it.each([
    ['', []],
    ['takes all', ['rejects-invalid']],
    ['asks nobody', ['auth-required']],
    ['keeps', ['deleted-gone', 'listed']],
  ])('is held to what its bodies say: %j', async (defect, checks) => {
    const { findings } = await run({
      operations,
      target: 'http://t',
      allowWrites: true,
      concurrency: 1,
      clock: virtualClock(),
      credentials: createCredentials({ auth: { token: 'right' } }, ['token']),
      aspects: ['accepted', 'rejected', 'security', 'life'],
      send: devices(defect),
    } as Parameters<typeof run>[0]);
    const violated = findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
    expect([...new Set(violated)]).toEqual(checks);
  });
});
