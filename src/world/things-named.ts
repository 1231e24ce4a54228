import { isSameName, type Relation, type Resource, readAt, setAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

/** Whether a member is called as the keys of what another one shows: `label_ids` of `labels`. */
export const isKeysOf = (name: string, things: string): boolean => isSameName(name.replace(/_?ids$/i, ''), things);

/** The relation that has by their keys alone what another one shows as things: `policyIds` of `policies`. */
function keysBeside({ name, isList, inside }: Relation, { relations }: Resource): Relation | undefined {
  if (!isList || inside.length === 0) return undefined;
  return relations.find((one) => one.isList && one.inside.length === 0 && isKeysOf(one.name, name));
}

/** A row that says by their keys what it shows as things. */
export function withKeysBeside(row: Json, relation: Relation, resource: Resource): Json {
  const beside = keysBeside(relation, resource);
  const things = readAt(row, relation.member);
  if (beside === undefined || !Array.isArray(things) || !Array.isArray(readAt(row, beside.member))) return row;
  const keys = things.map((thing) => readAt(thing, relation.inside));
  return keys.some((key) => key === undefined) ? row : setAt(row, beside.member, keys as Json[]);
}

/**
 * A written row that shows of the things whose keys were sent what these say of themselves, and beside a list of things their keys.
 * @param sent what the client says itself: that stays
 * @param named the thing of a resource that a key names, if it is known
 */
export function withThingsNamed(
  row: Json,
  sent: JsonObject,
  {
    resource,
    named,
    isValid,
  }: {
    readonly resource: Resource;
    named(resource: Resource, key: string): Json | undefined;
    isValid(row: Json): boolean;
  },
): Json {
  let whole = row;
  for (const relation of resource.relations) {
    const { member, inside, isList } = relation;
    const [said, things] = [readAt(sent, member), readAt(whole, member)];
    if (!isList || inside.length !== 1 || !Array.isArray(things)) continue;
    const isOfKeys = Array.isArray(said) && !said.some(isObject);
    const shown = isOfKeys
      ? setAt(
          whole,
          member,
          things.map((thing) => asItself(thing, relation, named)),
        )
      : whole;
    const changed = withKeysBeside(shown, relation, resource);
    if (changed !== whole && isValid(changed)) whole = changed;
  }
  for (const { member, isList, resource: to } of resource.references) {
    const [name = '', ...inside] = member;
    const [said, thing] = [sent[name], readAt(whole, [name])];
    if (isList || inside.length !== 1 || (typeof said !== 'string' && typeof said !== 'number') || !isObject(thing))
      continue;
    const changed = setAt(whole, [name], asItself(setAt(thing, inside, said), { inside, resource: to }, named));
    if (isValid(changed)) whole = changed;
  }
  return whole;
}

function asItself(
  thing: Json,
  { inside, resource }: Pick<Relation, 'inside' | 'resource'>,
  named: (resource: Resource, key: string) => Json | undefined,
): Json {
  const key = readAt(thing, inside);
  if (typeof key !== 'string' && typeof key !== 'number') return thing;
  return setAt(likened(thing, named(resource, scalarText(key))), inside, key);
}

/** What is shown of a thing, as that says it of itself, where both have it. */
export function likened(shown: Json, thing: Json | undefined): Json {
  if (!isObject(shown) || !isObject(thing)) return shown;
  const alike = Object.keys(shown).filter(
    (name) => Object.hasOwn(thing, name) && typeof thing[name] === typeof shown[name],
  );
  return { ...shown, ...Object.fromEntries(alike.map((name) => [name, thing[name] as Json])) };
}
