import { expect, it } from 'vitest';
import { valuesOf } from './base.js';

it('looks at a bounded number of values, however many members an answer has', () => {
  const members = Array.from({ length: 150_000 }, (_, index) => `"key${index}":${index}`);
  const body = Buffer.from(`{${members.join(',')}}`);
  const values = valuesOf({ status: 400, headers: [], raw: body, body, problems: [], duration: 1 });
  expect(values.has('key7=7')).toBe(true);
  expect(values.size).toBeLessThanOrEqual(20_000);
});
