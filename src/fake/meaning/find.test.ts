import { expect, it } from 'vitest';
import { fakerFor } from '../draw.js';
import { Random } from '../random.js';
import { meaningOf } from './find.js';

/** Names as people have them: two or more words, each with a capital letter. */
const isPersons = (text: string): boolean => /^(\p{Lu}[\p{L}'.-]+ ){1,4}\p{Lu}[\p{L}'.-]*$/u.test(text);

function made(owner: string, name: string, siblings: readonly string[]): readonly string[] {
  const { string } = meaningOf({ owner, name, siblings });
  return [1, 2, 3, 4, 5].map((seed) => string?.(fakerFor(new Random(seed)), { owner, image: () => '' }) ?? '');
}

it.each([
  ['User', 'displayName', ['id']],
  ['Author', 'display_name', ['id']],
  ['ContactResponse', 'displayName', ['id']],
  ['Identity', 'displayName', ['id', 'email']],
  ['Identity', 'displayName', ['id', 'givenName']],
  ['TeamMember', 'displayName', ['id']],
])('names a person where %s has %s', (owner, name, siblings) => {
  expect(made(owner, name, siblings)).toSatisfy((all: string[]) => all.every(isPersons));
});

it.each([
  ['Pipeline', 'displayName', ['id']],
  ['Volume', 'display_name', ['id', 'size']],
  ['Project', 'title', ['id']],
  ['Project', 'label', ['id']],
  ['UserGroup', 'displayName', ['id']],
  ['MemberRole', 'name', ['id']],
])('names no person where %s has %s', (owner, name, siblings) => {
  expect(made(owner, name, siblings)).toSatisfy((all: string[]) => !all.some(isPersons));
});

it.each([
  ['Member', 'initials', /^\p{Lu}{2}$/u],
  ['Person', 'middle_initial', /^\p{Lu}$/u],
  ['Member', 'hours_per_work_day', /^[1-8]$/],
  ['Member', 'minutesPerWorkDay', /^\d{2,3}$/],
  ['CurrencyFormat', 'decimal_separator', /^\.$/],
  ['CurrencyFormat', 'group_separator', /^,$/],
  ['Invoice', 'dated_on', /^\d{4}-\d\d-\d\d/],
])('%s has as %s what it says', (owner, name, text) => {
  expect(made(owner, name, ['id'])).toSatisfy((all: string[]) => all.every((one) => text.test(one)));
});
