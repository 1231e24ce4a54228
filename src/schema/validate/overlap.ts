import { child, parsePointer } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import { tagsOf } from '../discriminator.js';
import type { Place, Places } from '../place.js';
import { show } from '../repair.js';
import { listedValues, type Part, requiredNames, typesOf, type View, viewOver } from '../view.js';

/**
 * That only its discriminator tells two branches of a `oneOf` apart, in a sentence without its full stop; null where it has no
 * discriminator, or its branches take different values by the letter of JSON Schema as well.
 */
export function overlapOf(places: Places, place: Place, value: JsonObject): string | null {
  const tags = tagsOf(value, 'oneOf');
  if (tags === undefined) return null;
  const list = value.oneOf as Json[];
  const branches = list.map((branch, index) => places.inside(place, ['oneOf', index], branch));
  const view = viewOver(places);
  for (const [index, branch] of branches.entries()) {
    const other = branches.findIndex((each, at) => at > index && !areApart(view, branch, each, tags.property));
    if (other === -1) continue;
    const names = [index, other].map((each) => labelOf(list[each] ?? null)).join(' and ');
    return `Only the discriminator tells ${names} apart: some values match both`;
  }
  return null;
}

function labelOf(branch: Json): string {
  const reference = child(branch, '$ref');
  return typeof reference === 'string' ? (parsePointer(reference).at(-1) ?? reference) : show(branch);
}

/** Whether no value of a union keeps two of its branches, as far as types, lists of values and closed objects tell. */
function areApart(view: View, left: Place, right: Place, tag: string): boolean {
  const [one, other] = [view.certain(left), view.certain(right)];
  const [types, otherTypes] = [typesOf(one), typesOf(other)];
  if (types && otherTypes && ![...types].some((type) => otherTypes.has(type))) return true;
  const [required, otherRequired] = [requiredNames(one), requiredNames(other)];
  const closed = (parts: readonly Part[], demanded: ReadonlySet<string>) =>
    parts.some(({ schema }) => schema.additionalProperties === false || schema.unevaluatedProperties === false) &&
    [...demanded].some((name) => view.member(parts, name).every(({ to }) => to.value === false));
  if (closed(one, otherRequired) || closed(other, required)) return true;
  return [tag, ...required, ...otherRequired].some((name) => {
    const [values, others] = [one, other].map((parts) =>
      listedValues(view.certain(...view.member(parts, name).map(({ to }) => to))),
    ) as [readonly Json[], readonly Json[]];
    return values.length > 0 && others.length > 0 && !values.some((value) => others.includes(value));
  });
}
