import { typesOf } from '../../../schema/view.js';
import type { Json } from '../../../text/value.js';
import { accepted, type Family, rejected } from './proposal.js';

/**
 * A value that no reading turns into the declared type. Frameworks coerce in good faith (`"5"` and `1.0` to an
 * integer, `"yes"` to a boolean, a scalar to a list of one), so what is sent here is plainly something else.
 */
export const type: Family = function* (view, { place, typed, bench }) {
  if (view.schema.type === undefined) return;
  const types = typesOf(place.views);
  if (types === null) return;
  yield* otherTypes(view, types, place.value, bench.draw.bind(bench));
  const wrong: [value: Json, why: string][] = [];
  if (types.has('integer') && !types.has('number')) wrong.push([1.5, 'not an integer']);
  if (types.has('integer') || types.has('number')) wrong.push(['not-a-number', 'a string that is no number']);
  else if (types.has('boolean')) wrong.push(['not-a-boolean', 'a string that is no boolean']);
  else if (typed && types.has('array')) wrong.push(['not-an-array', 'a string where an array belongs']);
  else if (typed && types.has('object')) wrong.push(['not-an-object', 'a string where an object belongs']);
  if (typed && types.has('string')) {
    // Times are often read from a number of seconds as well.
    if (!place.views.some(({ schema }) => timeFormats.has(String(schema.format)))) {
      wrong.push([12345, 'a number where a string belongs']);
    }
    wrong.push([['a'], 'an array where a string belongs']);
  }
  for (const [value, why] of wrong) yield rejected(view, 'type', value, why);
  // A member that may be absent may be null for many a server, whatever the document says of it.
  if (typed && place.required && place.path !== '') yield rejected(view, 'type', null, 'null');
};

const timeFormats = new Set(['date-time', 'date', 'time', 'duration']);

/** Each of several declared types is valid. */
function* otherTypes(
  view: Parameters<Family>[0],
  types: ReadonlySet<string>,
  value: Json,
  draw: (pointers: readonly string[], salt?: string) => Json | undefined,
) {
  if (!Array.isArray(view.schema.type) || view.schema.type.length < 2) return;
  if (types.has('null') && value !== null) yield accepted(view, 'type', null, 'null is allowed');
  for (const salt of ['1', '2', '3']) {
    const other = draw([view.pointer], `type ${salt}`);
    if (other !== undefined && typeof other !== typeof value)
      yield accepted(view, 'type', other, 'another of the types');
  }
}
