import { type ItemRole, isForbiddenIn, isForbiddenWhere, saysState } from '../../resource/index.js';
import { listedValues, viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Call, Refused } from './call.js';
import { holderOf } from './holder.js';

/** The refusal of an action on a row in a state in which the document says that it cannot be taken; null: it can. */
export function forbiddenIn({ role, operation, ground }: Call<ItemRole>, row: Json): Refused | null {
  if (!isObject(row)) return null;
  const view = viewOf(ground.operations.document);
  const holder = holderOf(role.resource, ground);
  const held = holder && row[holder.name];
  const places: { readonly said: JsonObject; readonly path: readonly string[] }[] = [{ said: row, path: [] }];
  if (holder && isObject(held)) places.push({ said: held, path: [holder.name] });
  for (const { said, path } of places) {
    for (const [name, state] of Object.entries(said)) {
      const isForbidden = saysState(name)
        ? isForbiddenIn(operation, state, listedValues(view.within(role.resource.schema, [...path, name])))
        : typeof state === 'boolean' && isForbiddenWhere(operation, name, state);
      if (!isForbidden) continue;
      const detail = `The row of ${role.resource.name} has the ${name} ${JSON.stringify(state)}, in which this cannot be done`;
      return { kind: 'refused', status: 409, detail };
    }
  }
  return null;
}
