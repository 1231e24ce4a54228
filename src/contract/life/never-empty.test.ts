import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findResources, type ListRole } from '../../resource/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
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
  const { operation, role } = listOf(schema);
  expect(isNeverEmpty(operation, role)).toBe(isNever);
});

it.each(['oneOf', 'anyOf'])('tells by an answer whether a list may be empty in one of two forms of it: %s', (union) => {
  const form = (items: JsonObject) => ({ type: 'object', properties: { pets: { type: 'array', items } } });
  const { operation, role } = listOf({ [union]: [form(pet), form({ type: 'object', required: ['pet'] })] });
  const body = new TextEncoder().encode(JSON.stringify({ pets: [{ id: 'a' }] }));
  const received = { status: 200, headers: [['Content-Type', 'application/json']], body };
  expect(isNeverEmpty(operation, role, { operation, received } as unknown as Exchange)).toBe(union === 'oneOf');
});

function listOf(schema: JsonObject) {
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
  return { operation: operations.compile(role.entry), role };
}
