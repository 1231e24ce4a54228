import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ListRole, QueryRole } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { testsOf } from './filter.js';

const roles: readonly QueryRole[] = [
  ...(['eq', 'ne', 'lt', 'gte', 'in', 'contains'] as const).map(
    (operator): QueryRole => ({
      role: 'filter',
      parameter: operator,
      within: [],
      member: ['a', 'b'],
      operator,
      neutral: [],
    }),
  ),
  { role: 'search', parameter: 'q', within: [] },
];

const word = fc.oneof(
  fc.constantFrom(
    'É',
    'Straße',
    'ΟΔΟΣ',
    'οδος',
    'a"b',
    'a\\n',
    '\n',
    'İ',
    '1e21',
    '😀',
    '\ud83d',
    '\ude00',
    '5',
    'true',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const plain = fc.oneof(word, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean());
const inner = fc.oneof(plain, fc.array(plain, { maxLength: 3 }));

it('what the JSON of a row rules out would not have passed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...roles), inner, inner, fc.boolean(), (role, held, asked, isSame) => {
      const row: Json = { a: { b: held as Json } };
      const [test] = testsOf({ query: [role] } as unknown as ListRole, { [role.parameter]: isSame ? held : asked }, []);
      if (test?.passes(row)) expect(test.mayPass(JSON.stringify(row))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('a day asks for all of its instants, and a number for texts that write it', () => {
  const role = { role: 'filter', parameter: 'is', within: [], member: ['a'], operator: 'eq', neutral: [] } as const;
  const isShown = (held: Json, asked: string | number) => {
    const [test] = testsOf({ query: [role] } as unknown as ListRole, { is: asked }, []);
    return test?.mayPass(JSON.stringify({ a: held })) === true && test.passes({ a: held });
  };
  expect(isShown('2026-01-31T12:00:00Z', '2026-01-31')).toBe(true);
  expect(isShown('2026-01-31', '2026-01-31')).toBe(true);
  expect(isShown('2026-02-01T00:00:00Z', '2026-01-31')).toBe(false);
  expect(isShown('2026-01-31T12:00:00Z', '2026-01-31T13:00:00Z')).toBe(false);
  expect(isShown('2.0', 2)).toBe(true);
  expect(isShown('12.0', 2)).toBe(false);
});

it('a search looks at what a thing says of itself before it looks into what it holds', () => {
  const [test] = testsOf(
    { query: [{ role: 'search', parameter: 'q', within: [] }] } as unknown as ListRole,
    { q: 'own' },
    [],
  );
  const row = { number: 'OWN-1', lines: Array.from({ length: 1000 }, (_, at) => ({ at, text: 'line' })) };
  expect(test?.passes(row)).toBe(true);
});
