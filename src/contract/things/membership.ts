import { type Resource, type Resources, readOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import type { Thing } from './harvest.js';
import { calledBy } from './queried.js';
import { sharedScope } from './refer.js';
import { lookIn } from './step.js';

type Values = Readonly<Record<string, Json>>;

/** What every kind of thing may be told apart by. */
const common = /^(?:id|uuid|guid|key|slug|name|code|number|type|path)$/i;

/**
 * The resource whose keys the things of another have, as the members of a group have those of users: they are put there by that key
 * (`PUT /groups/{groupId}/members/{userId}`), and not under one that nothing has.
 */
export function keysOf(resources: Resources, resource: Resource): Resource | null {
  const { joins, key, scope } = resource;
  if (joins !== null) return joins;
  const parameter = key?.parameter ?? null;
  if (parameter === null || common.test(parameter) || scope.length === 0) return null;
  const same = resources.all.filter(
    (one) => one !== resource && one.item !== null && one.scope.length === 0 && one.key?.parameter === parameter,
  );
  const other = same.length === 1 ? (same[0] ?? null) : calledBy(resources, parameter);
  return other === resource || scope.some((above) => above.resource === other) ? null : other;
}

/**
 * The key of something that can be put under a path and is not there yet: of what this run has made, or makes for it. What others
 * have is put nowhere.
 * @returns the reason where there is none: half a sentence
 */
export async function keyToPut(
  state: RunState,
  resource: Resource,
  of: Resource,
  path: Values,
  makeOne: (scope: Values) => Promise<{ readonly thing: Thing } | string>,
): Promise<{ readonly key: Json } | string> {
  const { things } = state;
  const scope = sharedScope(of, path);
  const taken = new Set(things.known(resource, sharedScope(resource, path)).map(({ key }) => scalarText(key)));
  const read = readOf(of)?.entry;
  for (const one of things.known(of, scope)) {
    if (one.origin !== 'made' || things.isReserved(one) || taken.has(scalarText(one.key))) continue;
    // What was deleted since it was seen may have taken it along.
    const isThere = !read || !things.mayBeGone(one) || (await lookIn(state)(read, things.pathTo(read, one)));
    if (isThere !== false) return { key: one.key };
    things.forget(one);
  }
  const made = await makeOne(scope);
  return typeof made === 'string' ? made : { key: made.thing.key };
}
