import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from '../life/library/answer.js';
import { RunState } from '../run/state.js';
import { make } from './make.js';

const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const text = { type: 'string' };

it('Names another thing in a body where the first one is in a state that does not allow it', async () => {
  const at = { parameters: [{ name: 'id', in: 'path', required: true, schema: text }] };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      components: { schemas: { Copy: object({ id: text, title: text }), Loan: object({ id: text, copy_id: text }) } },
      paths: {
        '/copies': { get: { responses: { 200: content({ type: 'array', items: named('Copy') }) } } },
        '/copies/{id}': { ...at, get: { responses: { 200: content(named('Copy')) } } },
        '/loans': {
          post: {
            requestBody: content(object({ copy_id: text })),
            responses: { 201: content(named('Loan')), 409: { description: 'The copy is lost' } },
          },
        },
        '/loans/{id}': { ...at, get: { responses: { 200: content(named('Loan')) } } },
      },
    } as JsonObject),
  );
  const copies = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id }));
  const asked: unknown[] = [];
  const stateWith = (there: string) => {
    const send = async ({ method, target, body }: { method: string; target: string; body?: unknown }) => {
      if (method !== 'POST') return answer(200, target === '/copies' ? copies : { id: 'x', copy_id: there });
      const { copy_id } = JSON.parse(new TextDecoder().decode(body as Uint8Array));
      asked.push(copy_id);
      return copy_id === there ? answer(201, { id: 'x', copy_id }) : answer(409, { code: 'conflict' });
    };
    return new RunState({ operations, send, target: 'http://t', allowWrites: true }, null);
  };
  const making = (there: string) => {
    const state = stateWith(there);
    const loans = state.things.resources.find('loans');
    if (loans === undefined) throw new Error('Failed to find the resource.');
    return make(state, loans);
  };
  expect(await making('c')).toMatchObject({ thing: { key: 'x' } });
  expect(asked).toEqual(['a', 'b', 'c']);
  // Where none of them can be, that is said.
  expect(await making('none')).toContain('409');
});
