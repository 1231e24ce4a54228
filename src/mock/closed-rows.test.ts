import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const closed = (properties: JsonObject) => ({
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties,
});
const text = { type: 'string' };
const shown = closed({ id: { ...text, readOnly: true }, name: text });
const made = closed({ id: { ...text, readOnly: true }, name: text, kinds: { type: 'array', items: text } });

/** Answers of one thing that list its members outright, and not the same ones. */
const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/contexts': {
      get: {
        parameters: [{ name: 'maxResults', in: 'query', schema: { type: 'integer', default: 5000 } }],
        responses: {
          200: json({
            type: 'object',
            required: ['contexts', 'maxResults'],
            properties: { contexts: { type: 'array', items: shown }, maxResults: { type: 'integer' } },
          }),
        },
      },
      post: { requestBody: { content: { 'application/json': { schema: made } } }, responses: { 201: json(made) } },
    },
    '/contexts/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: { responses: { 200: json(shown) } },
      patch: {
        requestBody: { content: { 'application/json': { schema: { ...made, required: [] } } } },
        responses: { 200: json(made) },
      },
    },
  },
};

it('keeps of a thing what one answer of it shows and another does not know', () => {
  const { read: ask } = asking(document as JsonObject);
  const { id, ...rest } = ask('POST', '/contexts', { name: 'Bugs', kinds: ['a'] });
  expect(rest).toEqual({ name: 'Bugs', kinds: ['a'] });
  expect(ask('GET', `/contexts/${id}`)).toEqual({ id, name: 'Bugs' });
  expect(ask('PATCH', `/contexts/${id}`, { name: 'Faults' })).toEqual({ id, name: 'Faults', kinds: ['a'] });
  expect(ask('GET', '/contexts').contexts).toContainEqual({ id, name: 'Faults' });
});

it('has pages as large as the document says that they are by default', () => {
  const { read: ask } = asking(document as JsonObject);
  expect(ask('GET', '/contexts').maxResults).toBe(5000);
  expect(ask('GET', '/contexts?maxResults=5000').maxResults).toBe(5000);
});
