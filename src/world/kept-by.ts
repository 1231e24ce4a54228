import type { Operation } from '../operation/index.js';
import { type ItemRole, type KeptWhile, keptWhile } from '../resource/index.js';
import type { Now } from './base.js';
import type { Counts } from './counts.js';
import type { Scope } from './ground.js';
import type { Call, Done, Refused } from './write/call.js';

/** Parameters by which whoever deletes a thing says that what depends on it goes too. */
const forces = /^(?:force|cascade|recursive|purge)/i;

const known = new WeakMap<Operation, KeptWhile | null>();

/** What has to be gone before: that is read once in the words of an operation. */
function saidOf({ operation, role, ground }: Call<ItemRole>): KeptWhile | null {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const said = keptWhile(operation, role.resource, ground.resources.all);
  known.set(operation, said);
  return said;
}

/** The refusal to delete what the document says is kept while other things depend on it, where some do; null: it can be deleted. */
export function keptBy(
  { changes }: Done,
  call: Call<ItemRole>,
  scope: Scope,
  counts: Counts,
  now: Now,
): Refused | null {
  const key = changes[0]?.key;
  const said = key === undefined ? null : saidOf(call);
  if (key === undefined || said === null) return null;
  const { role, values } = call;
  const isForced = ([name, value]: [string, unknown]) => forces.test(name) && value !== false && value !== 'false';
  if (Object.entries(values.query).some(isForced)) return null;
  for (const { resource, by, only } of said.dependents) {
    const size = counts.sizeOf({ resource, by, only }, role.resource, [...scope, key], now);
    const detail = `${size} of ${resource.name} depend on the row of ${role.resource.name} with the key ${JSON.stringify(key)}`;
    if (size) return { kind: 'refused', status: said.status, detail };
  }
  return null;
}
