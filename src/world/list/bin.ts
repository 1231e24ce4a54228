import type { ListRole } from '../../resource/index.js';
import type { CollectionReader } from '../state.js';
import { isBin, isTrash } from '../write/bin.js';
import { type Rows, rowsOf } from './page.js';

/** What was deleted, for a list that shows that alone, of its own things or of others; null for others. */
export function binOf(role: ListRole, from: readonly { readonly state: CollectionReader | undefined }[]): Rows | null {
  if (isTrash(role.resource))
    return rowsOf(
      from.flatMap(({ state }) => state?.added(0, state.addedCount) ?? []),
      role,
    );
  return isBin(role)
    ? rowsOf(
        from.flatMap(({ state }) => state?.bin ?? []),
        role,
      )
    : null;
}
