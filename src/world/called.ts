import { isObject, type Json } from '../text/value.js';
import { otherNames } from './write/names.js';

/** A row that is called as a path says which can be no key of it: `/orgs/acme` where keys are UUIDs; undefined where it cannot be. */
export function calledBy(row: Json, text: string, isValid: (row: Json) => boolean): Json | undefined {
  if (!isObject(row)) return undefined;
  const named = otherNames.filter((name) => typeof row[name] === 'string').map((name) => ({ ...row, [name]: text }));
  return named.find(isValid);
}
