import { isHolder, type Resource, resourceObjectMembers } from '../../resource/index.js';
import { requiredNames, viewOf } from '../../schema/view.js';
import { isObject, type JsonObject, setMember } from '../../text/value.js';
import type { Ground } from '../ground.js';

/** The one object of a row in which it says what it is, beside its key: `attributes` of a resource object (JSON:API 1.1, 7.2). */
export interface Holder {
  readonly name: string;
  /** What stands in it; null: anything that does not stand beside it. */
  readonly inner: ReadonlySet<string> | null;
  /** What stands beside it. */
  readonly outer: ReadonlySet<string>;
}

const known = new WeakMap<Resource, Holder | null>();

/** null: what a row says stands in the row itself. */
export function holderOf(resource: Resource, ground: Ground): Holder | null {
  const found = known.get(resource);
  if (found !== undefined) return found;
  const holder = findHolder(resource, ground);
  known.set(resource, holder);
  return holder;
}

function findHolder({ schema }: Resource, { operations }: Ground): Holder | null {
  const view = viewOf(operations.document);
  const members = view.members(view.certain(schema));
  for (const [name, edges] of members) {
    const parts = isHolder(name) ? view.certain(...edges.map(({ to }) => to)) : [];
    // What has to be there is one of its members, described or not.
    const inner = new Set([...view.members(parts).keys(), ...requiredNames(parts)]);
    const outer = new Set(members.keys());
    if (inner.size > 0) return { name, inner, outer };
    // Frameworks describe resource objects once for all, with attributes of which they say nothing.
    if (parts.length > 0 && outer.has('type')) return { name, inner: null, outer };
  }
  return null;
}

/** What was sent beside the key, where rows have it in the holder; as it was sent where it stands there already. */
export function heldIn(holder: Holder, sent: JsonObject, key: string | undefined): JsonObject {
  if (Object.hasOwn(sent, holder.name)) return sent;
  const [beside, held]: [JsonObject, JsonObject] = [{}, {}];
  for (const [name, value] of Object.entries(sent)) setMember(isHeldIn(holder, name, key) ? held : beside, name, value);
  return isObject(held) && Object.keys(held).length > 0 ? { ...beside, [holder.name]: held } : sent;
}

/** Whether a member that is sent beside the key stands in the holder. */
export function isHeldIn({ inner, outer }: Holder, name: string, key: string | undefined): boolean {
  if (name === key) return false;
  if (inner === null) return !outer.has(name);
  if (!inner.has(name)) return false;
  return !outer.has(name) || [...outer].every((one) => resourceObjectMembers.has(one));
}
