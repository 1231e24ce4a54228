import { type Branch, lookAt } from '../../schema/outlook.js';
import { type Edge, type Part, requiredNames, type View, viewOf } from '../../schema/view.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';

import { reshape } from './reshape.js';
import { shareOf } from './share.js';
import type { Workbench } from './workbench.js';

/** One place of a value that the schema describes: the whole, a member, an item, at any depth. */
export interface Place {
  /** JSON Pointer from the root of the value. */
  readonly path: string;
  /** The nearest member name; null for the whole. */
  readonly name: string | null;
  readonly views: readonly Part[];
  readonly branches: readonly Branch[];
  readonly value: Json;
  /** Whether the value has to be there: a required member, an item, the whole. */
  readonly required: boolean;
  /** The outermost member that the whole value lacks and that this stands in; absent where there is none. */
  readonly within?: string;
  /** The other items of the list that it stands in, copied when it is asked for; absent where it stands in none. */
  beside?(): readonly Json[];
  /** The whole value with another one at this place; undefined takes the member or item away. */
  set(value: Json | undefined): Json | undefined;
}

/** How often one Schema Object is visited under one root: keeps the walk linear, and ends recursion. */
const mostVisits = 2;
const deepest = 8;
/** Places of one value, the nearest first: where many schemas know each other, each leads to all that there are. */
const mostPlaces = { ofOne: 400, ofAll: 120_000, least: 25 };
/** Where few cases are wanted, so many places for each give enough to choose the most telling from. */
const placesForEach = 8;

interface Open {
  readonly path: string;
  readonly name: string | null;
  readonly pointers: readonly string[];
  readonly value: Json | undefined;
  readonly required: boolean;
  readonly depth: number;
  readonly within?: string;
  beside?(): readonly Json[];
  set(value: Json | undefined): Json | undefined;
}

/**
 * Every place that a schema describes, the shallow ones first; also in branches that `whole` does not take.
 * A place that `whole` lacks is given a value drawn from its schema.
 */
export function* placesOf(bench: Workbench, pointer: string, whole: Json): Iterable<Place> {
  const { document, schemas } = bench.operations;
  const view = viewOf(document);
  const visits = new Visits();
  const queue: Open[] = [
    { path: '', name: null, pointers: [pointer], value: whole, required: true, depth: 0, set: (value) => value },
  ];
  const most = shareOf(bench.operations, mostPlaces);
  let left = Math.min(most, bench.maxCases * placesForEach);
  for (const open of queue) {
    if (left <= 0) return tellCut(bench, pointer, most);
    // What is known already has no branches that are new.
    if (view.certain(...open.pointers).every((part) => visits.isSpent(part))) continue;
    const value = open.value ?? bench.draw(open.pointers);
    if (value === undefined) continue;
    const { parts: views, branches } = lookAt(schemas, 'request', open.pointers, value);
    if (open.depth > 0 && views.some(({ schema }) => schema.readOnly === true)) continue;
    if (!visits.note(views)) continue;
    left -= 1;
    const { path, name, required, within, beside, set } = open;
    yield { path, name, views, branches, value, required, ...(within && { within }), ...(beside && { beside }), set };
    if (open.depth >= deepest) continue;
    for (const place of inside(bench, open, value, views)) queue.push(place);
    for (const branch of branches) {
      if (branch.taken || visits.isKnown(branch.pointer)) continue;
      queue.push({ ...open, pointers: [branch.pointer], value: undefined, depth: open.depth + 1 });
    }
  }
}

/** Where few cases are wanted, nobody misses the places that are left out. */
function tellCut(bench: Workbench, pointer: string, most: number): void {
  if (bench.maxCases * placesForEach > most) bench.cut(`${most} places at ${pointer}, of more`);
}

function* inside(bench: Workbench, open: Open, value: Json, parts: readonly Part[]): Iterable<Open> {
  if (Array.isArray(value)) yield* items(open, value, parts);
  if (!isObject(value)) return;
  yield* members(viewOf(bench.operations.document), open, value, parts);
  if (open.depth === 0) yield* conditions(bench, open, value, parts);
}

/** How often a value is drawn in search of one that takes the other branch of a condition. */
const drawsForCondition = 6;

