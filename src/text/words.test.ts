import fc from 'fast-check';
import { expect, it } from 'vitest';
import { phraseOf, wordsOf } from './words.js';

it.each([
  ['pet_id', ['pet', 'id']],
  ['petID', ['pet', 'id']],
  ['pet-id', ['pet', 'id']],
  ['Pet.Id', ['pet', 'id']],
  ['_links', ['links']],
  ['item2Name', ['item2', 'name']],
  ['größe_max', ['größe', 'max']],
  ['__', []],
])('%s has the words %j', (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});

it('words are found again, whatever separates them', () => {
  const word = fc.stringMatching(/^[a-z\d]{1,5}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('_', '-', '.', ' ', '__'),
      (words, mark) => {
        expect(wordsOf(words.join(mark))).toEqual(words);
        expect(phraseOf(words.join(mark))).toBe(words.join(' '));
      },
    ),
  );
});
