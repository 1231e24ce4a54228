import { type ItemRole, isForbiddenIn, isForbiddenWhere, saysState } from '../../resource/index.js';
import { listedValues, type Part, viewOf } from '../../schema/view.js';
import { isObject, type Json } from '../../text/value.js';
import type { Call, Refused } from './call.js';
import { holderOf } from './holder.js';

/** The refusal of an action on a row in a state in which the document says that it cannot be taken; null: it can. */
export function forbiddenIn({ role, operation, ground }: Call<ItemRole>, row: Json): Refused | null {
  if (role.kind !== 'action' || !isObject(row)) return null;
  const view = viewOf(ground.operations.document);
  const partsAt = (parts: readonly Part[], name: string) =>
    view.certain(...view.member(parts, name).map(({ to }) => to));
  const own = view.certain(role.resource.schema);
  const holder = holderOf(role.resource, ground);
  const held = holder && row[holder.name];
  const places = [{ said: row, parts: own }];
  if (holder && isObject(held)) places.push({ said: held, parts: partsAt(own, holder.name) });
  for (const { said, parts } of places) {
    for (const [name, state] of Object.entries(said)) {
      const isForbidden = saysState(name)
        ? isForbiddenIn(operation, state, listedValues(partsAt(parts, name)))
        : typeof state === 'boolean' && isForbiddenWhere(operation, name, state);
      if (!isForbidden) continue;
      const detail = `The row of ${role.resource.name} has the ${name} ${JSON.stringify(state)}, in which this cannot be done`;
      return { kind: 'refused', status: 409, detail };
    }
  }
  return null;
}
