import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const note = { type: 'string', maxLength: 40 };
const members = {
  title: { type: 'string', minLength: 1 },
  note,
  color: { type: 'string', enum: ['red', 'blue', 'green'] },
};
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
const as = (mediaType: string, schema: JsonObject) => ({ [mediaType]: { schema } });
const board = object({ id: { type: 'integer' }, ...members }, 'id', 'title', 'color');
const json = (schema: JsonObject) => ({ description: 'x', content: as('application/json', schema) });
const path = { type: 'string' };
const op = { type: 'string', enum: ['add', 'replace', 'remove', 'test'] };
const step = object({ op, path, value: {} }, 'op', 'path');
const steps = { type: 'array', items: step };
/** @param isToldByStepsAlone whether there is no other way to change a thing */
const operationsOf = (isToldByStepsAlone: boolean) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/boards': {
          get: { responses: { 200: json({ type: 'array', items: board }) } },
          post: {
            requestBody: { required: true, content: as('application/json', object(members, 'title')) },
            responses: { 201: json(board), 400: json({}) },
          },
        },
        '/boards/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          get: { responses: { 200: json(board), 404: json({}) } },
          patch: {
            requestBody: {
              required: true,
              content: {
                ...(!isToldByStepsAlone && as('application/merge-patch+json', object(members))),
                ...as('application/json-patch+json', steps),
              },
            },
            responses: { 200: json(board), 400: json({}), 404: json({}), 409: json({}), 415: json({}) },
          },
        },
      },
    } as JsonObject),
  );

function received(status: number, value: Json): Received {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, headers: [['Content-Type', 'application/json']], raw: body, body, problems: [], duration: 1 };
}

interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: Json;
}

/** null: a step cannot be done. */
function stepped(row: JsonObject, steps: readonly Step[], kind: string): JsonObject | null {
  if (kind === 'ignores') return row;
  let found: JsonObject = kind === 'resets' ? { ...row, title: 'New', color: 'green' } : { ...row };
  for (const { op, path: at, value = null } of steps) {
    const name = at.slice(1);
    if (op !== 'add' && !Object.hasOwn(found, name)) return null;
    if (op === 'test' && found[name] !== value && kind !== 'tests nothing') return null;
    if (op === 'remove' && kind !== 'removes nothing') {
      const { [name]: _, ...rest } = found;
      found = rest;
    } else if (op !== 'test' && op !== 'remove') found = { ...found, [name]: value };
  }
  return found;
}

/** Boards, right but for what becomes of the steps of a patch. */
function boards(kind: string) {
  const rows: JsonObject[] = [{ id: 1, title: 'North', color: 'red' }];
  return async ({ method, target, headers, body }: HttpRequest): Promise<Received> => {
    const sent = body === null ? null : JSON.parse(new TextDecoder().decode(body));
    if (method === 'GET' && target === '/boards') return received(200, rows);
    if (method === 'POST') {
      rows.push({ id: rows.length + 1, color: 'blue', ...sent });
      return received(201, rows.at(-1) ?? null);
    }
    const index = rows.findIndex(({ id }) => target === `/boards/${id}`);
    const [row] = rows.slice(index, index + 1);
    if (index < 0 || row === undefined) return received(404, {});
    if (method !== 'PATCH') return received(200, row);
    if (!headers['content-type']?.includes('json-patch')) rows[index] = { ...row, ...sent };
    else {
      const patched = kind === 'refuses' ? null : stepped(row, sent, kind);
      if (patched === null) return received(409, {});
      rows[index] = patched;
    }
    return received(200, rows[index] ?? null);
  };
}

it.each([
  ['replaces', false, []],
  ['refuses', false, []],
  ['ignores', false, ['change-kept']],
  ['resets', false, ['others-kept']],
  ['removes nothing', false, ['change-kept']],
  ['tests nothing', false, ['change-kept']],
  ['replaces', true, []],
  ['ignores', true, ['change-kept']],
  ['resets', true, ['others-kept']],
  ['removes nothing', true, ['change-kept']],
  ['tests nothing', true, ['change-kept']],
])(
  'the steps of a JSON patch are taken: %s, and %s that nothing else changes a thing',
  async (kind, isAlone, checks) => {
    const operations = operationsOf(isAlone);
    expect([...new Set(await violatedBy(boards(kind), { operations, allowWrites: true }))]).toEqual(checks);
  },
);

it('the valid request that tells a change by steps is about a member that the thing has, as it is', async () => {
  const operations = operationsOf(true);
  const bodies: string[] = [];
  const send = boards('replaces');
  await run({
    ...{ operations, target: 'http://t', allowWrites: true, concurrency: 1, clock: virtualClock() },
    aspects: ['accepted'],
    send: async (request: HttpRequest) => {
      if (request.method === 'PATCH') bodies.push(new TextDecoder().decode(request.body ?? undefined));
      return send(request);
    },
  });
  expect(bodies[0]).toMatch(/^\[\{"op":"replace","path":"\/(?:title|note|color)","value":"[^"]+"\}\]$/);
});
