import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findResources, type ListRole } from '../../resource/index.js';
import type { JsonObject } from '../../text/value.js';
import { isNeverEmpty } from './walk.js';

const pet = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const list = { type: 'array', items: pet };
const answers = (schema: JsonObject) => ({
  responses: { 200: { description: 'd', content: { 'application/json': { schema } } } },
});

it.each<[boolean, JsonObject]>([
  [false, list],
  [true, { ...list, minItems: 1 }],
  // An empty list is valid for both.
  [true, { oneOf: [list, { type: 'array', items: { ...pet, required: ['id', 'name'] } }] }],
  [false, { anyOf: [list, { type: 'array', items: { ...pet, required: ['id', 'name'] } }] }],
])('says %s of whether %j has to have items', (isNever, schema) => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/pets': { get: { operationId: 'pets', ...answers(schema) } },
      '/pets/{id}': {
        get: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], ...answers(pet) },
      },
    },
  });
  const operations = createOperations(document);
  const role = findResources(operations).roleOf('pets') as ListRole;
  expect(isNeverEmpty(operations.compile(role.entry), role)).toBe(isNever);
});
