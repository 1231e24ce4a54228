import { isMultipleOf } from '../../schema/multiple-of.js';
import { greatest } from '../../text/many.js';
import type { Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { manyItems } from '../demand.js';
import { draw, multiplesIn, type Plan, settled } from '../draw.js';
import { countsItems, meaningOf } from '../meaning/find.js';
import { anyNumber } from '../meaning/quantities.js';
import type { Moment } from '../meaning/row.js';
import { Conflict } from '../needs/conflict.js';
import { type Facts, integerBounds, kinds } from '../needs/facts.js';
import { isRefuted } from '../needs/refutation.js';
import { pointerTo } from '../needs/site.js';
import type { Random } from '../random.js';
import type { Run, Situation, Spot } from './run.js';

/** The integers that a double holds exactly are drawn from; others are valid, but not what anybody means. */
const safe = Number.MAX_SAFE_INTEGER;
const int32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const maximumDraws = 40;
/** Bounds that are farther apart only limit a number: it is not meant to be anywhere between them. */
const maximumMeantWidth = 1000;
/** Factors beyond this are not tried in the search for a common multiple. */
const maximumFactor = 10_000;
/** What a product of a decimal step keeps, so that the noise of binary fractions is gone. */
const significantDigits = 14;

interface Interval {
  readonly minimum: number;
  readonly maximum: number;
}

/** An integer: left open, for json-schema-faker to draw, once its bounds are said as integers. */
export function planInteger({ run, facts, spot }: Situation): Plan | Conflict {
  const bounds = integerBounds(facts);
  if (facts.formats.includes('int32')) {
    bounds.minimum = Math.max(bounds.minimum, int32.minimum);
    bounds.maximum = Math.min(bounds.maximum, int32.maximum);
  }
  const magnitude = magnitudeOf(run, spot, facts, 'integer');
  const interval = usual(bounds, magnitude, spot.hint?.tries ?? 0);
  const { minimum, maximum } = interval;
  if (minimum > maximum) {
    return new Conflict(facts.lower?.pointer ?? '', `No integer of format int32 is between the bounds`);
  }
  const step = stepOf(facts, 1);
  const isOpen =
    facts.negations.length === 0 &&
    Math.abs(minimum) <= safe &&
    Math.abs(maximum) <= safe &&
    multiplesIn(minimum, maximum, step) > 0;
  if (isOpen) return { type: 'integer', minimum, maximum, ...(step === 1 ? {} : { multipleOf: step }) };
  return settle(facts, spot, step, interval, Number.isInteger);
}

/** A number that may have a fraction: drawn as a multiple of a step, with as few decimals as the bounds allow. */
export function planFraction({ run, facts, spot }: Situation): Plan | Conflict {
  const magnitude = magnitudeOf(run, spot, facts, 'number');
  const minimum = facts.lower?.limit ?? Number.NEGATIVE_INFINITY;
  const maximum = facts.upper?.limit ?? Number.POSITIVE_INFINITY;
  const interval = usual({ minimum, maximum }, magnitude, spot.hint?.tries ?? 0);
  const width = interval.maximum - interval.minimum;
  const fine =
    width >= magnitude.step * 4 ? magnitude.step : width === 0 ? 0 : 10 ** (Math.floor(Math.log10(width)) - 2);
  return settle(facts, spot, stepOf(facts, fine), interval, (value) =>
    Number.isInteger(value) ? (facts.mask & kinds.integer) !== 0 : (facts.mask & kinds.fraction) !== 0,
  );
}

/** Has json-schema-faker draw a multiple of a step between the bounds, until one is right in every respect. */
function settle(
  facts: Facts,
  spot: Spot,
  step: number,
  interval: Interval,
  fits: (value: number) => boolean,
): Plan | Conflict {
  for (const value of candidates(step, interval, spot.random.child('number'))) {
    if (fits(value) && allowsNumber(value, facts)) return settled(value);
  }
  const part = facts.parts.find(({ schema }) => schema.multipleOf !== undefined);
  const pointer = part ? pointerTo(part.site, 'multipleOf') : (facts.lower ?? facts.upper)?.pointer;
  const noun = part ? `multiple of ${facts.multiples.join(' and ')}` : 'number';
  const limits = [facts.lower && `from ${facts.lower.limit}`, facts.upper && `to ${facts.upper.limit}`].filter(Boolean);
  return new Conflict(pointer ?? notOf(facts), [`No ${noun} that is allowed was found`, ...limits].join(' '));
}

function* candidates(step: number, { minimum, maximum }: Interval, random: Random): Generator<number> {
  const plan: Plan = { type: 'number', minimum, maximum, ...(step === 0 ? {} : { multipleOf: step }) };
  for (let count = 0; count < maximumDraws; count++) {
    // It multiplies as binary fractions do: 3 × 0.1 is 0.30000000000000004.
    yield withoutNoise(draw(plan, count === 0 ? random : random.child(count)) as number, step);
  }
  if (step !== 0) {
    const [low, high] = [Math.ceil(minimum / step), Math.floor(maximum / step)];
    yield* [low, low + 1, high, high - 1].map((factor) => withoutNoise(factor * step, step));
  }
  yield* [(minimum + maximum) / 2, minimum, maximum];
}

function notOf({ parts }: Facts): string {
  const part = parts.find(({ schema }) => schema.not !== undefined) ?? parts[0];
  return part ? pointerTo(part.site, 'not') : '';
}

/** Whether a number keeps all that can be seen here. */
export function allowsNumber(value: number, { lower, upper, multiples, negations }: Facts): boolean {
  return (
    Number.isFinite(value) &&
    (!lower || (lower.exclusive ? value > lower.limit : value >= lower.limit)) &&
    (!upper || (upper.exclusive ? value < upper.limit : value <= upper.limit)) &&
    multiples.every((multiple) => isMultipleOf(value, multiple)) &&
    !negations.some((negation) => isRefuted(negation, value as Json))
  );
}

/**
 * What such a number usually is, as far as the bounds allow it. Bounds that are those of a type (`int32`) or that leave
 * almost everything open limit a value and say nothing of what it is like. After failures, from farther away.
 */
function usual(bounds: Interval, magnitude: Magnitude, tries: number): Interval {
  const width = bounds.maximum - bounds.minimum;
  const isMeant = width <= maximumMeantWidth;
  if (tries > 0 && (isMeant || (tries > 1 && width < Number.POSITIVE_INFINITY))) return bounds;
  const most = magnitude.maximum * 10 ** tries;
  const minimum = Math.max(bounds.minimum, magnitude.minimum);
  const maximum = Math.min(bounds.maximum, most);
  if (minimum <= maximum && !(isMeant && !magnitude.isNamed)) {
    return minimum < maximum || width === 0 || magnitude.minimum === magnitude.maximum
      ? { minimum, maximum }
      : { ...bounds, ...finite(bounds, magnitude, tries) };
  }
  return isMeant ? bounds : finite(bounds, magnitude, tries);
}

/** Where what is usual is out of bounds: as near to it as may be. */
function finite(bounds: Interval, magnitude: Magnitude, tries: number): Interval {
  const reach = (magnitude.maximum - Math.max(0, magnitude.minimum)) * 10 ** tries;
  const { minimum, maximum } = bounds;
  if (maximum <= magnitude.minimum) return { minimum: Math.max(minimum, maximum - reach), maximum };
  return { minimum, maximum: Math.min(maximum, minimum + Math.max(reach, Math.abs(minimum) / 2)) };
}

/** How many items a list has of which data is asked for, where a number says how many; else null. */
export function itemsDemanded({ demand }: Run, name: string): number | null {
  const demanded = demand === 'empty' ? 0 : demand === 'many' ? manyItems : null;
  return demanded !== null && countsItems(name) ? demanded : null;
}

/** What a number is about. */
interface Magnitude extends Interval {
  /** The least difference between two values. */
  readonly step: number;
  /** Whether its name tells so. */
  readonly isNamed: boolean;
}

function magnitudeOf(run: Run, spot: Spot, facts: Facts, type: 'integer' | 'number'): Magnitude {
  const meaning = meaningOf(spot);
  const demanded = itemsDemanded(run, spot.name);
  if (demanded !== null) return { minimum: demanded, maximum: demanded, step: 1, isNamed: true };
  if (meaning.epoch) return epochOf(run, spot, facts, meaning.epoch);
  const [minimum, maximum, step = 1] = meaning[type] ?? anyNumber[type];
  if (meaning.isYearsAhead) {
    const year = run.now.getUTCFullYear();
    return { minimum: year + minimum, maximum: year + maximum, step: 1, isNamed: true };
  }
  const whole = { minimum: Math.ceil(minimum), maximum: Math.max(1, Math.floor(maximum)), step: 1 };
  const magnitude = { ...(type === 'integer' ? whole : { minimum, maximum, step }), isNamed: meaning[type] !== null };
  const largest = greatest(facts.multiples);
  return largest * 10 <= magnitude.maximum ? magnitude : { ...magnitude, maximum: largest * 10 };
}

/** Seconds since 1970, or milliseconds where the name or the description says so. */
function epochOf({ now }: Run, { name }: Spot, { parts }: Facts, { from, to }: Moment): Magnitude {
  const said = `${phraseOf(name)} ${parts.map(({ schema }) => schema.description ?? '').join(' ')}`;
  const unit = /\b(ms|millis(econds)?)\b/i.test(said) ? 1000 : 1;
  const present = Math.floor(now.getTime() / 1000);
  const at = (days: number): number => (present + days * 24 * 3600) * unit;
  return { minimum: at(from), maximum: at(to), step: 1, isNamed: true };
}

/** A step of which every multiple is a multiple of all that is asked for, and an integer where `fine` is 1. */
function stepOf({ multiples }: Facts, fine: number): number {
  const [first, ...others] = multiples;
  if (first === undefined) return fine;
  const common = others.reduce((step, multiple) => grown(step, (product) => isMultipleOf(product, multiple)), first);
  return fine === 1 ? grown(common, Number.isInteger) : common;
}

/** The least multiple of a step that fits. */
function grown(step: number, fits: (product: number) => boolean): number {
  let factor = 1;
  while (factor < maximumFactor && !fits(withoutNoise(factor * step, step))) factor += 1;
  return withoutNoise(factor * step, step);
}

function withoutNoise(product: number, step: number): number {
  const isExact = Number.isInteger(step) || !Number.isFinite(product);
  return isExact ? product : Number(product.toPrecision(significantDigits));
}
