import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { run } from './run.js';

const json = (schema: JsonObject) => ({ 200: { description: 'ok', content: { 'application/json': { schema } } } });

/** The suite against a target that answers everything with an empty list. */
async function against(paths: JsonObject) {
  const document = documentFromObject(
    { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths },
    { name: 'a.yaml' },
  );
  const body = new TextEncoder().encode('[]');
  const result = await run({
    operations: createOperations(document),
    send: async () => {
      const headers: [string, string][] = [['Content-Type', 'application/json']];
      return { status: 200, headers, raw: body, body, problems: [], duration: 1 };
    },
    target: 'http://a.test',
    aspects: ['accepted'],
    maxCases: 1,
  });
  return { ...result, exchangesOf: (check: string) => result.checks.find(({ id }) => id === check)?.exchanges };
}

test('what the document lacks is named, and the check that had nothing to look at is not ticked', async () => {
  const { verdict, notes, exchangesOf } = await against({
    '/rooms': { get: { responses: json({ $ref: '#/components/schemas/Rooms' }) } },
    '/things': { get: { responses: json({}) } },
  });
  expect(exchangesOf('media-type')).toBe(4);
  expect(exchangesOf('response-schema')).toBe(0);
  expect(verdict).toBe('kept');
  expect(notes.filter((note) => note.startsWith('Not judged'))).toMatchInlineSnapshot(`
    [
      "Not judged: a.yaml:1:1 at /paths/~1rooms/get/responses/200/content/application~1json/schema/$ref: "#/components/schemas/Rooms" leads to nothing (expected a Schema Object)
      Add what is missing, or correct the reference.",
    ]
  `);
});

test('of several operations those with a schema count', async () => {
  const { exchangesOf } = await against({
    '/rooms': { get: { responses: json({ $ref: '#/components/schemas/Rooms' }) } },
    '/things': { get: { responses: json({ type: 'array' }) } },
  });
  expect(exchangesOf('response-schema')).toBe(2);
});
