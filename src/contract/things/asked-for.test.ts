import { expect, it } from 'vitest';
import { askedFor } from './asked-for.js';

it('finds the first member that a refusal names, and looks for none that no sentence has', () => {
  const names = ['owner', 'colour', 'x'.repeat(200_000)];
  expect(askedFor('colour is missing, and so is owner', names)).toBe('colour');
  expect(askedFor('something is wrong', names)).toBeUndefined();
});
