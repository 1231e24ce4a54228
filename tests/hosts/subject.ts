import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JsonObject } from '../../src/text/value.js';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const builtIn = parse(read('spec/openhands-installations.yaml'));

/** The built-in document, with operations beside it that take and give what it does not. */
export const document: JsonObject = {
  ...builtIn,
  paths: {
    ...builtIn.paths,
    '/things': {
      post: {
        operationId: 'makeThing',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['name'], properties: { name: { const: 'naïve ☃' } } },
            },
          },
        },
        responses: { 201: { description: 'Made.', content: { 'application/json': { schema: { type: 'integer' } } } } },
      },
    },
    '/things/{id}': {
      delete: {
        operationId: 'deleteThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 204: { description: 'Gone.' } },
      },
    },
    '/files': {
      get: {
        operationId: 'getFile',
        responses: {
          200: {
            description: 'Bytes.',
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary', minLength: 64 } } },
          },
        },
      },
      put: {
        operationId: 'putFile',
        requestBody: { required: true, content: { 'application/octet-stream': {} } },
        responses: { 204: { description: 'Kept.' } },
      },
    },
  },
};

export const fixtures = read('fixtures/openhands-installations.yaml');
