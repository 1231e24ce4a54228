import { child, parsePointer } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import { tagsOf } from '../discriminator.js';
import { keywordNamed } from '../keywords.js';
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

/** More branches are not compared two by two. */
const mostCompared = 20;

const covers = new WeakMap<JsonObject, string | null>();

/**
 * That a branch of a `oneOf` can be met by no value without another one, unless a member that it does not know had a value which the
 * other forbids, in a sentence without its full stop; null where each can be met alone. Nobody means such a member: any branch is
 * enough then. Branches that say the same are a slip of another kind, and stay as they are.
 */
export function coverOf(places: Places, place: Place, value: JsonObject): string | null {
  const list = value.oneOf;
  if (!Array.isArray(list) || list.length > mostCompared || tagsOf(value, 'oneOf') !== undefined) return null;
  const known = covers.get(value);
  if (known !== undefined) return known;
  const cover = findCover(places, place, list);
  covers.set(value, cover);
  return cover;
}

function findCover(places: Places, place: Place, list: readonly Json[]): string | null {
  const view = viewOver(places);
  const all = list.map((branch, index) => view.certain(places.inside(place, ['oneOf', index], branch)));
  for (const [index, parts] of all.entries()) {
    const isCovered = (other: readonly Part[]): boolean =>
      isWithin(view, parts, other) && !(isSame(view, parts, other) && isWithin(view, other, parts));
    const within = all.findIndex((other, at) => at !== index && isCovered(other));
    if (within < 0) continue;
    const [one, other] = [index, within].map((at) => labelOf(list[at] ?? null));
    return `What ${one} describes matches ${other} as well: "oneOf" is read as "anyOf"`;
  }
  return null;
}

function isSame(view: View, one: readonly Part[], other: readonly Part[]): boolean {
  const [own, others] = [view.members(one), view.members(other)];
  return own.size === others.size && [...own.keys()].every((name) => others.has(name));
}

/** Whether each object that has but members which some schemas describe keeps others too. */
function isWithin(view: View, one: readonly Part[], other: readonly Part[]): boolean {
  const [types, members, required] = [typesOf(one), view.members(one), requiredNames(one)];
  const isObjectAlone = types?.size === 1 && types.has('object') && members.size > 0;
  if (!isObjectAlone || ![...requiredNames(other)].every((name) => required.has(name))) return false;
  if (!other.every(({ schema }) => saysMembersAlone(schema))) return false;
  return [...view.members(other)].every(([name, edges]) => {
    const own = members.get(name);
    return (
      own === undefined ||
      isImplied(view.certain(...edges.map(({ to }) => to)), view.certain(...own.map(({ to }) => to)))
    );
  });
}

const ofMembers: ReadonlySet<string> = new Set(['type', 'properties', 'required', '$ref', 'allOf']);

/** Whether all that a schema asserts is that something is an object, and what some of its members are. */
function saysMembersAlone(schema: JsonObject): boolean {
  return Object.entries(schema).every(([name, held]) => {
    if (name === 'type') return [held].flat().includes('object');
    return ofMembers.has(name) || held === true || isNote(name);
  });
}

/** Whether a keyword says nothing of a value. */
function isNote(name: string): boolean {
  const keyword = keywordNamed(name);
  return keyword === null || keyword === undefined || (!keyword.asserts && !keyword.holds && name !== '$ref');
}

/** Whether what keeps some schemas keeps others: they are among them, or say no more than a type of these. */
function isImplied(others: readonly Part[], parts: readonly Part[]): boolean {
  const own = new Set(parts.map(({ pointer }) => pointer));
  const types = typesOf(parts);
  return others.every(({ schema, pointer }) => {
    if (own.has(pointer)) return true;
    const said = Object.keys(schema).filter((name) => !isNote(name));
    if (said.some((name) => name !== 'type' && name !== '$ref' && name !== 'allOf')) return false;
    const allowed = [schema.type ?? []].flat();
    return allowed.length === 0 || (types !== null && [...types].every((type) => allowed.includes(type)));
  });
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
