import { expect, it } from 'vitest';
import { basePaths } from './servers.js';

const variables = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at}`, { default: 'a', enum: ['a', 'b'] }]));
const urlOf = (count: number) => `https://example.com${Array.from({ length: count }, (_, at) => `/{v${at}}`).join('')}`;

it('the base paths of a server are all combinations of the values that its variables list', () => {
  expect(basePaths([{ url: urlOf(2), variables: variables(2) }])).toEqual(['/a/a', '/a/b', '/b/a', '/b/b']);
});

it('a variable without a list stands as its default and as a parameter; what is no variable stays', () => {
  const url = 'https://{host}.example.com/{open}/{unknown}/{open}';
  expect(basePaths([{ url, variables: { host: { default: 'x' }, open: { default: 'v1' } } }])).toEqual([
    '/v1/{unknown}/v1',
    '/{open}/{unknown}/{open}',
  ]);
});

it('thousands of variables give no more combinations than anyone expects', () => {
  const found = basePaths([{ url: urlOf(3000), variables: variables(3000) }]);
  expect(found).toHaveLength(64);
  expect(found[0]).toBe('/a'.repeat(3000));
});
