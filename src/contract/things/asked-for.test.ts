import { expect, it } from 'vitest';
import { askedFor } from './asked-for.js';

it('finds the first member that a refusal names, and looks for none that no sentence has', () => {
  const names = ['owner', 'colour', 'x'.repeat(200_000)];
  expect(askedFor('colour is missing, and so is owner', names)).toBe('colour');
  expect(askedFor('something is wrong', names)).toBeUndefined();
});

it('finds names with signs that mean something in an expression', () => {
  const names = ['owner-id', 'filter[kind]', 'a/b', '$ref'];
  for (const name of names) expect(askedFor(`${name} is missing`, names)).toBe(name);
});
