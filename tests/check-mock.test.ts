import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createClient, run } from '../src/contract/index.js';
import { documentFromObject, readDocument } from '../src/document/index.js';
import { readFixtures } from '../src/fixture/index.js';
import { serve } from '../src/host/node/index.js';
import { createMock } from '../src/mock/index.js';
import { createOperations, type Operations } from '../src/operation/index.js';
import type { JsonObject } from '../src/text/value.js';
import { root } from './command.js';
import { violationsOf } from './contract/suite.js';
import { thingsDocument } from './contract/things.js';

type Fixtures = Awaited<ReturnType<typeof readFixtures>>;

/** Serves a mock over a real socket, and runs the suite against it with operations of its own. */
async function checkMock(served: Operations, own: Operations, seed: number, fixtures?: Fixtures) {
  const mock = createMock({ operations: served, seed, ...(fixtures && { fixtures }) });
  const server = await serve(() => mock, { port: 0, host: '127.0.0.1' });
  const client = createClient(server.url);
  try {
    const options = { operations: own, allowWrites: true, seed, ...(fixtures && { fixtures }) };
    return await run({ ...options, send: client.send, target: server.url });
  } finally {
    client.close();
    await server.close();
  }
}

/** Of the seeds `npm test` tries the first two, `npm run test:whole` all. */
const seeds = (count: number) => Array.from({ length: process.env.WHOLE === '1' ? count : 2 }, (_, index) => index + 1);

describe("nothing is found in this project's mock", () => {
  test('of the built-in document, with and without its fixtures, for several seeds', async () => {
    const document = await readDocument(join(root, 'spec/openhands-installations.yaml'));
    const [served, own] = [createOperations(document), createOperations(document)];
    const fixtures = await readFixtures(join(root, 'fixtures/openhands-installations.yaml'), served);
    for (const seed of seeds(20)) {
      const result = await checkMock(served, own, seed, seed % 2 === 0 ? fixtures : undefined);
      expect(violationsOf(result), `seed ${seed}`).toEqual([]);
      expect(result.verdict).toBe('kept');
    }
  });

  test('of a document with bodies, headers and bounds, for several seeds', async () => {
    const document = documentFromObject(thingsDocument);
    const [served, own] = [createOperations(document), createOperations(document)];
    for (const seed of seeds(10)) expect(violationsOf(await checkMock(served, own, seed)), `seed ${seed}`).toEqual([]);
  });

  test('of the Scalar Galaxy', async () => {
    const document = await readDocument(join(root, 'node_modules/@scalar/galaxy/dist/3.1.yaml'));
    const [served, own] = [createOperations(document), createOperations(document)];
    expect(violationsOf(await checkMock(served, own, 1))).toEqual([]);
  });

  test('of things that a list can only show under a name of its own', async () => {
    const thing = (...names: string[]) => ({
      type: 'object',
      required: ['id', 'object'],
      properties: { id: { type: 'string' }, object: { type: 'string', enum: names } },
    });
    const answer = (schema: JsonObject) => ({
      responses: { 200: { description: 'd', content: { 'application/json': { schema } } } },
    });
    const whole = thing('certificate', 'listed.certificate', 'other.certificate');
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const document = documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/certificates': {
          get: answer({ type: 'array', items: thing('listed.certificate') }),
          post: { ...answer(whole), requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } },
        },
        '/certificates/{id}': { parameters, get: answer(whole) },
      },
    });
    const [served, own] = [createOperations(document), createOperations(document)];
    for (const seed of seeds(4)) expect(violationsOf(await checkMock(served, own, seed)), `seed ${seed}`).toEqual([]);
  });

  test('of a list that is shown as its example, which does not fit and says another total', async () => {
    const schema = {
      type: 'object',
      properties: {
        at: { type: 'string', format: 'date-time' },
        paging: { type: 'object', properties: { itemCount: { type: 'integer' } } },
        notes: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
      },
    };
    const example = { at: '2020-08-28', paging: { itemCount: 8 }, notes: [{ text: 'one' }] };
    const responses = { 200: { description: 'd', content: { 'application/json': { schema, example } } } };
    const paths = { '/notes': { get: { responses } } };
    const document = documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
    const [served, own] = [createOperations(document), createOperations(document)];
    expect(violationsOf(await checkMock(served, own, 1))).toEqual([]);
  });

  test('of things that a key for retries makes once', async () => {
    const thing = {
      type: 'object',
      required: ['id', 'name', 'status'],
      properties: {
        id: { type: 'string', readOnly: true },
        name: { type: 'string', enum: ['one'] },
        status: { type: 'string', enum: ['queued', 'canceled'], readOnly: true },
      },
    };
    const json = { 'application/json': { schema: thing } };
    const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', enum: ['a'] } };
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
    const shown = (status: number, schema: JsonObject = thing) => ({
      responses: { [status]: { description: 'd', content: { 'application/json': { schema } } } },
    });
    const document = documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/jobs': {
          get: shown(200, { type: 'array', items: thing }),
          post: { parameters: [key], requestBody: { required: true, content: json }, ...shown(201) },
        },
        '/jobs/{id}': { get: { parameters: [id], ...shown(200) } },
        '/jobs/{id}/cancel': { post: { parameters: [id], ...shown(200) } },
      },
    });
    const [served, own] = [createOperations(document), createOperations(document)];
    expect(violationsOf(await checkMock(served, own, 1))).toEqual([]);
  });

  const v0 = join(root, 'tests/documents/openhands-v0.json');
  test('of OpenHands V0', async () => {
    const document = await readDocument(v0);
    const [served, own] = [createOperations(document), createOperations(document)];
    const result = await checkMock(served, own, 1);
    expect(violationsOf(result)).toEqual([]);
    expect(result.counts.operationsReached).toBe(result.counts.operations);
    expect(result.counts.cases).toBeGreaterThan(1500);
  });
});
