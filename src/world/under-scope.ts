import { type Resource, readAt, setAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
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
    const said = member === null ? undefined : readAt(scoped, member);
    const text = scope[index] as string;
    if (member === null || said === undefined || scalarText(said) === text) continue;
    for (const value of Number.isNaN(Number(text)) ? [text] : [text, Number(text)]) {
      const changed = setAt(scoped, member, value);
      if (isValid(changed)) scoped = changed;
    }
  }
  return scoped;
}
