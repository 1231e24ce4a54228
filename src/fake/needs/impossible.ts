import { Conflict } from './conflict.js';
import type { Bound, Facts, Range } from './facts.js';
import { kinds } from './kinds.js';

/** Takes away the kinds that no value can be of, and says why when none is left. */
export function dropImpossibleKinds(facts: Facts): Conflict | null {
  let reason: Conflict | null = null;
  const drop = (bits: number, conflict: Conflict | null): void => {
    if (conflict && (facts.mask & bits) !== 0) {
      facts.mask &= ~bits;
      reason = conflict;
    }
  };
  drop(kinds.string, emptyRange(facts.length, 'Length', 'characters'));
  drop(kinds.array, emptyRange(facts.items, 'Items', 'items'));
  drop(kinds.object, emptyRange(facts.members, 'Properties', 'members'));
  drop(kinds.object, tooManyRequired(facts));
  drop(kinds.integer | kinds.fraction, emptyInterval(facts));
  drop(kinds.integer, noIntegerBetween(facts));
  if (facts.multiples.some((multiple) => Number.isInteger(multiple))) facts.mask &= ~kinds.fraction;
  if (facts.negations.some(({ multipleOf }) => typeof multipleOf === 'number' && Number.isInteger(1 / multipleOf))) {
    facts.mask &= ~kinds.integer;
  }
  return facts.mask === 0 ? reason : null;
}

function emptyRange(range: Range, noun: string, unit: string): Conflict | null {
  const { minimum, maximum, minimumAt } = range;
  return minimum > maximum
    ? new Conflict(minimumAt, `min${noun} ${minimum} is above max${noun} ${maximum}: no count of ${unit} is between`)
    : null;
}

function tooManyRequired({ required, members }: Facts): Conflict | null {
  return required.size > members.maximum
    ? new Conflict(
        members.maximumAt,
        `maxProperties ${members.maximum} is below the number of required members, ${required.size}`,
      )
    : null;
}

function emptyInterval({ lower, upper }: Facts): Conflict | null {
  if (!lower || !upper || lower.limit < upper.limit) return null;
  if (lower.limit === upper.limit && !lower.exclusive && !upper.exclusive) return null;
  return new Conflict(
    lower.pointer,
    `No number is ${describeBound(lower, 'above')} and ${describeBound(upper, 'below')}`,
  );
}

function noIntegerBetween(facts: Facts): Conflict | null {
  const { lower, upper } = facts;
  if (!lower || !upper) return null;
  const { minimum, maximum } = integerBounds(facts);
  return minimum > maximum
    ? new Conflict(lower.pointer, `No integer is ${describeBound(lower, 'above')} and ${describeBound(upper, 'below')}`)
    : null;
}

/** The least and the greatest integer between the bounds; infinite where there is none. */
export function integerBounds({ lower, upper }: Pick<Facts, 'lower' | 'upper'>): { minimum: number; maximum: number } {
  let minimum = Number.NEGATIVE_INFINITY;
  let maximum = Number.POSITIVE_INFINITY;
  if (lower) minimum = lower.exclusive ? Math.floor(lower.limit) + 1 : Math.ceil(lower.limit);
  if (upper) maximum = upper.exclusive ? Math.ceil(upper.limit) - 1 : Math.floor(upper.limit);
  return { minimum, maximum };
}

function describeBound({ limit, exclusive }: Bound, side: 'above' | 'below'): string {
  return exclusive ? `${side} ${limit}` : `${limit} or ${side}`;
}
