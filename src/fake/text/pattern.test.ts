import { expect, it, vi } from 'vitest';
import { Random } from '../random.js';
import { isModest, sampleOf } from './pattern.js';

it.each(['^a{1000000}$', '^(a{1000}){900}$', '^(?:ab|cd){50}$'])(
  'writes nothing for %s where it is too long',
  (pattern) => {
    const random = new Random(1);
    const drawn = vi.spyOn(Random.prototype, 'child');
    expect(sampleOf(pattern, random, { minimum: 0, maximum: 40 })).toBeNull();
    expect(drawn).not.toHaveBeenCalled();
    drawn.mockRestore();
  },
);

it('counts a character beyond the basic plane as one', () => {
  expect(sampleOf('^😀{40}$', new Random(1), { minimum: 0, maximum: 40 })).toBe('😀'.repeat(40));
});

it('leaves no pattern to json-schema-faker whose groups are nested more deeply than a stack goes', () => {
  expect(isModest(`${'('.repeat(5000)}a${')'.repeat(5000)}`)).toBe(false);
  expect(isModest('(?i:(a)\\1)')).toBe(true);
});
