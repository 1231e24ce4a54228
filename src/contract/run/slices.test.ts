import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findingResources } from '../../resource/index.js';
import { run } from './run.js';

const count = 2000;

/** So many collections that finding out what they are of takes longer than a signal may wait. */
function large() {
  const answers = (schema: string) => ({
    200: { description: 'ok', content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } } },
  });
  const each = Array.from({ length: count }, (_, index) => index);
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Large', version: '1' },
      paths: Object.fromEntries(
        each.flatMap((index) => [
          [`/things${index}`, { get: { responses: answers(`List${index}`) } }],
          [
            `/things${index}/{id}`,
            {
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
              get: { responses: answers(`Thing${index}`) },
            },
          ],
        ]),
      ),
      components: {
        schemas: Object.fromEntries(
          each.flatMap((index) => [
            [`Thing${index}`, { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }],
            [`List${index}`, { type: 'array', items: { $ref: `#/components/schemas/Thing${index}` } }],
          ]),
        ),
      },
    }),
  );
}

test('a run that is interrupted while it finds out what a large document is of ends then', async () => {
  const operations = large();
  const interruption = new AbortController();
  let sent = 0;
  const running = run({
    operations,
    target: 'http://t',
    signal: interruption.signal,
    send: async () => {
      sent += 1;
      interruption.abort('too late');
      throw new Error('nobody is there');
    },
  });
  setImmediate(() => interruption.abort('it was interrupted at once'));
  const { partial, verdict, operations: told } = await running;
  expect(partial).toBe('it was interrupted at once');
  expect(verdict).toBe('incomplete');
  expect(sent).toBe(0);
  expect(told).toHaveLength(2 * count);
  expect([...findingResources(operations)].length, 'pieces that were left').toBeGreaterThan(0);
});
