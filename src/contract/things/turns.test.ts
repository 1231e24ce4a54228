import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from '../life/library/answer.js';
import { RunState } from '../run/state.js';
import type { Send } from '../types.js';
import { make } from './make.js';

const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const text = { type: 'string' };

const at = { parameters: [{ name: 'id', in: 'path', required: true, schema: text }] };

/** Loans name a copy, and a reader where these are there. */
function operationsOf(names: readonly string[]) {
  const schema = object(Object.fromEntries(names.map((name) => [`${name}_id`, text])));
  const loan = object({ id: text, ...schema.properties });
  const collection = (name: string, path: string) => ({
    [path]: { get: { responses: { 200: content({ type: 'array', items: named(name) }) } } },
    [`${path}/{id}`]: { ...at, get: { responses: { 200: content(named(name)) } } },
  });
  const row = object({ id: text, title: text, status: text });
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      components: { schemas: { Copy: row, Reader: row, Loan: loan } },
      paths: {
        ...collection('Copy', '/copies'),
        ...(names.includes('reader') && collection('Reader', '/readers')),
        '/loans': {
          post: {
            requestBody: content(schema),
            responses: { 201: content(named('Loan')), 409: { description: 'The copy is lost' } },
          },
        },
        '/loans/{id}': { ...at, get: { responses: { 200: content(named('Loan')) } } },
      },
    } as JsonObject),
  );
}

/** Makes loans of a target that has these rows and takes what it is told to. */
function lending(
  names: readonly string[],
  rows: Readonly<Record<string, JsonObject[]>>,
  refusal: (sent: JsonObject) => string | null,
) {
  const asked: JsonObject[] = [];
  const send: Send = async ({ method, target, body }) => {
    if (method !== 'POST') return answer(200, rows[target] ?? { id: 'x' });
    const sent = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()));
    asked.push(sent);
    const refused = refusal(sent);
    return refused === null ? answer(201, { id: `l${asked.length}`, ...sent }) : answer(409, { message: refused });
  };
  const state = new RunState({ operations: operationsOf(names), send, target: 'http://t', allowWrites: true }, null);
  const loans = state.things.resources.find('loans');
  if (loans === undefined) throw new Error('Failed to find the resource.');
  return { asked, make: () => make(state, loans) };
}

const row = (id: string, status = 'in') => ({ id, title: id, status });

it('Names another thing in a body where the first one is in a state that does not allow it', async () => {
  const copies = { '/copies': ['a', 'b', 'c', 'd'].map((id) => row(id)) };
  const some = lending(['copy'], copies, ({ copy_id }) => (copy_id === 'c' ? null : 'conflict'));
  expect(await some.make()).toMatchObject({ thing: { key: 'l3' } });
  expect(some.asked.map(({ copy_id }) => copy_id)).toEqual(['a', 'b', 'c']);
  // Where none of them can be, that is said.
  expect(await lending(['copy'], copies, () => 'conflict').make()).toContain('409');
});

it('Names one in another state first, and stays with the state that was taken', async () => {
  const lost = Array.from({ length: 12 }, (_, index) => row(`lost${index}`, 'lost'));
  const rows = { '/copies': [...lost, row('a'), row('b')] };
  const { asked, make } = lending(['copy'], rows, ({ copy_id }) => (/lost/.test(String(copy_id)) ? 'no' : null));
  for (let count = 0; count < 2; count++) expect(await make()).toMatchObject({ thing: {} });
  expect(asked.map(({ copy_id }) => copy_id)).toEqual(['lost0', 'a', 'a']);
});

it('Turns the one of several that a refusal speaks of, or else each in its turn, as often as one is taken', async () => {
  const rows = {
    '/copies': [row('gone', 'lost'), row('a'), row('b')],
    '/readers': Array.from({ length: 20 }, (_, index) => row(`r${index}`)),
  };
  const there = new Set<string>();
  const { asked, make } = lending(['copy', 'reader'], rows, (sent) => {
    if (sent.copy_id === 'gone') return 'This copy is lost';
    const pair = `${sent.copy_id} ${sent.reader_id}`;
    return there.has(pair) ? 'Lent already' : there.add(pair) && null;
  });
  for (let count = 0; count < 15; count++) expect(await make()).toMatchObject({ thing: {} });
  expect(there.size).toBe(15);
  expect(asked.slice(0, 2)).toEqual([
    { copy_id: 'gone', reader_id: 'r0' },
    { copy_id: 'a', reader_id: 'r0' },
  ]);
});
