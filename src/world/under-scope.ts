import { type Resource, readAt, setAt } from '../resource/index.js';
import type { Json } from '../text/value.js';
import type { Scope } from './ground.js';

/** A row that says what it is nested under, as far as it has such members. */
export function underScope(
  row: Json,
  { scope: parents }: Resource,
  scope: Scope,
  isValid: (changed: Json) => boolean,
): Json {
  let scoped = row;
  for (const [index, { member }] of parents.entries()) {
    if (member === null || readAt(scoped, member) === undefined) continue;
    const text = scope[index] as string;
    for (const value of Number.isNaN(Number(text)) ? [text] : [text, Number(text)]) {
      const said = setAt(scoped, member, value);
      if (isValid(said)) scoped = said;
    }
  }
  return scoped;
}
