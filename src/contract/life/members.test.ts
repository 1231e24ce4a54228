import { expect, it } from 'vitest';
import { isVolatile } from './members.js';

it('takes members for such that change by themselves by their words, and not by letters', () => {
  const own = [
    'updatedAt',
    'viewCount',
    'views',
    'age',
    'max_age',
    'lastSeen',
    'version',
    'hits',
    'startTime',
    'count',
  ];
  expect(own.filter((name) => !isVolatile(name))).toEqual([]);
  const others = ['message', 'language', 'storage', 'image', 'country', 'discount', 'account', 'timezone', 'reviews'];
  expect(others.filter((name) => isVolatile(name))).toEqual([]);
});
