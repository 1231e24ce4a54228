import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { Weights } from './weights.js';

function weightOf(schemas: Record<string, unknown>) {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' } } };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    components: { schemas: schemas as never },
  });
  const weights = new Weights(createOperations(document));
  return () => weights.of({ method: 'GET', target: '/a', headers: {}, body: null });
}

const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, {}]));

test('an operation is heavy from which much leads, also by references in a circle', () => {
  const next = { $ref: '#/components/schemas/B' };
  const schemas = (count: number) => ({
    A: { properties: { next } },
    B: { properties: { ...members(count), back: { $ref: '#/components/schemas/A' } } },
  });
  expect(weightOf(schemas(20))().isHeavy).toBe(false);
  expect(weightOf(schemas(1200))().isHeavy).toBe(true);
});

test('an operation is heavy once its answers were slow in succession, until many in succession were not', () => {
  const weight = weightOf({ A: { type: 'object' } });
  const took = (...milliseconds: number[]) => {
    for (const each of milliseconds) weight().took(each);
    return weight().isHeavy;
  };
  expect(took(900, 90, 3, 90, 90, 2)).toBe(false);
  expect(took(90, 90, 90)).toBe(true);
  expect(took(...Array(19).fill(1), 90, ...Array(19).fill(1))).toBe(true);
  expect(took(1)).toBe(false);
});
