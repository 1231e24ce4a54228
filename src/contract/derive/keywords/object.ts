import { viewOf } from '../../../schema/view.js';
import { isObject, type JsonObject } from '../../../text/value.js';
import { withMember } from '../places.js';
import { accepted, broken, brokenSomehow, type Family, type Proposal, rejected } from './proposal.js';

/** Members that have to be there, may not be there, or depend on each other (JSON Schema 2020-12 validation, 6.5). */
export const object: Family = function* (view, { bench, place }) {
  if (!isObject(place.value)) return;
  const { value } = place;
  const { schema } = view;
  const whole = viewOf(bench.operations.document);
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (typeof name !== 'string' || !Object.hasOwn(value, name)) continue;
    // A server that makes it itself need not miss it.
    if (whole.isServers(...whole.member(place.views, name).map(({ to }) => to))) continue;
    const without = rejected(view, 'required', withMember(value, name, undefined), 'required', 'missing');
    yield { ...without, missing: name };
  }
  for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const) {
    if (schema[keyword] === false) yield* broken(view, keyword, value, 'an extra member where none may be');
  }
  if (schema.propertyNames !== undefined) {
    yield* brokenSomehow(view, 'propertyNames', value, 'a member with a name that is not allowed');
  }
  yield* sizes(view, value);
  yield* dependencies(view, value);
};

function* sizes(view: Parameters<Family>[0], value: JsonObject): Iterable<Proposal> {
  const { minProperties, maxProperties } = view.schema;
  const entries = Object.entries(value);
  if (typeof minProperties === 'number' && minProperties > 0) {
    const few = entries.slice(0, minProperties);
    if (few.length === minProperties)
      yield accepted(view, 'minProperties', Object.fromEntries(few), 'the fewest members');
    yield* broken(view, 'minProperties', Object.fromEntries(few), 'fewer than minProperties');
  }
  if (typeof maxProperties === 'number' && maxProperties <= 100) {
    yield* broken(view, 'maxProperties', value, 'more than maxProperties');
  }
}

function* dependencies(view: Parameters<Family>[0], value: JsonObject): Iterable<Proposal> {
  const { dependentRequired } = view.schema;
  for (const [name, needed] of Object.entries(isObject(dependentRequired) ? dependentRequired : {})) {
    if (!Object.hasOwn(value, name) || !Array.isArray(needed)) continue;
    for (const other of needed) {
      if (typeof other !== 'string' || !Object.hasOwn(value, other)) continue;
      yield rejected(view, 'dependentRequired', withMember(value, other, undefined), `${name} without ${other}`);
    }
  }
}
