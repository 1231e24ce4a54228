import { expect, it } from 'vitest';
import { Random } from '../../fake/index.js';
import { persons } from './person.js';

const agreed = (object: Record<string, string>) => [...persons.apply(object, new Random(1))][0];

it('a person has the initials of the name', () => {
  expect(agreed({ name: 'Clare Ann Von', email: 'x@example.com', initials: 'W' })).toMatchObject({ initials: 'CV' });
  expect(agreed({ first_name: 'Åsa', last_name: 'Öberg', initials: 'W' })).toMatchObject({ initials: 'ÅÖ' });
  expect(agreed({ name: 'Cher', email: 'x@example.com', initials: 'W' })).toMatchObject({ initials: 'C' });
});
