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

it.each([
  '^arn:(?=[^:]+:fsx:[^:]+:\\d{12}:)((|(?=[a-z0-9-.]{1,63})(?!\\d{1,3}(\\.\\d{1,3}){3})(?![^:]*-{2})[a-z0-9].*(?<!-)):){4}(?!/).{0,1024}$',
  '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{8,20}$',
  '^id-(?=[A-Z]{3}-\\d)[\\w-]{9}$',
])('writes what a lookahead asks for where it is asked for: %s', (pattern) => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const text = sampleOf(pattern, new Random(seed), { minimum: 0, maximum: 512 });
    expect(text).toMatch(new RegExp(pattern, 'u'));
  }
});

it('counts a character beyond the basic plane as one', () => {
  expect(sampleOf('^😀{40}$', new Random(1), { minimum: 0, maximum: 40 })).toBe('😀'.repeat(40));
});

it('leaves no pattern to json-schema-faker whose groups are nested more deeply than a stack goes', () => {
  expect(isModest(`${'('.repeat(5000)}a${')'.repeat(5000)}`)).toBe(false);
  expect(isModest('(?i:(a)\\1)')).toBe(true);
});
