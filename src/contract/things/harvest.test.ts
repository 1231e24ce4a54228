import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findResources } from '../../resource/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { harvest } from './harvest.js';

/** The keys that a create tells of which answers with nothing. */
function toldBy(key: JsonObject, sent: JsonObject) {
  const schema = { type: 'object', properties: { id: key, name: { type: 'string' } } };
  const json = { description: 'x', content: { 'application/json': { schema } } };
  const paths = {
    '/pets': { post: { requestBody: json, responses: { 201: { description: 'made' } } } },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: key }],
      get: { responses: { 200: json } },
    },
  };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'Pets', version: '1' }, paths }),
  );
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('The document has no operation.');
  const none = new Uint8Array();
  const exchange = {
    operation: operations.compile(entry),
    request: {
      method: 'POST',
      target: '/pets',
      headers: { 'content-type': 'application/json' },
      body: new TextEncoder().encode(JSON.stringify(sent)),
    },
    received: { status: 201, headers: [], raw: none, body: none, problems: [], duration: 1 },
  } as unknown as Exchange;
  return harvest(exchange, findResources(operations), operations).map((thing) => thing.key);
}

it('takes a key that was sent for that of what was made, unless the server alone says it', () => {
  expect(toldBy({ type: 'integer' }, { id: 7, name: 'Rex' })).toEqual([7]);
  expect(toldBy({ type: 'integer', readOnly: true }, { id: 7, name: 'Rex' })).toEqual([]);
});
