import { accepted, type Family, rejected } from './proposal.js';

/** Bounds with their near sides, and multiples (JSON Schema 2020-12 validation, 6.2). */
export const number: Family = function* (view, { place }) {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = view.schema;
  const integral = place.views.some(({ schema }) => schema.type === 'integer');
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : integral ? 1 : 0.5;
  if (typeof minimum === 'number') {
    yield accepted(view, 'minimum', minimum, 'the minimum');
    yield accepted(view, 'minimum', minimum + step, 'just above the minimum');
    yield rejected(view, 'minimum', minimum - step, 'below the minimum');
  }
  if (typeof maximum === 'number') {
    yield accepted(view, 'maximum', maximum, 'the maximum');
    yield accepted(view, 'maximum', maximum - step, 'just below the maximum');
    yield rejected(view, 'maximum', maximum + step, 'above the maximum');
  }
  if (typeof exclusiveMinimum === 'number') {
    yield accepted(view, 'exclusiveMinimum', exclusiveMinimum + step, 'just above the exclusive minimum');
    yield rejected(view, 'exclusiveMinimum', exclusiveMinimum, 'the exclusive minimum itself');
  }
  if (typeof exclusiveMaximum === 'number') {
    yield accepted(view, 'exclusiveMaximum', exclusiveMaximum - step, 'just below the exclusive maximum');
    yield rejected(view, 'exclusiveMaximum', exclusiveMaximum, 'the exclusive maximum itself');
  }
  if (typeof multipleOf === 'number' && multipleOf > 0 && typeof place.value === 'number') {
    const off = integral && multipleOf > 1 ? 1 : multipleOf / 2;
    if (!integral || Number.isInteger(off)) {
      yield rejected(view, 'multipleOf', place.value + off, `not a multiple of ${multipleOf}`);
    }
  }
};
