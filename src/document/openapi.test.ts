import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createOperations, operationProblems } from '../operation/index.js';
import { readDocument } from './index.js';

const folder = fileURLToPath(new URL('../../tests/documents/openapi/', import.meta.url));

test.each(readdirSync(folder))('the example %s of the OpenAPI Initiative is read without a word', async (name) => {
  const document = await readDocument(folder + name, { strict: true });
  expect(document.problems).toEqual([]);
  for await (const problem of operationProblems(createOperations(document))) expect(problem).toBeUndefined();
});
