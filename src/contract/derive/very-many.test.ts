import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { plannedCases } from '../run/tasks.js';

/** More than a function takes as arguments. */
const many = Array.from({ length: 130_000 }, (_, index) => index);

it.each([
  ['values that are listed', { schema: { enum: many } }],
  ['examples in a schema', { schema: { type: 'integer', examples: many } }],
])('cases are derived of very many %s', (_what, parameter) => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Many', version: '1' },
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'number', in: 'query', required: true, ...parameter }],
          responses: { 200: { description: 'x' } },
        },
      },
    },
  });
  const titles = [...plannedCases({ operations: createOperations(document) })].map(({ title }) => title);
  expect(titles).toContain('a valid request');
  expect(titles).toContain('number missing (required)');
});
