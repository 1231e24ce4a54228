import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JsonObject } from '../../src/text/value.js';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const builtIn = parse(read('spec/openhands-installations.yaml'));

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
/** A thing that is in one of two states. */
const stateful = (...states: readonly string[]) => ({
  200: {
    description: 'How it is.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['id', 'state'],
          properties: { id: { type: 'integer' }, state: { enum: states } },
        },
      },
    },
  },
  404: { description: 'There is none.' },
});

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
        parameters: [id],
        responses: { 204: { description: 'Gone.' } },
      },
    },
    '/jobs/{id}': { get: { operationId: 'getJob', parameters: [id], responses: stateful('running', 'done') } },
    '/tickets/{id}': { get: { operationId: 'getTicket', parameters: [id], responses: stateful('open', 'closed') } },
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

/** Those of the built-in document, and a sequence. */
export const fixtures = `${read('fixtures/openhands-installations.yaml')}
  getJob:
    cases:
      - when: { path: { id: 1 } }
        body: { id: "\${path.id}", state: running }
        times: 2
        then:
          - merge: { id: "\${path.id}", state: done }
`;
