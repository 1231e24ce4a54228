import { type RelationRole, readAt, setAt } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import type { Ground } from '../ground.js';
import type { Row } from '../row.js';
import { rowSchemaOf } from '../shape.js';

/**
 * A row that is related to others (JSON:API 1.1, 9.4): to one more, to no longer some, to these instead.
 * @param body what was sent
 * @param rowOf the row that a key names
 * @returns undefined where it cannot be so related
 */
export function related(
  { relation, change, body: place, resource }: Pick<RelationRole, 'relation' | 'change' | 'body' | 'resource'>,
  row: Json,
  body: Json | undefined,
  rowOf: (key: string) => Row | undefined,
  ground: Ground,
): Json | undefined {
  const { member, isList, inside } = relation;
  const sent = place === null || body === undefined ? undefined : readAt(body, place.path);
  const own = rowSchemaOf(resource, ground);
  const keyOf = (one: Json): string => scalarText(inside.length > 0 && isObject(one) ? readAt(one, inside) : one);
  const thingOf = (one: Json): Json => {
    const named = inside.length > 0 && !isObject(one) ? rowOf(scalarText(one))?.value : undefined;
    return named ?? one;
  };
  const held = readAt(row, member);
  let next: Json;
  if (isList) {
    const before = Array.isArray(held) ? held : [];
    const byKey = new Map((Array.isArray(sent) ? sent : []).map(thingOf).map((one) => [keyOf(one), one]));
    const named = [...byKey.values()];
    const keys = new Set(byKey.keys());
    const isNew = (one: Json) => !before.some((old) => keyOf(old) === keyOf(one));
    if (change === 'add') next = [...before, ...named.filter(isNew)];
    else next = change === 'replace' ? named : before.filter((one) => !keys.has(keyOf(one)));
  } else {
    if (sent === undefined) return undefined;
    next = thingOf(sent);
  }
  const changed = setAt(row, member, next);
  return fits(own, changed) ? changed : undefined;
}
