import { equalityKey } from '../../schema/equality.js';
import { isMultipleOf } from '../../schema/multiple-of.js';
import type { Json } from '../../text/value.js';
import { type Plan, settled } from '../draw.js';
import { Conflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import { integerBounds } from '../needs/facts.js';
import { kinds } from '../needs/kinds.js';
import type { Needs } from '../needs/needs.js';
import { pointerTo } from '../needs/site.js';
import { type Magnitude, magnitudeNamed } from '../text/realistic.js';
import type { Run, Spot } from './run.js';

/** The integers that a double holds exactly are drawn from; others are valid, but not what anybody means. */
const safe = Number.MAX_SAFE_INTEGER;
const int32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const attempts = 40;

/** An integer: left to json-schema-faker, once its bounds are said as integers. */
export function planInteger(_run: Run, _needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  const bounds = integerBounds(facts);
  if (facts.formats.includes('int32')) {
    bounds.minimum = Math.max(bounds.minimum, int32.minimum);
    bounds.maximum = Math.min(bounds.maximum, int32.maximum);
  }
  const { minimum, maximum } = usual(bounds, magnitudeOf(spot, facts), spot.hint ? spot.hint.tries : 0);
  if (minimum > maximum) {
    return new Conflict(facts.lower?.pointer ?? '', `No integer of format int32 is between the bounds`);
  }
  const plain = facts.multiples.length === 0 && facts.negations.length === 0;
  if (plain && Math.abs(minimum) <= safe && Math.abs(maximum) <= safe) return { type: 'integer', minimum, maximum };
  return settle(facts, spot, stepOf(facts, 1), minimum, maximum, Number.isInteger);
}

/** A number that may have a fraction, with as few decimals as the bounds allow: json-schema-faker gives it seventeen. */
export function planFraction(_run: Run, _needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  const magnitude = magnitudeOf(spot, facts);
  const lower = facts.lower?.limit ?? Number.NEGATIVE_INFINITY;
  const upper = facts.upper?.limit ?? Number.POSITIVE_INFINITY;
  const { minimum, maximum } = usual({ minimum: lower, maximum: upper }, magnitude, spot.hint?.tries ?? 0);
  const width = maximum - minimum;
  const fine =
    width >= magnitude.step * 4 ? magnitude.step : width === 0 ? 0 : 10 ** (Math.floor(Math.log10(width)) - 2);
  const integersOnly = (facts.mask & kinds.fraction) === 0;
  const fractionsOnly = (facts.mask & kinds.integer) === 0;
  return settle(facts, spot, stepOf(facts, fine), minimum, maximum, (value) =>
    Number.isInteger(value) ? !fractionsOnly : !integersOnly,
  );
}

/** Draws a multiple of a step between the bounds, until one is right in every respect. */
function settle(
  facts: Facts,
  spot: Spot,
  step: number,
  minimum: number,
  maximum: number,
  fits: (value: number) => boolean,
): Plan | Conflict {
  const random = spot.random.child('number');
  const low = step === 0 ? 0 : Math.ceil(minimum / step);
  const high = step === 0 ? 0 : Math.floor(maximum / step);
  const candidates = [...Array(attempts).keys()].map(() => decimal(random.integer(low, high), step));
  const edges = [low, low + 1, high, high - 1].map((factor) => decimal(factor, step));
  for (const value of [...candidates, ...edges, (minimum + maximum) / 2, minimum, maximum]) {
    if (fits(value) && isAllowed(value, facts)) return settled(value);
  }
  const part = facts.parts.find(({ schema }) => schema.multipleOf !== undefined);
  const pointer = part ? pointerTo(part.site, 'multipleOf') : (facts.lower ?? facts.upper)?.pointer;
  const noun = part ? `multiple of ${facts.multiples.join(' and ')}` : 'number';
  const limits = [facts.lower && `from ${facts.lower.limit}`, facts.upper && `to ${facts.upper.limit}`].filter(Boolean);
  return new Conflict(pointer ?? notOf(facts), [`No ${noun} that is allowed was found`, ...limits].join(' '));
}

function notOf({ parts }: Facts): string {
  const part = parts.find(({ schema }) => schema.not !== undefined) ?? parts[0];
  return part ? pointerTo(part.site, 'not') : '';
}

function isAllowed(value: number, { lower, upper, multiples, negations }: Facts): boolean {
  return (
    Number.isFinite(value) &&
    (!lower || (lower.exclusive ? value > lower.limit : value >= lower.limit)) &&
    (!upper || (upper.exclusive ? value < upper.limit : value <= upper.limit)) &&
    multiples.every((multiple) => isMultipleOf(value, multiple)) &&
    !negations.some((negation) => isRefuted(value, negation))
  );
}

function isRefuted(value: number, negation: Record<string, Json>): boolean {
  const { multipleOf } = negation;
  if (typeof multipleOf === 'number') return isMultipleOf(value, multipleOf);
  const refused = 'const' in negation ? [negation.const as Json] : negation.enum;
  return Array.isArray(refused) && refused.some((one) => equalityKey(one) === equalityKey(value));
}

/** Bounds that say nothing are filled from what such a number usually is. After failures, from farther away. */
function usual(
  bounds: { minimum: number; maximum: number },
  magnitude: Magnitude,
  tries: number,
): { minimum: number; maximum: number } {
  const reach = (magnitude.maximum - Math.max(0, magnitude.minimum)) * 10 ** tries;
  let { minimum, maximum } = bounds;
  if (minimum === Number.NEGATIVE_INFINITY && maximum === Number.POSITIVE_INFINITY) {
    return { minimum: magnitude.minimum, maximum: magnitude.maximum * 10 ** tries };
  }
  if (minimum === Number.NEGATIVE_INFINITY) minimum = maximum > magnitude.minimum ? magnitude.minimum : maximum - reach;
  if (maximum === Number.POSITIVE_INFINITY) {
    maximum = minimum < magnitude.maximum ? magnitude.maximum : minimum + Math.max(reach, Math.abs(minimum) / 2);
  }
  return { minimum, maximum };
}

function magnitudeOf(spot: Spot, facts: Facts): Magnitude {
  const magnitude = magnitudeNamed(spot.name, spot.owner);
  const largest = Math.max(0, ...facts.multiples);
  return largest * 10 <= magnitude.maximum ? magnitude : { ...magnitude, maximum: largest * 10 };
}

/** A step of which every multiple is a multiple of all that is asked for. */
function stepOf({ multiples }: Facts, fine: number): number {
  if (multiples.length === 0) return fine;
  let step = multiples[0] as number;
  for (const multiple of multiples.slice(1)) {
    let factor = 1;
    while (factor < 10_000 && !isMultipleOf(decimal(factor, step), multiple)) factor += 1;
    step = decimal(factor, step);
  }
  if (Number.isInteger(fine) && fine === 1 && !Number.isInteger(step)) {
    let factor = 1;
    while (factor < 10_000 && !Number.isInteger(decimal(factor, step))) factor += 1;
    return decimal(factor, step);
  }
  return step;
}

/** A product without the noise of binary fractions. */
function decimal(factor: number, step: number): number {
  const product = factor * step;
  return Number.isInteger(step) || !Number.isFinite(product) ? product : Number(product.toPrecision(14));
}
