import { type ItemRole, keptWhile } from '../resource/index.js';
import type { Now } from './base.js';
import type { Counts } from './counts.js';
import type { Scope } from './ground.js';
import type { Call, Done, Refused } from './write/call.js';

/** Parameters by which whoever deletes a thing says that what depends on it goes too. */
const forces = /^(?:force|cascade|recursive|purge)/i;

/** The refusal to delete what the document says is kept while other things depend on it, where some do; null: it can be deleted. */
export function keptBy(
  { changes }: Done,
  { role, operation, values, ground }: Call<ItemRole>,
  scope: Scope,
  counts: Counts,
  now: Now,
): Refused | null {
  const key = changes[0]?.key;
  const said = key === undefined ? null : keptWhile(operation, role.resource, ground.resources.all);
  if (key === undefined || said === null) return null;
  const isForced = ([name, value]: [string, unknown]) => forces.test(name) && value !== false && value !== 'false';
  if (Object.entries(values.query).some(isForced)) return null;
  for (const { resource, by } of said.dependents) {
    const size = counts.sizeOf({ resource, by, only: null }, role.resource, [...scope, key], now);
    const detail = `${size} of ${resource.name} depend on the row of ${role.resource.name} with the key ${JSON.stringify(key)}`;
    if (size) return { kind: 'refused', status: said.status, detail };
  }
  return null;
}
