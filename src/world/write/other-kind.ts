import type { ItemRole } from '../../resource/index.js';
import { listedValues, viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { madeWith } from '../made-row.js';
import type { Call } from './call.js';

/**
 * What a row is made of where one like those that are there cannot say of which kind it is to be (`type: http`), since each branch has
 * members of its own; undefined where the row says it.
 */
export function ofOtherKind(
  { role, ground, seed, base }: Call<ItemRole>,
  row: Json,
  sent: JsonObject,
): Json | undefined {
  const { resource } = role;
  const lost = Object.entries(sent).filter(
    ([name, value]) => typeof value === 'string' && isObject(row) && row[name] !== value,
  );
  if (lost.length === 0) return undefined;
  const view = viewOf(ground.operations.document);
  const members = view.members(view.possible(resource.schema));
  const kinds = lost.filter(([name, value]) =>
    (members.get(name) ?? []).some(({ to }) => listedValues(view.certain(to)).includes(value)),
  );
  const salt = `${base.name} of ${JSON.stringify(kinds)}`;
  // What was said first says most of what it is.
  for (const some of [kinds, kinds.slice(0, 1)]) {
    if (some.length === 0) return undefined;
    const made = madeWith(Object.fromEntries(some), resource, ground, { seed, salt, row: 1 });
    if (made !== undefined) return made;
  }
  return undefined;
}
