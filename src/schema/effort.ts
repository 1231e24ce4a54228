import type { Document } from '../document/index.js';
import { parsePointer, valueAt } from '../text/pointer.js';
import type { Json, JsonObject } from '../text/value.js';

/** What keywords that values are searched for by count for: as many as the members of an ordinary row. */
const stepsOfSearch = 25;
const searched = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'contains',
  'pattern',
  'patternProperties',
  'propertyNames',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
]);
/** Those of which each member is a search of its own, which all have to agree. */
const ofEach = new Set(['dependentSchemas', 'patternProperties']);
/** Members that are for people, and cost nothing. */
const shown = new Set(['description', 'summary']);
/** Texts count for one more for each so many characters: lists in one text. */
const charactersOfStep = 100;
/** Characters of a pattern each say something. */
const charactersOfPatternStep = 10;
/** What says how many of another member's values there are at least. */
const fewest: Readonly<Record<string, string>> = {
  items: 'minItems',
  contains: 'minContains',
  additionalProperties: 'minProperties',
  patternProperties: 'minProperties',
  propertyNames: 'minProperties',
};

/**
 * Whether more leads from a place of a document than so many members and items, by references too: about what it takes to make and to
 * judge the values that it describes. What leads to the same in several ways counts as often, and what leads back to itself once.
 */
export function leadsToMore({ root, at }: Document, pointer: string, most: number): boolean {
  let steps = 0;
  const above = new Set<unknown>();
  /** @param times how often a value of it is made */
  const add = (value: Json | undefined, name: string, times: number, isSearch: boolean): boolean => {
    steps += times * stepsOf(name, value);
    if (typeof value !== 'object' || value === null) return steps > most;
    // A search within itself begins anew.
    if (above.has(value) && isSearch) steps += times * stepsOfSearch;
    if (above.has(value)) return steps > most;
    above.add(value);
    for (const member in value) {
      if (shown.has(member)) continue;
      const many = times * fewestOf(value as JsonObject, member);
      const isWithin = isSearch || searched.has(member);
      if (add(ledTo(root, member, (value as JsonObject)[member]), member, many, isWithin)) return true;
    }
    above.delete(value);
    return steps > most;
  };
  return add(at(pointer), '', 1, false);
}

/** What a member counts for by itself. */
function stepsOf(name: string, value: Json | undefined): number {
  const isOfEach = ofEach.has(name) && typeof value === 'object' && value !== null;
  const own = searched.has(name) ? stepsOfSearch * (isOfEach ? Object.keys(value).length : 1) : 1;
  if (typeof value !== 'string') return own;
  return own + Math.floor(value.length / (name === 'pattern' ? charactersOfPatternStep : charactersOfStep));
}

function fewestOf(schema: JsonObject, member: string): number {
  const count = Object.hasOwn(fewest, member) ? schema[fewest[member] ?? ''] : 1;
  return typeof count === 'number' ? Math.max(1, count) : 1;
}

/** What a member leads to: what stands there, or what a reference within the document names. */
function ledTo(root: Json, name: string, member: Json | undefined): Json | undefined {
  const isReference = name === '$ref' && typeof member === 'string' && member.startsWith('#/');
  return isReference ? valueAt(root, parsePointer(member.slice(1))) : member;
}
