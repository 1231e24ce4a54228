import type { JsonObject } from '../../text/value.js';

/** Pieces of documents as tests write them. */
export const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
export const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
export const text = { type: 'string' };
export const count = { type: 'integer' };
export const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
export const list = (items: JsonObject) => ({ type: 'array', items });
export const inPath = (name: string, schema: JsonObject = text) => ({ name, in: 'path', required: true, schema });
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
