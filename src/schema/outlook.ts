import { addAll } from '../text/many.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { taggedBranch } from './discriminator.js';
import { fits } from './fits.js';
import { hasType } from './keywords.js';
import type { Place } from './place.js';
import type { Direction, Schemas } from './types.js';
import { type At, type Edge, type Part, type View, viewOf } from './view.js';

/** One branch of `anyOf` or `oneOf`. */
export interface Branch {
  readonly pointer: string;
  readonly keyword: string;
  /** Whether the value at hand is of it. */
  readonly taken: boolean;
}

/** What a schema says of one value. */
export interface Outlook {
  /** Every Schema Object that the value has to keep. */
  readonly parts: readonly Part[];
  /** Of all `anyOf` and `oneOf` in these. */
  readonly branches: readonly Branch[];
}

/** A value inside another one, and one Schema Object that it has to keep. */
export interface ValueNode {
  readonly path: readonly (string | number)[];
  readonly value: Json;
  readonly part: Part;
  readonly pointer: string;
  readonly schema: Part['schema'];
}

/**
 * All that the schemas at some places say of a value: the certain ones, and those that hold since the value is of a
 * branch, or meets a condition. Without a value only the certain ones.
 */
export function lookAt(schemas: Schemas, direction: Direction, ats: readonly At[], value: Json | undefined): Outlook {
  return lookWhere(schemas, direction, ats, value, everywhere);
}

const everywhere = (): boolean => true;

/** As `lookAt`, but of the branches that are not wanted nothing is found out. */
function lookWhere(
  schemas: Schemas,
  direction: Direction,
  ats: readonly At[],
  value: Json | undefined,
  isWanted: (at: Place) => boolean,
): Outlook {
  const view = viewOf(schemas.document);
  const certain = view.certain(...ats);
  if (!certain.some((part) => view.forks(part))) return { parts: certain, branches: [] };
  const branches: Branch[] = [];
  const start = ats.map((at) => view.part(at)).filter((part) => part !== undefined);
  const holds = (edge: Edge): boolean => value !== undefined && accepts(schemas, direction, edge, value);
  let mustKnowAll = false;
  const taken = (edge: Edge): boolean => (mustKnowAll || isWanted(edge.to)) && holds(edge);
  const parts = view.gather(start, (part) => {
    const edges = view.edges(part);
    // What the branches below it evaluate has to be known.
    mustKnowAll ||= evaluating.some((keyword) => keyword in part.schema);
    const ways = edges.filter(({ applies }) => applies === 'all');
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const all = edges.filter((edge) => edge.keyword === keyword);
      if (all.length === 0) continue;
      const ones = value === undefined ? [] : takenBranches(view, part, keyword, all, value, taken);
      addAll(
        branches,
        all.map((edge) => ({ pointer: edge.pointer, keyword, taken: ones.includes(edge) })),
      );
      addAll(ways, ones);
    }
    if (value !== undefined) addAll(ways, conditioned(edges, value, holds));
    return ways;
  });
  return { parts, branches };
}

/** The branches that a value is of: the one that its tag names, the only one of its type, or those that accept it. */
function takenBranches(
  view: View,
  { schema }: Part,
  keyword: 'anyOf' | 'oneOf',
  branches: readonly Edge[],
  value: Json,
  holds: (edge: Edge) => boolean,
): readonly Edge[] {
  const tagged = taggedBranch(schema, keyword, value);
  const plausible = branches.filter(({ step, to }) =>
    tagged === undefined ? mayBe(view, value, to) : step === tagged,
  );
  return plausible.length === 1 ? plausible : plausible.filter(holds);
}

function mayBe(view: View, value: Json, at: Edge['to']): boolean {
  if (at.value === false) return false;
  const types = view.types(at);
  return types === null || [...types].some((type) => hasType(value, type));
}

/** What holds on a condition that a value meets: `then` or `else`, and the schemas that members bring with them. */
function conditioned(edges: readonly Edge[], value: Json, holds: (edge: Edge) => boolean): Edge[] {
  const condition = edges.find(({ keyword }) => keyword === 'if');
  const clause = condition && (holds(condition) ? 'then' : 'else');
  return edges.filter(
    ({ keyword, applies, step }) =>
      applies === 'if met' && (step === undefined ? keyword === clause : isObject(value) && Object.hasOwn(value, step)),
  );
}

function accepts(schemas: Schemas, direction: Direction, { pointer }: Edge, value: Json): boolean {
  return fits(schemas.at(pointer, direction), value);
}

/** Keywords that ask what others have evaluated (Core, 11). */
const evaluating = ['unevaluatedProperties', 'unevaluatedItems'];

/** How many nodes of one value are looked at. */
const mostNodes = 2000;

/**
 * Every value in a value, from the outside in, with every Schema Object that it has to keep: each once for each value.
 * Items that a `contains` counts have to keep what it says.
 * @param isWanted whether anything at or below a place is of interest: what else there is may be left out
 */
export function* walkValue(
  schemas: Schemas,
  direction: Direction,
  pointer: string,
  whole: Json,
  isWanted: (at: Place) => boolean = everywhere,
): Generator<ValueNode> {
  const view = viewOf(schemas.document);
  const open: { path: ValueNode['path']; value: Json; ats: readonly At[] }[] = [
    { path: [], value: whole, ats: [pointer] },
  ];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value, ats } = next;
    const { parts } = lookWhere(schemas, direction, ats, value, isWanted);
    for (const part of parts) {
      if (count++ >= mostNodes) return;
      yield { path, value, part, pointer: part.pointer, schema: part.schema };
    }
    if (parts.length === 0 || typeof value !== 'object' || value === null) continue;
    const counted = Array.isArray(value) ? view.under(parts, 'contains') : [];
    const inner = firstMembers(value).flatMap(([step, held]) => {
      const edges = typeof step === 'number' ? view.item(parts, step) : view.member(parts, step);
      const counting = counted
        .filter(({ to }) => isWanted(to))
        .filter((edge) => accepts(schemas, direction, edge, held));
      const ats = [...edges, ...counting].map(({ to }) => to).filter(isWanted);
      return ats.length === 0 ? [] : [{ path: [...path, step], value: held, ats }];
    });
    addAll(open, inner.reverse());
  }
}

/** From so many members on their names are remembered, with the object: to list them takes longer than to look at its value. */
const manyMembers = 1000;

const namesOf = new WeakMap<JsonObject, readonly string[]>();

/** So many members or items as are looked at: of very many, entries alone would take much memory. */
function firstMembers(value: JsonObject | Json[]): (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return value.slice(0, mostNodes).map((item, index) => [index, item]);
  const known = namesOf.get(value);
  if (known !== undefined) return known.map((name) => [name, value[name] as Json]);
  const members: (readonly [string, Json])[] = [];
  for (const name in value) if (members.push([name, value[name] as Json]) >= mostNodes) break;
  if (members.length >= manyMembers)
    namesOf.set(
      value,
      members.map(([name]) => name),
    );
  return members;
}
