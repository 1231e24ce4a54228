import type { Place } from '../schema/place.js';
import type { Direction } from '../schema/types.js';
import type { TypeText } from './type-text.js';

/** A type that has a name. */
export interface Named {
  readonly name: string;
  readonly place: Place;
  readonly direction: Direction;
  /** Without the schemas that extend it. */
  readonly isBase: boolean;
  text: TypeText;
  /** Those that it is, or is a part of, in so many words: not those of its members or items. */
  readonly immediate: Set<Named>;
}

/** Whether a type is another, or a part of it, in so many words. */
export function leadsTo(from: Named, to: Named): boolean {
  // A Set grows while it is iterated.
  const reached = new Set(from.immediate);
  for (const next of reached) {
    if (next === to) return true;
    for (const further of next.immediate) reached.add(further);
  }
  return false;
}