/** The same object in other values: such that take the `then` or `else` that it does not take (JSON Schema 2020-12 core, 10.2.2). */
function* conditions(bench: Workbench, open: Open, value: JsonObject, parts: readonly Part[]): Iterable<Open> {
  const { schemas, document } = bench.operations;
  const view = viewOf(document);
  const [whole] = open.pointers;
  for (const { pointer, schema } of parts) {
    for (const keyword of ['then', 'else']) {
      const branch = isObject(schema.if) ? view.part(`${pointer}/${keyword}`)?.pointer : undefined;
      const isTaken = (those: readonly Part[]) => those.some((part) => part.pointer === branch);
      if (whole === undefined || branch === undefined || isTaken(parts)) continue;
      const met = reshape(bench.operations, bench.draw, `${pointer}/if`, {}, 'full');
      const drawn = Array.from({ length: drawsForCondition }, (_, salt) => bench.draw([whole], `${keyword} ${salt}`));
      const candidates = [keyword === 'then' && isObject(met) ? { ...value, ...met } : undefined, ...drawn];
      for (const candidate of candidates) {
        if (candidate === undefined) continue;
        const full = reshape(bench.operations, bench.draw, whole, candidate, 'full');
        if (!isTaken(lookAt(schemas, 'request', open.pointers, full).parts)) continue;
        yield { ...open, value: full, depth: open.depth + 1 };
        break;
      }
    }
  }
}

class Visits {
  readonly #counts = new Map<string, number>();

  isKnown(pointer: string): boolean {
    return this.#counts.has(pointer);
  }

  isSpent({ pointer }: Part): boolean {
    return (this.#counts.get(pointer) ?? 0) >= mostVisits;
  }

  /** One visit more of each; whether any of them was still to be visited. */
  note(parts: readonly Part[]): boolean {
    const isFresh = parts.some((part) => !this.isSpent(part));
    for (const { pointer } of parts) this.#counts.set(pointer, (this.#counts.get(pointer) ?? 0) + 1);
    return isFresh;
  }
}

function* members(view: View, open: Open, value: JsonObject, parts: readonly Part[]): Iterable<Open> {
  const required = requiredNames(parts);
  const named = view.members(parts);
  for (const [name, edges] of named) {
    const pointers = edges.map(({ pointer }) => pointer);
    yield member(open, value, name, pointers, required.has(name));
  }
  const others = Object.keys(value).filter((name) => !named.has(name));
  // Each name is held against the patterns once, however many patterns ask for names.
  const nameOf = new Map<Edge, string>();
  for (const name of others) {
    for (const edge of view.member(parts, name)) if (!nameOf.has(edge)) nameOf.set(edge, name);
  }
  for (const keyword of ['patternProperties', 'additionalProperties']) {
    for (const edge of view.under(parts, keyword).filter(({ to }) => view.part(to))) {
      const name = nameOf.get(edge) ?? (keyword === 'additionalProperties' ? 'counterproof' : undefined);
      if (name !== undefined) yield member(open, value, name, [edge.pointer], false);
    }
  }
}

function member(open: Open, value: JsonObject, name: string, pointers: readonly string[], required: boolean): Open {
  return {
    path: open.path + pointerOf(name),
    name,
    pointers,
    value: Object.hasOwn(value, name) ? value[name] : undefined,
    required,
    depth: open.depth + 1,
    ...around(open),
    set: (other) => open.set(withMember(value, name, other)),
  };
}

/** What stands in a member that the whole value lacks comes with that. */
function around({ within, value, name }: Open): Pick<Open, 'within'> {
  const outermost = within ?? (value === undefined ? name : null);
  return outermost === null ? {} : { within: outermost };
}

/** Items are exchanged at the end, since an implementation may look at the first alone. */
function* items(open: Open, value: readonly Json[], parts: readonly Part[]): Iterable<Open> {
  for (const { pointer, schema } of parts) {
    const unique = schema.uniqueItems === true;
    const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0;
    for (let index = 0; index < Math.min(tuple, value.length + 1); index++) {
      yield item(open, value, index, pointer + pointerOf('prefixItems', index), unique);
    }
    if (!isObject(schema.items)) continue;
    const full = typeof schema.maxItems === 'number' && value.length >= schema.maxItems;
    yield item(open, value, Math.max(tuple, full ? value.length - 1 : value.length), `${pointer}/items`, unique);
  }
}

function item(open: Open, value: readonly Json[], index: number, pointer: string, unique: boolean): Open {
  return {
    path: open.path + pointerOf(index),
    name: open.name,
    pointers: [pointer],
    // In a set, a copy of another item with a character more is that item again for whoever cuts it.
    value: value[index] ?? (unique ? undefined : value.at(-1)),
    required: true,
    depth: open.depth + 1,
    ...around(open),
    beside: () => value.toSpliced(index, 1),
    set: (other) => {
      const list = value.slice(0, index);
      return open.set(other === undefined ? list : [...list, other, ...value.slice(index + 1)]);
    },
  };
}

/** A copy with a member exchanged or taken away. `__proto__` is a name like any other. */
export function withMember(value: JsonObject, name: string, member: Json | undefined): JsonObject {
  const entries = Object.entries(value);
  const at = entries.findIndex(([key]) => key === name);
  if (member !== undefined) entries.splice(at < 0 ? entries.length : at, 1, [name, member]);
  else if (at >= 0) entries.splice(at, 1);
  return Object.fromEntries(entries);
}
