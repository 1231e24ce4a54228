import type { ListRole } from '../../resource/index.js';
import type { CollectionReader } from '../state.js';
import { isBin } from '../write/bin.js';
import { type Rows, rowsOf } from './page.js';

/** What was deleted, for a list that shows that alone; null for others. */
export function binOf(role: ListRole, from: readonly { readonly state: CollectionReader | undefined }[]): Rows | null {
  return isBin(role)
    ? rowsOf(
        from.flatMap(({ state }) => state?.bin ?? []),
        role,
      )
    : null;
}
