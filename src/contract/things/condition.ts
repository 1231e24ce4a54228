import type { Operation } from '../../operation/index.js';
import { counting, takenBy } from '../life/members.js';
import type { RunState } from '../run/state.js';
import { isUnsafe } from '../types.js';

/** How a change says which state of a thing it is meant for. */
export interface Condition {
  /** By If-Match (RFC 9110, 13.1.1). */
  readonly byTag: boolean;
  /** By a version in its body: where the thing stands there, and the members. */
  readonly versions: readonly string[];
  readonly path: readonly string[];
}

const known = new WeakMap<Operation, Condition | null>();

/** null: it changes a thing in whatever state that is, or changes none. */
export function conditionOf({ things }: RunState, operation: Operation): Condition | null {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const role = things.resources.roleOf(operation.id);
  const changes = isUnsafe(operation.method) && role !== undefined && role.kind !== 'list' && role.kind !== 'create';
  const byTag = takesTag(operation);
  const versions = changes ? takenBy(operation, role).flatMap(({ name }) => (counting.test(name) ? [name] : [])) : [];
  const isAny = changes && (byTag || versions.length > 0);
  const condition = isAny ? { byTag, versions, path: role.body?.path ?? [] } : null;
  known.set(operation, condition);
  return condition;
}

export function takesTag({ parameters }: Operation): boolean {
  return parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'if-match');
}
