import { type ItemRole, keyOf, type Naming, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { Listing } from '../list/listing.js';
import type { Row } from '../row.js';
import type { Call } from './call.js';

/** Rows that are looked through for a name. */
export const maximumNamed = 1000;

/** The key of the row that a path calls by another member; of one that was deleted, too. */
export function keyBy(
  { base, state, values, role: { resource } }: Pick<Call<ItemRole>, 'base' | 'state' | 'values' | 'role'>,
  { member: [name = ''], equals = name }: Naming,
): string | null {
  const said = values.path[name];
  if (typeof said !== 'string' && typeof said !== 'number') return null;
  const isIt = ({ value }: Row): boolean => {
    const held = readAt(value, [equals]);
    return (typeof held === 'string' || typeof held === 'number') && scalarText(held) === scalarText(said);
  };
  const row = new Listing(base, state).rows(0, maximumNamed).find(isIt) ?? state?.bin.find(isIt);
  return row === undefined ? null : (keyOf(resource, row.value) ?? null);
}
