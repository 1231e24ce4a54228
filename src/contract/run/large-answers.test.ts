import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { run } from './run.js';

it.each([
  ['two at a time where answers are large', 2 * 1024 * 1024, 2],
  ['as many as the user says where they are not', 2 * 1024, 8],
])('asks %s', async (_name, bytes, most) => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        get: {
          parameters: [{ name: 'size', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }],
          responses: { 200: { description: 'x', content: { 'text/plain': { schema: { type: 'string' } } } } },
        },
      },
    },
  });
  const raw = new Uint8Array(bytes).fill(0x61);
  let underway = 0;
  let mostUnderway = 0;
  await run({
    operations: createOperations(document),
    target: 'http://things',
    concurrency: 8,
    send: async () => {
      mostUnderway = Math.max(mostUnderway, ++underway);
      await new Promise((resolve) => setImmediate(resolve));
      underway--;
      return { status: 200, headers: [['Content-Type', 'text/plain']], raw, body: raw, problems: [], duration: 1 };
    },
  });
  expect(mostUnderway).toBe(most);
});
