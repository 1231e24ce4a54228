import type { Schema } from '../schema/index.js';
import { viewOf } from '../schema/view.js';
import { isObject, type JsonObject, setMember } from '../text/value.js';
import type { Ground } from './ground.js';
import { referred } from './key-schemas.js';

/**
 * What a row has to fit whose own schema takes no other members (`additionalProperties: false`), while other answers show some
 * that it does not list: a row has those too, and each answer shows what it knows of it. The own schema where it is open, or
 * knows all.
 *
 * @param names the members that the own schema knows; null: any
 * @param others what other answers show of the same rows
 */
export function openedTo(
  own: Schema,
  names: ReadonlySet<string> | null,
  others: readonly Schema[],
  { operations }: Ground,
): Schema {
  const { schemas } = operations;
  const view = viewOf(schemas.document);
  const certain = view.certain(own.pointer);
  const closed = certain.filter(({ schema }) => schema.additionalProperties === false);
  const [part] = closed;
  if (part === undefined || closed.length > 1) return own;
  // One that is closed beside others takes in what those have as well: only where it is the whole can it be said anew.
  const isWhole = certain
    .slice(0, certain.indexOf(part))
    .every(({ schema: { $ref, allOf, properties } }) => $ref !== undefined && !allOf && !properties);
  if (!isWhole) return own;
  const extra: JsonObject = {};
  for (const { pointer } of others) {
    const parts = view.certain(pointer);
    for (const [name, edges] of view.members(parts))
      if (names?.has(name) === false && !Object.hasOwn(extra, name))
        setMember(extra, name, { allOf: edges.map((edge) => referred(edge.pointer)) });
  }
  if (Object.keys(extra).length === 0) return own;
  const { properties } = part.schema;
  const declared = isObject(properties) ? properties : {};
  return schemas.inline({ ...part.schema, properties: { ...declared, ...extra } }, part.pointer, 'response');
}
