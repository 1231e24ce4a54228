import { expect, it } from 'vitest';
import { expressionTest } from './expression.js';

const rows = [
  { id: 1, name: 'Chai', price: 18, active: true, supplier: { country: 'DE' }, released: '2024-02-01T00:00:00Z' },
  { id: 2, name: "O'Hara", price: 5.5, active: false, supplier: { country: 'FR' }, tags: [{ value: 'new' }] },
  { id: 3, name: 'chang', price: 40, active: true, supplier: null, released: '2025-02-01T00:00:00Z', note: null },
];

it.each([
  // OData 4.01, part 2, 5.1.1
  ["name eq 'Chai'", [1]],
  ["name eq 'O''Hara'", [2]],
  ['price gt 5.5 and price le 40', [1, 3]],
  ["name eq 'Chai' or name eq 'chang'", [1, 3]],
  ['active eq true and (price lt 20 or price ge 40)', [1, 3]],
  ['not (active eq true)', [2]],
  ["contains(name,'ha')", [1, 3]],
  ["startswith(tolower(name),'cha') and not endswith(name,'ng')", [1]],
  ["substringof('Ha',name) eq true", [2]],
  ['id in (1,3)', [1, 3]],
  ["supplier/country ne 'DE'", [2, 3]],
  ['released lt 2025-01-01T00:00:00Z', [1]],
  ['year(released) eq 2025', [3]],
  ['note eq null', [1, 2, 3]],
  ['length(name) eq 6', [2]],
  // JsonApiDotNetCore
  ["equals(name,'Chai')", [1]],
  ["and(greaterThan(price,'5.5'),any(id,'1','2','3'))", [1, 3]],
  ["or(lessOrEqual(price,'5.5'),not(equals(active,'false')))", [1, 2, 3]],
  ['equals(supplier,null)', [3]],
  // SCIM: RFC 7644, 3.4.2.2
  ['name sw "CH" and active eq true', [1, 3]],
  ['tags.value eq "new"', [2]],
  ['released pr', [1, 3]],
  // AIP-160
  ['name="Chai" AND price > 10', [1]],
  ['name:cha', [1, 3]],
  // As databases write it
  ["name like 'cha%'", [1, 3]],
  // Field selectors of Kubernetes
  ['supplier.country=DE,id!=2', [1]],
] as const)('%s', (text, ids) => {
  const test = expressionTest(text);
  expect(rows.filter((row) => test?.(row)).map(({ id }) => id)).toEqual(ids);
});

it.each([
  '',
  'active',
  'name eq',
  "name eq 'open",
  'name eq 1 2',
  '(name eq 1',
  "tags/any(t: t/value eq 'new')",
  'name near 3',
])('nothing is filtered by what cannot be read: %s', (text) => expect(expressionTest(text)).toBeNull());

it('what is long is read in no time, and not without end', () => {
  expect(expressionTest('('.repeat(400))).toBeNull();
  expect(expressionTest('a '.repeat(100_000))).toBeNull();
});
