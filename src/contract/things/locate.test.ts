import { expect, it } from 'vitest';
import { targetOf } from './locate.js';

it.each([
  ['/orgs/acme/projects/7', '/orgs/acme/projects/7'],
  ['https://example.com/api/v1/orgs/acme/projects/7?x=1', '/orgs/acme/projects/7?x=1'],
  // The thing does not stand below where it was made.
  ['/projects/7', '/projects/7'],
  ['/api/v1/projects/7', '/projects/7'],
  ['/api/v1/product/7', '/api/v1/product/7'],
  ['projects/7', '/orgs/acme/projects/7'],
  ['http://[', null],
])('a Location of %s leads to %s', (location, target) => {
  const item = location.includes('orgs') ? '/orgs/{slug}/projects/{id}' : '/projects/{id}';
  expect(targetOf(location, '/orgs/acme/projects', { item })).toBe(target);
});
