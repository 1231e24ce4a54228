import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const object = (properties: JsonObject) => ({ type: 'object', properties });
const json = (schema: JsonObject, example?: JsonObject) => ({
  content: { 'application/json': { schema, ...(example && { example }) } },
});
const id = '2f5dde81-1613-11ea-82ee-12f868feb457';

test.each([
  { Id: `CL-${id}`, Href: `https://example.com/documents/${id}`, DocumentId: id },
  { documentId: id, message: 'Created' },
  { ID: id },
])('an example of what was made that tells its key tells that of this one, wherever it stands: %j', (example) => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Documents', version: '1' },
    paths: {
      '/documents': {
        post: {
          requestBody: json(object({ title: text })),
          responses: { 201: { description: 'Made', ...json({ type: 'object' }, example) } },
        },
      },
      '/documents/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: { description: 'OK', ...json(object({ id: text, title: text })) } } },
      },
    },
  });
  const keys = ['One', 'Two'].map((title) => {
    const told: JsonObject = read('POST', '/documents', { title });
    const key = String(told.DocumentId ?? told.documentId ?? told.ID);
    expect(JSON.parse(JSON.stringify(told).replaceAll(key, id))).toEqual(example);
    expect(read('GET', `/documents/${key}`)).toEqual({ id: key, title });
    return key;
  });
  expect(new Set([...keys, id]).size).toBe(3);
});

test('an answer that shows some of what was made, and its key by another name, tells that key', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Runs', version: '1' },
    paths: {
      '/runs': {
        post: {
          requestBody: json(object({ note: text })),
          responses: {
            201: { description: 'Made', ...json(object({ success: { type: 'boolean' }, runNumber: text })) },
          },
        },
      },
      '/runs/{run-number}': {
        parameters: [{ name: 'run-number', in: 'path', required: true, schema: text }],
        get: {
          responses: {
            200: { description: 'OK', ...json(object({ number: text, note: text, success: { type: 'boolean' } })) },
          },
        },
      },
    },
  });
  const { success, runNumber } = read('POST', '/runs', { note: 'First' });
  expect(success).toBe(true);
  expect(read('GET', `/runs/${runNumber}`)).toMatchObject({ number: runNumber, note: 'First' });
});
