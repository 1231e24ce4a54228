import { expect, test } from 'vitest';
import { scimOperationsIn, scimPatched } from './scim-patch.js';

const row = {
  userName: 'bjensen',
  active: true,
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [
    { value: 'b@example.com', type: 'work' },
    { value: 'home@example.com', type: 'home' },
  ],
};

test('operations name attributes by paths, and by none', () => {
  const operations = [
    { op: 'Replace', path: 'Active', value: false },
    { op: 'replace', path: 'name.familyName', value: 'Jones' },
    { op: 'add', value: { externalId: 'e1', 'name.middleName': 'J' } },
    { op: 'remove', path: 'userName' },
    { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:nickName', value: 'Babs' },
  ];
  expect(scimPatched(row, operations)).toEqual({
    value: {
      active: false,
      name: { givenName: 'Barbara', familyName: 'Jones', middleName: 'J' },
      emails: row.emails,
      externalId: 'e1',
      nickName: 'Babs',
    },
  });
});

test('items of a list are added once, changed and removed where a filter fits them', () => {
  const added = { value: 'c@example.com', type: 'other' };
  const operations = [
    { op: 'add', path: 'emails', value: [added] },
    { op: 'add', path: 'emails', value: added },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' },
    { op: 'remove', path: 'emails[type eq "home"]' },
  ];
  expect(scimPatched(row, operations)).toEqual({
    value: { ...row, emails: [{ value: 'new@example.com', type: 'work' }, added] },
  });
});

test('what cannot be carried out is said', () => {
  expect(scimPatched(row, [{ op: 'replace', path: 'emails[type eq "fax"].value', value: '' }])).toMatch(/Nothing fits/);
  expect(scimPatched(row, [{ op: 'remove' }])).toMatch(/needs a path/);
  expect(scimPatched(row, [{ op: 'add', path: 'a b', value: 1 }])).toMatch(/No attribute/);
});

test('only a PatchOp is one', () => {
  expect(scimOperationsIn({ Operations: [{ op: 'add' }] })).toHaveLength(1);
  expect(scimOperationsIn({ Operations: 'x' })).toBeNull();
  expect(scimOperationsIn([{ op: 'add', path: '/a' }])).toBeNull();
});

test('what is there already is not added again, in whichever order its members are written', () => {
  const again = { type: 'work', value: 'b@example.com' };
  const other = { type: 'other', value: 'b@example.com' };
  expect(scimPatched(row, [{ op: 'add', path: 'emails', value: [again, other] }])).toEqual({
    value: { ...row, emails: [...row.emails, other] },
  });
});
