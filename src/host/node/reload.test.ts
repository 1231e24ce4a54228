import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock, type Mock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { serve } from './index.js';

/** Says in each part of its answers which reading of the document it is. */
function reading(number: number): Mock {
  const said = { type: 'integer', const: number };
  const content = {
    'application/json': { schema: { type: 'object', required: ['reading'], properties: { reading: said } } },
  };
  const ok = { description: 'ok', headers: { 'X-Reading': { required: true, schema: said } }, content };
  const requestBody = { content: { 'application/json': {} } };
  const paths = { '/': { get: { responses: { 200: ok } }, post: { requestBody, responses: { 200: ok } } } };
  const document = documentFromObject({ openapi: '3.1.0', info: { title: 'Readings', version: '1' }, paths });
  return createMock({ operations: createOperations(document) });
}

test('200 readings of a document under load give no answer that fails, is of two of them, or of an earlier one than the last', async () => {
  const readings = 200;
  let number = 0;
  let mock = reading(number);
  const server = await serve(() => mock);
  const wrong: unknown[] = [];
  const ask = async (client: number) => {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    for (let turn = 0, last = 0; number < readings; turn++) {
      const before = number;
      const response = await fetch(server.url, (client + turn) % 2 === 0 ? {} : post);
      const body = (await response.json()) as { reading: number };
      const seen = body.reading;
      const isRight = response.status === 200 && response.headers.get('x-reading') === String(seen) && seen >= before;
      if (!isRight || seen < last) wrong.push({ status: response.status, body, last, before });
      last = seen;
      if (turn % 3 === 0) mock = reading(++number);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, client) => ask(client)));
  await server.close(0);
  expect(wrong).toEqual([]);
});
