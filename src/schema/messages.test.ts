import { expect, test } from 'vitest';
import { unionMessage } from './messages.js';

test('a union of very many alternatives is told in a few words, and soon', () => {
  const schemas = Array.from({ length: 40_000 }, () => ({ type: 'object' }));
  const lacking = schemas.map((_, index) => ({ text: `/k must be ${index}`, count: 1, isType: false }));
  expect(unionMessage([...schemas, { type: 'string' }], lacking)).toBe(
    'must be alternative 1 (/k must be 0), alternative 2 (/k must be 1), alternative 3 (/k must be 2) or 39997 others',
  );
});
