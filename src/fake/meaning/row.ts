import type { Faker } from '@faker-js/faker';

/** What is known of the place that a value is made for, besides its schema. */
export interface Context {
  /** The words of what the member belongs to: a component, or the member that holds it. */
  readonly owner: string;
  /** The address of a picture that loads. */
  image(): string;
}

export type Draw = (faker: Faker, context: Context) => string;

/** From, to, and the least difference between two values. */
export type Range = readonly [minimum: number, maximum: number, step?: number];

/**
 * One meaning that a member can have by its name, and how it is made as each type. What a row does not say is taken from
 * the next row that matches: `created at` is an instant, as a string and as a number.
 */
export interface Meaning {
  /** A name's words, after those of what it belongs to: `user: created at`. */
  readonly words: RegExp;
  /** The words of a member beside it, one of which has to match as well. */
  readonly beside?: RegExp;
  readonly string?: Draw;
  /** As an integer; the next two say what is meant where one is given alone. */
  readonly integer?: Range;
  readonly number?: Range;
  /** The number is added to the year that it is. */
  readonly isYearsAhead?: true;
  /** A moment, near to the present that is set: as text by the format, as a number since 1970. */
  readonly moment?: Moment;
}

/** Days from the present, and whether the text of it is the day alone where no format says so. */
export interface Moment {
  readonly from: number;
  readonly to: number;
  readonly isDay?: boolean;
}

/** What is drawn to say of which kind a thing is, and so does not tell it from others. */
export const kindDraws = new Set<Draw>();

/** One of a list: a kind, a state. */
export function oneOf(...list: readonly string[]): Draw {
  const draw: Draw = (faker) => faker.helpers.arrayElement(list);
  kindDraws.add(draw);
  return draw;
}

/** A number of digits, the first not 0. */
export function digits(count: number): Draw {
  return (faker) => faker.string.numeric({ length: count, allowLeadingZeros: false });
}
