import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../fake/index.js';
import type { JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { counts, currencies, holdings, stocks, sums } from './amounts.js';
import { files } from './files.js';
import { namings } from './naming.js';
import { lifecycles } from './order.js';
import { contacts, persons } from './person.js';
import { places } from './place.js';
import { ranges } from './ranges.js';

const name = fc.constantFrom(
  ...'name first_name lastName username email city country country_code currency total subtotal amount price quantity'.split(
    ' ',
  ),
  ...'items items_count total_items count num_items size created_at updatedAt deleted_at expires due_date start end'.split(
    ' ',
  ),
  ...'startDate end_date min_price max_price low high opens closes checkIn check_out departure arrival tax id title slug display stock in_stock system value type has_items has_size extension content_type file_name'.split(
    ' ',
  ),
);
const date = fc.constantFrom(
  '2024-01-02T03:04:05Z',
  '2023-05-06T07:08:09Z',
  '2025-01-01T00:00:00Z',
  '2022-02-02',
  '09:00',
);
const plain = fc.oneof(
  date,
  fc.constantFrom('Ann Lee', 'ann@example.com', 'DE', 'Paris', 'EUR', 'a.pdf', 'image/png', true, false),
  fc.nat(9),
);
const line = fc.record({ amount: fc.nat(9), quantity: fc.nat(9) });
const value = fc.oneof(plain, fc.array(fc.oneof(plain, line), { maxLength: 3 }));

describe('a rule', () => {
  it.each(
    Object.entries({
      lifecycles,
      ranges,
      places,
      persons,
      contacts,
      namings,
      currencies,
      sums,
      counts,
      holdings,
      stocks,
      files,
    }),
  )('%s has nothing to say of objects without the names that it tells by', (_, { names, fewest, apply }) => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (object) => {
        const [changed] = apply(object as JsonObject, new Random(1));
        if (changed === undefined) return;
        const told = Object.keys(object).filter((one) => names.some((pattern) => pattern.test(phraseOf(one))));
        expect(told.length).toBeGreaterThanOrEqual(fewest);
      }),
      { numRuns: 400 },
    );
  });
});
