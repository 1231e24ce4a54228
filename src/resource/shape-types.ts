import { typeNames } from '../schema/keywords.js';
import type { JsonObject } from '../text/value.js';

/** Most schemas say one type, and share what that allows. */
export const oneType: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  typeNames.map((type) => [type, new Set(type === 'number' ? ['number', 'integer'] : [type])]),
);

/** What schemas are about that say no type: what they describe of it. */
export function impliedTypes(bases: readonly { readonly schema: JsonObject }[]): ReadonlySet<string> | null {
  if (bases.some(({ schema }) => schema.properties !== undefined)) return new Set(['object']);
  return bases.some(({ schema }) => schema.items !== undefined) ? new Set(['array']) : null;
}
