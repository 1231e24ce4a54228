import type { Operation, RequestValues } from '../operation/index.js';
import { type ItemRole, listedIn, type Resources, readAt, setAt } from '../resource/index.js';
import { fits, type Schema } from '../schema/index.js';
import { doubleOf, scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';
import { asDeleted } from './write/deleted.js';

/** What an answer that is not of the world shows: which response, for which path parameters. */
export interface Shown {
  /** The key of `responses`. */
  readonly response: string;
  readonly path: RequestValues['path'];
}

/**
 * An answer that is not of the world, with what follows from the rest of it and of the request: a list with counts beside the
 * items that are of these items, since no example or made value need say how many there are elsewhere; one thing with the key
 * that the path names.
 */
export function settled(
  resources: Resources,
  { id }: Operation,
  shown: Shown,
  value: Json,
  schema: Schema | null,
): Json {
  const role = resources.roleOf(id);
  if (role === undefined) return value;
  if (role.kind !== 'list') {
    const told = role.kind === 'delete' && shown.response.startsWith('2') ? asDeleted(value, schema) : value;
    return role.answer?.response === shown.response ? withKey(role, shown.path, told, schema) : told;
  }
  if (role.answer === null) return value;
  const rows = listedIn(value, role.answer);
  if (rows === undefined) return value;
  let whole = value;
  for (const { role: name, at } of role.envelope) {
    if ((name !== 'total' && name !== 'count') || !('member' in at)) continue;
    if (typeof readAt(whole, at.member) === 'number') whole = setAt(whole, at.member, rows.length);
  }
  return whole !== value && fits(schema, whole) ? whole : value;
}

/** What stands where a thing is shown, with the key that the path names, as a text or a number. */
function withKey(role: ItemRole, path: RequestValues['path'], value: Json, schema: Schema | null): Json {
  const { keyParameter, answer, resource } = role;
  const asked = keyParameter === null ? undefined : path[keyParameter];
  if (
    resource.key === null ||
    resource.key.stem !== undefined ||
    answer === null ||
    (typeof asked !== 'string' && typeof asked !== 'number')
  )
    return value;
  const at = [...answer.path, ...resource.key.member];
  const shown = readAt(value, at);
  if ((typeof shown !== 'string' && typeof shown !== 'number') || scalarText(shown) === scalarText(asked)) return value;
  const keys: Json[] = [
    asked,
    scalarText(asked),
    ...(Number.isNaN(Number(asked)) ? [] : [doubleOf(scalarText(asked))]),
  ];
  return keys.map((key) => setAt(value, at, key)).find((whole) => fits(schema, whole)) ?? value;
}
