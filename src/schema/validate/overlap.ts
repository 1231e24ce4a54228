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
  const mayMeet = sharers(branches.map((branch) => valuesOf(view, view.certain(branch), tags.property)));
  for (const [index, branch] of branches.entries()) {
    const other = mayMeet(index).find((at) => !areApart(view, branch, branches[at] as Place, tags.property));
    if (other === undefined) continue;
    const names = [index, other].map((each) => labelOf(list[each] ?? null)).join(' and ');
    return `Only the discriminator tells ${names} apart: some values match both`;
  }
  return null;
}

/**
 * Of branches with the values that each lists for its tag, those behind one that may take a value which it takes too: they list
 * one of its values, or none. So branches that their tags tell apart are not compared two by two.
 */
function sharers(lists: readonly (readonly Json[])[]): (index: number) => readonly number[] {
  const open: number[] = [];
  const byValue = new Map<Json, number[]>();
  for (const [index, values] of lists.entries()) {
    if (values.length === 0) open.push(index);
    for (const value of new Set(values)) {
      const known = byValue.get(value);
      if (known) known.push(index);
      else byValue.set(value, [index]);
    }
  }
  return (index) => {
    const values = lists[index] ?? [];
    const shared =
      values.length === 0 ? lists.keys() : [...open, ...values.flatMap((value) => byValue.get(value) ?? [])];
    return [...new Set(shared)].filter((at) => at > index).sort((one, other) => one - other);
  };
}

function valuesOf(view: View, parts: readonly Part[], name: string): readonly Json[] {
  return listedValues(view.certain(...view.member(parts, name).map(({ to }) => to)));
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
    const [values, others] = [valuesOf(view, one, name), valuesOf(view, other, name)];
    return values.length > 0 && others.length > 0 && !values.some((value) => others.includes(value));
  });
}
