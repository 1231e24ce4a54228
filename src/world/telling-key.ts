import { memberTelling, type Role, readAt } from '../resource/index.js';
import { parseJson, scalarText, writeJson } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { isKeyedByList } from './ground.js';
import type { Row } from './row.js';
import type { Shape } from './shape.js';

/** A text as short as that may stand in others by chance. */
const shortest = 6;

/**
 * An answer that need not show what was made, and tells its key all the same, as an example may: that of this one, wherever that of the
 * example stands. Undefined where it tells none.
 * @param shown what is answered otherwise: an example, or what is made
 */
export function tellingKey(
  { resource }: Pick<Role, 'resource'>,
  { value: row, key }: Row,
  shown: Json,
  isFitting: (body: Json) => boolean,
): Json | undefined {
  if (isKeyedByList(resource) && isObject(shown)) {
    // An answer of one member tells by it where the list has it.
    const [only, ...others] = Object.keys(shown);
    const told = only === undefined || key === undefined ? shown : { ...shown, [only]: key };
    return others.length === 0 && isFitting(told) ? told : undefined;
  }
  const [own = '', ...inner] = resource.key?.member ?? [];
  if (!isObject(shown) || !isObject(row) || inner.length > 0) return undefined;
  const name = memberTelling(resource, Object.keys(shown));
  const next = row[own];
  if (name === undefined || next === undefined) return undefined;
  const same = Object.keys(shown).filter((member) => Object.hasOwn(row, member));
  const renamed = renamedIn(shown, shown[name], next);
  const alone = { ...renamed, [name]: next };
  const told = { ...alone, ...Object.fromEntries(same.map((member) => [member, row[member] as Json])) };
  return [told, alone, { ...shown, [name]: next }].find(isFitting);
}

/** The member by which an answer that shows no key of what was made tells it: `journalRunNumber`; undefined where it need not. */
export function tellsKeyBy({ resource }: Pick<Role, 'resource'>, { names }: Shape): string | undefined {
  const own = resource.key?.member ?? [];
  return names === null || own.length !== 1 || names.has(own[0] ?? '')
    ? undefined
    : memberTelling(resource, [...names]);
}

/** What an answer shows of what was made, with its key in such a member. */
export function withToldKey(
  name: string | undefined,
  { resource }: Pick<Role, 'resource'>,
  { value }: Row,
  shown: Json,
): Json {
  if (name === undefined || !isObject(shown)) return shown;
  const key = readAt(value, resource.key?.member ?? []);
  return typeof shown[name] === typeof key ? { ...shown, [name]: key as Json } : shown;
}

/** The same with another key in the texts that have the one of the example: `/documents/be30ed0b`. */
function renamedIn(shown: JsonObject, key: Json | undefined, next: Json): JsonObject {
  if (typeof key !== 'string' || key.length < shortest) return shown;
  const [from, to] = [key, scalarText(next)].map((text) => JSON.stringify(text).slice(1, -1));
  return parseJson(writeJson(shown).replaceAll(from ?? '', () => to ?? '')) as JsonObject;
}
