import { scalarText } from '../text/integers.js';
import { child } from '../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import type { AnswerPlace, Resource } from './types.js';
import { isSameName } from './words.js';

/**
 * What stands at a path of members. Of a list on the way nothing is read: see `valuesAt`.
 * @returns undefined where nothing stands there
 */
export function readAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (!isObject(found)) return undefined;
    found = child(found, step);
  }
  return found;
}

/** All that stands at a path of members, where a list on the way means each of its items. */
export function valuesAt(value: Json | undefined, path: readonly string[]): Json[] {
  if (Array.isArray(value) && path.length > 0) return value.flatMap((item) => valuesAt(item, path));
  const [step, ...others] = path;
  if (step === undefined) return value === undefined ? [] : [value];
  return isObject(value) ? valuesAt(child(value, step), others) : [];
}

/** The rows of a list that stands in a body; undefined where none stands there. */
export function listedIn(
  body: Json | undefined,
  { path, inside, isKeyed }: Pick<AnswerPlace, 'path' | 'inside' | 'isKeyed'>,
): readonly Json[] | undefined {
  const list = readAt(body, path);
  const items = Array.isArray(list) ? list : isKeyed && isObject(list) ? Object.values(list) : undefined;
  return inside.length === 0 ? items : items?.flatMap((item) => readAt(item, inside) ?? []);
}

/** The row that stands in the body of an answer about one; undefined where none stands there. */
export function shownRow(
  body: Json | undefined,
  { path, isInList }: Pick<AnswerPlace, 'path' | 'isInList'>,
): Json | undefined {
  const found = readAt(body, path);
  return isInList && Array.isArray(found) ? found[0] : found;
}

/** A copy with another value at a path of members; what is no object on the way is replaced by one. */
export function setAt(value: Json | undefined, path: readonly string[], inside: Json): Json {
  const [step, ...others] = path;
  if (step === undefined) return inside;
  const copy: JsonObject = isObject(value) ? { ...value } : {};
  setMember(copy, step, setAt(child(copy, step), others, inside));
  return copy;
}

/**
 * The key of a row, as it stands in a path before percent-encoding.
 * @returns undefined where the resource has no key, or the row has none that is a text, a number or a boolean
 */
export function keyOf({ key }: Pick<Resource, 'key'>, row: Json): string | undefined {
  const value = key === null ? undefined : readAt(row, key.member);
  return value === undefined || value === null || typeof value === 'object'
    ? undefined
    : keyInName({ key }, scalarText(value));
}

/** The key in what names a row: the last part of a resource name (AIP-122), or else all of it. */
export function keyInName({ key }: Pick<Resource, 'key'>, name: string): string {
  return key?.stem === undefined ? name : name.slice(name.lastIndexOf('/') + 1);
}

/**
 * What stands in the member that tells a row, for a key: with the path before it where that is a resource name.
 * @param scope what the row is nested under
 */
export function nameOfKey(
  { key, scope: parents }: Pick<Resource, 'key' | 'scope'>,
  scope: readonly string[],
  value: Json,
): Json {
  if (key?.stem === undefined) return value;
  const steps = key.stem.map((step) =>
    'word' in step ? step.word : scope[parents.findIndex(({ parameter }) => parameter === step.parameter)],
  );
  // What was asked for by another form of name stands under nothing.
  const isUnder = parents.length === 0 || scope.some((one) => one !== '');
  return isUnder ? [...steps, value].join('/') : value;
}

/** A row with a key: in the member that tells it, and in one that is called as the parameter is (`bookId` beside the name of a resource). */
export function withKeyOf(
  resource: Pick<Resource, 'key' | 'scope'>,
  scope: readonly string[],
  row: Json,
  value: Json,
): Json {
  const { key } = resource;
  if (key === null) return row;
  const named = setAt(row, key.member, nameOfKey(resource, scope, value));
  const own = isObject(named) ? Object.keys(named).find((name) => isKeyBeside({ key }, name)) : undefined;
  return own === undefined ? named : setAt(named, [own], value);
}

/** Whether a member has the key that the name of a resource ends with. */
export const isKeyBeside = ({ key }: Pick<Resource, 'key'>, name: string): boolean =>
  key?.stem !== undefined && key.parameter !== null && key.member[0] !== name && isSameName(name, key.parameter);
