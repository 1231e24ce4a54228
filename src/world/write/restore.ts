import { type ItemRole, verbIn } from '../../resource/index.js';
import type { Change } from '../kept-row.js';
import { type Row, rowOf } from '../row.js';
import { type Call, changeOf } from './call.js';

const restoring = /^(?:restore|undelete|recover|untrash|undo[_-]?delete)$/i;

/** Whether an action of a resource brings back what was deleted. */
const isRestorable = ({ roles }: ItemRole['resource']): boolean =>
  roles.some(({ kind, entry }) => kind === 'action' && restoring.test(verbIn(entry.path)));

/** The deletion of a row, with what brings it back where something can. */
export function deletionOf(call: Call<ItemRole>, key: string, row: Row): Change {
  const deletion = changeOf(call, key, null);
  return isRestorable(call.role.resource) ? { ...deletion, was: row.value } : deletion;
}

/** What was deleted, where it is asked for again: as it was, or else as it was at the beginning. */
export function restored(call: Call<ItemRole>, key: string, isGone: boolean): Row | undefined {
  const { role, operation, base, shown, state } = call;
  if (!isGone || role.kind !== 'action' || !restoring.test(verbIn(operation.path))) return undefined;
  const was = state?.deletedRow(key);
  const index = base.indexOf(key);
  const row = was ?? (index === undefined ? base.made(key) : base.row(index));
  return row === undefined ? undefined : shown(rowOf(row));
}
