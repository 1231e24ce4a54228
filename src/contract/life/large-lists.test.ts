import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const item = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const answer = (schema: JsonObject) => ({ 200: { description: 'x', content: { 'application/json': { schema } } } });
const integer = { type: 'integer', minimum: 1 };
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: integer },
          { name: 'page', in: 'query', schema: integer },
        ],
        responses: answer({ type: 'array', items: item }),
      },
    },
    '/things/{id}': {
      get: { parameters: [{ name: 'id', in: 'path', required: true, schema: integer }], responses: answer(item) },
    },
  },
});

it('asks a server for no further page that heeds no size and sends megabytes, and compares its keys in one pass', async () => {
  const items = Array.from({ length: 170_000 }, (_, id) => `{"id":${id + 1}}`);
  const body = Buffer.from(`[${items.join(',')}]`);
  const asked: string[] = [];
  const result = await run({
    operations: createOperations(document),
    target: 'http://things',
    concurrency: 1,
    ...{ clock: virtualClock() },
    aspects: ['life'],
    maxCases: 1,
    async send({ target }): Promise<Received> {
      asked.push(target);
      const bytes = target.startsWith('/things/') ? Buffer.from('{"id":1}') : body;
      return {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        raw: bytes,
        body: bytes,
        problems: [],
        duration: 1,
      };
    },
  });
  expect(result.findings.map(({ check }) => check)).toEqual(['page-size']);
  expect(asked.filter((target) => target.includes('page='))).toEqual([]);
});
