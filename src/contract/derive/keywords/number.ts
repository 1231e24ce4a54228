import type { Part } from '../../../schema/view.js';
import { accepted, type Family, type Proposal, rejected } from './proposal.js';

/** Bounds with their near sides, and multiples (JSON Schema 2020-12 validation, 6.2). */
export const number: Family = function* (view, { place }) {
  const { multipleOf } = view.schema;
  const integral = place.views.some(({ schema }) => schema.type === 'integer');
  const factor = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : null;
  yield* bounds(view, factor ?? (integral ? 1 : 0.5));
  if (factor === null || typeof place.value !== 'number') return;
  const off = integral && factor > 1 ? 1 : factor / 2;
  if (integral && !Number.isInteger(off)) return;
  yield rejected(view, 'multipleOf', plus(place.value, off), `not a multiple of ${factor}`);
};

function* bounds(view: Part, step: number): Iterable<Proposal> {
  const minimum = bound(view, 'minimum');
  if (minimum !== null) {
    yield accepted(view, 'minimum', minimum, 'the minimum');
    yield accepted(view, 'minimum', plus(minimum, step), 'just above the minimum');
    yield rejected(view, 'minimum', plus(minimum, -step), 'below the minimum');
  }
  const maximum = bound(view, 'maximum');
  if (maximum !== null) {
    yield accepted(view, 'maximum', maximum, 'the maximum');
    yield accepted(view, 'maximum', plus(maximum, -step), 'just below the maximum');
    yield rejected(view, 'maximum', plus(maximum, step), 'above the maximum');
  }
  const above = bound(view, 'exclusiveMinimum');
  if (above !== null) {
    yield accepted(view, 'exclusiveMinimum', plus(above, step), 'just above the exclusive minimum');
    yield rejected(view, 'exclusiveMinimum', above, 'the exclusive minimum itself');
  }
  const below = bound(view, 'exclusiveMaximum');
  if (below !== null) {
    yield accepted(view, 'exclusiveMaximum', plus(below, -step), 'just below the exclusive maximum');
    yield rejected(view, 'exclusiveMaximum', below, 'the exclusive maximum itself');
  }
}

/** A bound that every reader of JSON takes for the same number (RFC 8259, 6): 64-bit limits are not of these. */
function bound({ schema }: Part, keyword: string): number | null {
  const value = schema[keyword];
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
}

/** The sum as a person writes it: 0.7 + 0.1 is 0.8. */
function plus(a: number, b: number): number {
  return Number((a + b).toPrecision(15));
}
