import { type ItemRole, keyOf, type Naming, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { Listing } from '../list/listing.js';
import type { Row } from '../row.js';
import type { Call } from './call.js';

/** Rows that are looked through for a name. */
export const maximumNamed = 1000;

/** The key of the row that a path calls by another member, or by several; of one that was deleted, too. */
export function keyBy(
  { base, state, values, role: { resource } }: Pick<Call<ItemRole>, 'base' | 'state' | 'values' | 'role'>,
  { member: [name = ''], equals = name, beside = [] }: Naming,
): string | null {
  const said = [[name, equals] as const, ...beside].map(
    ([parameter, member]) => [member, values.path[parameter]] as const,
  );
  if (!said.every(([, value]) => isPlain(value))) return null;
  const isIt = ({ value }: Row): boolean =>
    said.every(([member, asked]) => {
      const held = readAt(value, [member]);
      return isPlain(held) && scalarText(held) === scalarText(asked as string | number);
    });
  const row = new Listing(base, state).rows(0, maximumNamed).find(isIt) ?? state?.bin.find(isIt);
  return row === undefined ? null : (keyOf(resource, row.value) ?? null);
}

const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
