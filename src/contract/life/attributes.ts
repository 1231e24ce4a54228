import { type ItemRole, readAt, resourceObjectMembers, setAt } from '../../resource/index.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';

/** Of these one at least stands beside the attributes; many leave the type out, though it belongs to it. */
const telling = ['type', 'relationships'];

/** Whether these are the members of a resource object of JSON:API. */
export function isResourceObject(names: readonly string[]): boolean {
  return (
    names.includes('attributes') &&
    telling.some((name) => names.includes(name)) &&
    names.every((name) => resourceObjectMembers.has(name))
  );
}

/**
 * A row with its attributes beside its other members; any other row as it is. By the specification none is called like one of
 * those (JSON:API 1.1, 7.2.2); where one is, it is left out.
 */
export function opened(row: JsonObject): JsonObject {
  if (!isObject(row.attributes) || !isResourceObject(Object.keys(row))) return row;
  const { attributes, ...rest } = row;
  return { ...attributes, ...rest };
}

export function openedJson(row: Json): Json {
  return isObject(row) ? opened(row) : row;
}

/** The row in a body, opened; undefined where none stands there. */
export function rowOf({ body }: ItemRole, value: Json | null | undefined): JsonObject | undefined {
  const row = value === null || value === undefined ? undefined : readAt(value, body?.path ?? []);
  return isObject(row) ? opened(row) : undefined;
}

/**
 * A body with another row in it.
 * @param within the body that it is put into; undefined: there is nothing else in it
 * @param isClosed whether the body takes the row as a resource object
 */
export function withRow({ body }: ItemRole, within: Json | undefined, row: JsonObject, isClosed: boolean): Json {
  return setAt(within, body?.path ?? [], isClosed ? closed(row) : row);
}

function closed(row: JsonObject): JsonObject {
  const [whole, attributes]: [JsonObject, JsonObject] = [{}, {}];
  for (const [name, value] of Object.entries(row))
    setMember(resourceObjectMembers.has(name) ? whole : attributes, name, value);
  return { ...whole, attributes };
}
