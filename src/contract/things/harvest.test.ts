import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findResources } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { harvest } from './harvest.js';

const none = new Uint8Array();
const bytes = (value: Json) => new TextEncoder().encode(JSON.stringify(value));
const headers = { 'content-type': 'application/json' };

/** The keys that an answer of 201 tells of, with a body or without one. */
function toldBy(key: JsonObject, method: 'POST' | 'PUT', target: string, sent: JsonObject, answer?: Json) {
  const schema = { type: 'object', properties: { id: key, name: { type: 'string' } } };
  const json = { description: 'x', content: { 'application/json': { schema } } };
  const paths = {
    '/pets': { post: { requestBody: json, responses: { 201: { description: 'made' } } } },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: key }],
      get: { responses: { 200: json } },
      put: { requestBody: json, responses: { 201: { description: 'made' } } },
    },
  };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'Pets', version: '1' }, paths }),
  );
  const match = operations.match(method, target, headers);
  if (match.kind !== 'operation') throw new Error('The document has no such operation.');
  const body = answer === undefined ? none : bytes(answer);
  const exchange = {
    operation: operations.compile(match.entry),
    request: { method, target, headers, body: bytes(sent) },
    received: {
      status: 201,
      headers: [['Content-Type', 'application/json']],
      raw: body,
      body,
      problems: [],
      duration: 1,
    },
  } as unknown as Exchange;
  return harvest(exchange, findResources(operations), operations).map((thing) => thing.key);
}

it('takes a key that was sent for that of what was made, unless the server alone says it', () => {
  expect(toldBy({ type: 'integer' }, 'POST', '/pets', { id: 7, name: 'Rex' })).toEqual([7]);
  expect(toldBy({ type: 'integer', readOnly: true }, 'POST', '/pets', { id: 7, name: 'Rex' })).toEqual([]);
});

it.each<[string, Json | undefined]>([
  ['nothing', undefined],
  ['one that calls itself otherwise', { id: 'other', name: 'Rex' }],
  ['all that there are', [{ id: 'other' }, { id: 'rex' }, { id: 'more' }]],
  ['others', [{ id: 'other' }, { id: 'more' }]],
])('takes what was put under a path for what it names, where the answer shows %s', (_, answer) => {
  expect(toldBy({ type: 'string' }, 'PUT', '/pets/rex', { id: 'other', name: 'Rex' }, answer)).toEqual(['rex']);
});

it('takes the key of what was made by the name that others call it by', () => {
  const told = { ok: true, pet_id: 8 };
  expect(toldBy({ type: 'integer', readOnly: true }, 'POST', '/pets', { name: 'Rex' }, told)).toEqual([8]);
});
