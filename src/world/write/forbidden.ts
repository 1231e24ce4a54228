import type { Operation } from '../../operation/index.js';
import {
  type Doing,
  type ItemRole,
  isForbiddenIn,
  isForbiddenWhere,
  type Resource,
  saysState,
} from '../../resource/index.js';
import { listedValues, viewOf } from '../../schema/view.js';
import { child } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Ground } from '../ground.js';
import { type Call, declares, type Refused, sentIn } from './call.js';
import { holderOf } from './holder.js';

/** The refusal of what changes or deletes a row in a state in which the document says that this cannot be done; null: it can. */
export function forbiddenIn(call: Call<ItemRole>, row: Json): Refused | null {
  const { role, operation, ground } = call;
  if (role.kind === 'action' || role.part) return refusalOf(operation, role.resource, row, ground, () => ({}));
  return refusalOf(operation, role.resource, row, ground, (said, path) => {
    if (role.kind === 'delete') return { isByMethod: true };
    return {
      isByMethod: true,
      untouched: () => {
        const sent = path.reduce<Json | undefined>((inner, name) => inner && child(inner, name), sentIn(call, row));
        return Object.keys(said).filter(
          // What is so or not is a state too.
          (name) =>
            !saysState(name) && typeof said[name] !== 'boolean' && !isChanged(sent && child(sent, name), said[name]),
        );
      },
    };
  });
}

/** The same of what is done below a row, or names it: a message in a channel that is archived. */
export function forbiddenBelow(
  operation: Operation,
  { resource, row }: { readonly resource: Resource; readonly row: Json },
  below: Resource,
  ground: Ground,
): Refused | null {
  const view = viewOf(ground.operations.document);
  return refusalOf(operation, resource, row, ground, (_said, path) => {
    const own = view.members(view.within(below.schema, path));
    return { above: [...own.keys()].some(saysState) ? 'alike' : 'unlike' };
  });
}

function refusalOf(
  operation: Operation,
  resource: Resource,
  row: Json,
  ground: Ground,
  doingAt: (said: JsonObject, path: readonly string[]) => Doing,
): Refused | null {
  if (!isObject(row) || !declares({ operation }, '409')) return null;
  const view = viewOf(ground.operations.document);
  const holder = holderOf(resource, ground);
  const held = holder && row[holder.name];
  const places: { readonly said: JsonObject; readonly path: readonly string[] }[] = [{ said: row, path: [] }];
  if (holder && isObject(held)) places.push({ said: held, path: [holder.name] });
  const noun = resource.name.split('.').at(-1) ?? '';
  for (const { said, path } of places) {
    const doing = { noun, ...doingAt(said, path) };
    for (const [name, state] of Object.entries(said)) {
      const isForbidden = saysState(name)
        ? isForbiddenIn(operation, state, listedValues(view.within(resource.schema, [...path, name])), doing)
        : typeof state === 'boolean' && isForbiddenWhere(operation, name, state, doing);
      if (!isForbidden) continue;
      const detail = `The row of ${resource.name} has the ${name} ${JSON.stringify(state)}, in which this cannot be done`;
      return { kind: 'refused', status: 409, detail };
    }
  }
  return null;
}

/** Whether what was sent of a member is something else than it is. */
const isChanged = (sent: Json | undefined, held: Json | undefined): boolean =>
  sent !== undefined && JSON.stringify(sent) !== JSON.stringify(held);
