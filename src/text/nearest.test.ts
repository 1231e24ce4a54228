import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, didYouMeanClause, nearest } from './nearest.js';

test('a typing error, other case and other separators are forgiven', () => {
  expect(nearest('--prot', ['--port', '--host', '--seed'])).toEqual(['--port']);
  expect(nearest('apiKey', ['api-key', 'cors'])).toEqual(['api-key']);
  expect(nearest('Widgte', ['Widget', 'Wizard'])).toEqual(['Widget']);
});

test('a word unlike all candidates has no nearest', () => {
  expect(nearest('zebra', ['port', 'host'])).toEqual([]);
  expect(nearest('', ['port'])).toEqual([]);
});

test('the best come first, and no more than asked for', () => {
  expect(nearest('status-500', ['status-501', 'status-500x', 'status-502', 'status-503'], 2)).toEqual([
    'status-500x',
    'status-501',
  ]);
});

test('one question asks whether a word was meant, as a sentence or as the end of one', () => {
  expect(didYouMean(['port', 'host'])).toBe('Did you mean "port" or "host"?');
  expect(didYouMeanClause(['Dport'])).toBe('; did you mean "Dport"?');
  expect([didYouMean([]), didYouMeanClause([])]).toEqual([undefined, '']);
});

test('a candidate is always nearest to itself, and each is named once', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (words) => {
      const [word] = words as [string];
      const found = nearest(word, [...words, ...words], words.length);
      expect(found).toContain(word);
      expect(new Set(found).size).toBe(found.length);
    }),
  );
});

test('what stands before a dot may be left out', () => {
  expect(nearest('getPet', ['v1.getPet', 'a-long-name.getPet', 'getOwner'])).toEqual([
    'a-long-name.getPet',
    'v1.getPet',
  ]);
});
