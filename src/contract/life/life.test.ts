import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findResources } from '../../resource/index.js';
import { Roles } from './life.js';

it('changes a thing on its own path, where another path names it by what it is sent', () => {
  const schema = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } };
  const json = { description: 'x', content: { 'application/json': { schema } } };
  const list = { description: 'x', content: { 'application/json': { schema: { type: 'array', items: schema } } } };
  const change = { requestBody: json, responses: { 200: json } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': { get: { responses: { 200: list } }, post: change, put: change, patch: change },
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: json } },
        put: change,
        patch: change,
      },
    },
  };
  const [pets] = findResources(createOperations(documentFromObject(document))).all;
  const roles = pets && new Roles(pets);
  expect([roles?.change?.entry.id, roles?.replace?.entry.id]).toEqual(['PATCH /pets/{id}', 'PUT /pets/{id}']);
});
