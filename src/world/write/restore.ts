import { type ItemRole, verbIn } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { Ground } from '../ground.js';
import type { Change } from '../kept-row.js';
import { type Row, rowOf } from '../row.js';
import { binned, isBin, trashOf, unbinned } from './bin.js';
import { type Call, changeOf, timeOf } from './call.js';

/** What an action is called that brings back what was deleted. */
export const restoring = /^(?:restore|undelete|recover|untrash|undo[_-]?delete)$/i;

const restorable = new WeakMap<ItemRole['resource'], boolean>();

/** Whether an action of a resource brings back what was deleted, or a list shows it. */
function isRestorable(resource: ItemRole['resource']): boolean {
  const known = restorable.get(resource);
  if (known !== undefined) return known;
  const is = resource.roles.some((role) =>
    role.kind === 'list' ? isBin(role) : role.kind === 'action' && restoring.test(verbIn(role.entry.path)),
  );
  restorable.set(resource, is);
  return is;
}

/** Whether a path calls things by another member than their key: then it is known what they were called. */
const isCalledOtherwise = (resource: ItemRole['resource'], { resources }: Ground): boolean =>
  resources.besides.some(({ as, role }) => as === 'called' && role.resource === resource);

/** The deletion of a row, with what it was where somebody may ask for that: else it is not read. */
export function deletionOf(call: Call<ItemRole>, key: string, row: { readonly value: Json }): Change {
  const { role, ground } = call;
  const deletion = changeOf(call, key, null);
  const isAsked = isRestorable(role.resource) || isCalledOtherwise(role.resource, ground);
  if (!isAsked && trashOf(role.resource, ground) === null) return deletion;
  return { ...deletion, was: binned(row.value, role.resource, ground, timeOf(call)) };
}

/** What was deleted, where it is asked for again: as it was, or else as it was at the beginning. */
export function restored(call: Call<ItemRole>, key: string, isGone: boolean): Row | undefined {
  const { role, operation, base, shown, state, ground } = call;
  if (!isGone || role.kind !== 'action' || !restoring.test(verbIn(operation.path))) return undefined;
  const held = state?.deletedRow(key);
  const was = held && unbinned(held, role.resource, ground);
  const index = base.indexOf(key);
  const row = was ?? (index === undefined ? base.made(key) : base.row(index));
  return row === undefined ? undefined : shown(rowOf(row));
}
