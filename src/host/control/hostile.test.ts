import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFromObject, documentFromText } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { draftRequest } from '../draft.js';
import { createControl, createControlApi } from './index.js';

const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, n: { type: 'integer' } } };
const content = { 'application/json': { schema: thing } };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: null,
    paths: {
      '/things': {
        get: {
          operationId: 'list',
          responses: {
            200: { description: 'x', content: { 'application/json': { schema: { type: 'array', items: thing } } } },
          },
        },
        post: {
          operationId: '__proto__',
          requestBody: { content },
          responses: { 201: { description: 'x', content } },
        },
      },
      '/things/{id}': {
        parameters,
        get: { operationId: 'read', responses: { 200: { description: 'x', content } } },
        put: { operationId: 'put', requestBody: { content }, responses: { 200: { description: 'x', content } } },
      },
    },
  }),
);
const description = createOperations(
  documentFromText(readFileSync(new URL('../../../spec/counterproof-control.yaml', import.meta.url), 'utf8'), {
    name: 'control.yaml',
  }),
);
const mock = createMock({ operations });
const control = createControl({ mock: () => mock });
const handle = createControlApi({
  control,
  description,
  basePath: '/api',
  version: '1',
  files: async () => [],
  drafts: async () => ({ draft: draftRequest }),
});

async function api(method: string, target: string, body?: string) {
  const headers = { host: 'localhost', ...(body !== undefined && { 'content-type': 'application/json' }) };
  const bytes = body === undefined ? null : new TextEncoder().encode(body);
  const { status, body: text } = await handle({ method, target: `/api${target}`, headers, body: bytes });
  return { status, body: text === '' ? null : JSON.parse(Buffer.from(text).toString()) };
}

const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'toJSON', 'length', '', '..', '\u0000', '\u202e'),
  fc.constantFrom(
    'read',
    'things',
    'id',
    'status',
    'merge',
    `$\{path.id}`,
    '<script>',
    '\ud800',
    '1e999',
    'GET /things',
  ),
  fc.string(),
);
const value = fc.oneof(
  fc.json({ depthSize: 'small' }),
  name.map((text) => JSON.stringify(text)),
  fc.constantFrom('1e999', '-1', '[null]', `${'['.repeat(500)}${']'.repeat(500)}`, `"${'x'.repeat(20_000)}"`),
);
/** Of the bodies that the API takes those members that it looks at, each with whatever value. */
const members = {
  active: [
    'status',
    'body',
    'merge',
    'example',
    'case',
    'fault',
    'headers',
    'mediaType',
    'times',
    'probability',
    'then',
  ],
  preview: ['active', 'parameters', 'body', 'contentType', 'credential'],
  case: ['when', 'request', 'status', 'body', 'merge', 'headers', 'delay', 'effect', 'example', 'mediaType'],
  change: ['key', 'row', 'isBase', 'unique', 'under', 'isNew'],
};
const objectOf = (names: readonly string[]) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), name), value), { maxLength: 3 })
    .map((entries) => `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${held}`).join(',')}}`);
const encoded = (text: string) => encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/g, ''));

const request = fc.oneof(
  fc.tuple(fc.constantFrom('read', 'put', 'list', '__proto__'), objectOf(members.active)).map(([id, body]) => ({
    call: ['PUT', `/operations/${id}/active`, body] as const,
  })),
  objectOf(members.preview).map((body) => ({ call: ['POST', '/operations/put/preview', body] as const })),
  fc.tuple(name, objectOf(members.case)).map(([key, body]) => ({
    call: ['POST', '/operations/read/cases', `{"name":${JSON.stringify(key)},"case":${body}}`] as const,
  })),
  objectOf(members.change).map((body) => ({
    call: [
      'PUT',
      '/state',
      `{"version":1,"collections":[{"name":"things","count":1,"changes":[${body.replace(/^\{/, '{"key":"a","row":{"id":"a"},"isBase":false,').replace(/,\}$/, '}')}]}]}`,
    ] as const,
  })),
  fc.tuple(name, name, value).map(([collection, key, row]) => ({
    call: ['PUT', `/collections/${encoded(collection)}/rows?key=${encoded(key)}`, `{"row":${row}}`] as const,
  })),
  fc.tuple(name, value).map(([id, active]) => ({
    call: ['PUT', '/active', `{"active":{${JSON.stringify(id)}:${active}}}`] as const,
  })),
  fc.tuple(fc.constantFrom('/seed', '/state', '/active', '/collections/things/check'), value).map(([path, body]) => ({
    call: [path.endsWith('check') ? 'POST' : 'PUT', path, body] as const,
  })),
  fc
    .tuple(fc.constantFrom('/operations/', '/journal/', '/collections/things/rows?search=', '/journal?limit='), name)
    .map(([path, text]) => ({ call: ['GET', path + encoded(text)] as const })),
);

const stateWith = (under: string) => ({
  call: [
    'PUT',
    '/state',
    `{"version":1,"collections":[{"name":"things","count":1,"changes":[{"key":"a","row":{"id":"a"},"isBase":false,"under":${under}}]}]}`,
  ] as const,
});

test('whatever the control API is sent, it answers as its description says, and the mock goes on', async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ call: [method, target, body] }) => {
      const { status } = await api(method, target, body);
      expect(status).toBeLessThan(500);
      // What was chosen or changed may be answered with a 500 that says why, and is never thrown.
      for (const path of ['/things', '/things/a'])
        control.answer({ method: 'GET', target: path, headers: {}, body: null });
      for (const path of ['/state', '/active', '/collections', '/collections/things/rows', '/operations']) {
        expect((await api('GET', path)).status).toBe(200);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 150, examples: [[stateWith('null')], [stateWith('[1]')]] },
  );
  expect((await api('GET', '/health')).body).toMatchObject({ status: 'ok', title: '', documentVersion: '' });
});
