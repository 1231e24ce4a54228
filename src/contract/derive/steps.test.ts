import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { deriveCases } from './derive.js';
import { firstBody } from './library/posting.js';

const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const step = {
  type: 'object',
  required: ['op', 'path'],
  properties: { op: { type: 'string', enum: ['add', 'remove', 'replace'] }, path: { type: 'string' }, value: {} },
};
const members = {
  id: { type: 'integer', readOnly: true },
  ownerId: { type: 'string' },
  size: { type: 'integer' },
  colour: { type: 'string', enum: ['red', 'blue'] },
};
const board = { type: 'object', required: ['id', 'colour'], properties: members };
const steps = (items: JsonObject = step) => ({ schema: { type: 'array', minItems: 1, items } });

/** The body of the valid request of a change that takes these. */
function changeBy(content: JsonObject): unknown {
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/boards': {
          get: { responses: { 200: json({ type: 'array', items: board }) } },
          post: { requestBody: json(board), responses: { 201: json(board) } },
        },
        '/boards/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          get: { responses: { 200: json(board) } },
          patch: { operationId: 'change', requestBody: { required: true, content }, responses: { 200: json(board) } },
        },
      },
    }),
  );
  const entry = operations.find('change');
  if (entry === undefined) throw new Error('Failed to find the operation.');
  return firstBody(deriveCases(operations.compile(entry), operations, { seed: 1 }));
}

describe('a JSON Patch', () => {
  it('replaces a text that a create may say, which names nothing', () => {
    expect(changeBy({ 'application/json-patch+json': steps() })).toEqual([
      { op: 'replace', path: '/colour', value: 'red' },
    ]);
  });

  it('is made by its schema where no step that replaces may stand in it', () => {
    const adding = { ...step, properties: { ...step.properties, op: { const: 'add' } } };
    expect(changeBy({ 'application/json-patch+json': steps(adding) })).toContainEqual({
      op: 'add',
      path: expect.any(String),
    });
  });
});
