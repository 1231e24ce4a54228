import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { type Branch, lookAt, type View } from './views.js';
import type { Workbench } from './workbench.js';

/** One place of a value that the schema describes: the whole, a member, an item, at any depth. */
export interface Place {
  /** JSON Pointer from the root of the value. */
  readonly path: string;
  /** The nearest member name; null for the whole. */
  readonly name: string | null;
  readonly views: readonly View[];
  readonly branches: readonly Branch[];
  readonly value: Json;
  /** Whether the value has to be there: a required member, an item, the whole. */
  readonly required: boolean;
  /** The whole value with another one at this place; undefined takes the member or item away. */
  set(value: Json | undefined): Json | undefined;
}

/** How often one Schema Object is visited under one root: keeps the walk linear, and ends recursion. */
const mostVisits = 2;
const deepest = 8;

interface Open {
  readonly path: string;
  readonly name: string | null;
  readonly pointers: readonly string[];
  readonly value: Json | undefined;
  readonly required: boolean;
  readonly depth: number;
  set(value: Json | undefined): Json | undefined;
}

/**
 * Every place that a schema describes, the shallow ones first; also in branches that `whole` does not take.
 * A place that `whole` lacks is given a value drawn from its schema.
 */
export function* placesOf(bench: Workbench, pointer: string, whole: Json): Iterable<Place> {
  const { document, schemas } = bench.operations;
  const visits = new Map<string, number>();
  const queue: Open[] = [
    { path: '', name: null, pointers: [pointer], value: whole, required: true, depth: 0, set: (value) => value },
  ];
  for (let at = 0; at < queue.length; at++) {
    const open = queue[at] as Open;
    const value = open.value ?? bench.draw(open.pointers);
    if (value === undefined) continue;
    const outlooks = open.pointers.map((each) => lookAt(document, schemas, each, value));
    const views = [...new Map(outlooks.flatMap((look) => look.views).map((view) => [view.pointer, view])).values()];
    if (open.depth > 0 && views.some(({ schema }) => schema.readOnly === true)) continue;
    const fresh = views.filter((view) => {
      const count = visits.get(view.pointer) ?? 0;
      visits.set(view.pointer, count + 1);
      return count < mostVisits;
    });
    if (fresh.length === 0) continue;
    const branches = outlooks.flatMap((look) => look.branches);
    const { path, name, required, set } = open;
    yield { path, name, views, branches, value, required, set };
    if (open.depth >= deepest) continue;
    if (isObject(value)) queue.push(...members(open, value, views));
    if (Array.isArray(value)) queue.push(...items(open, value, views));
    for (const branch of branches) {
      if (branch.taken || visits.has(branch.pointer)) continue;
      queue.push({ ...open, pointers: [branch.pointer], value: undefined, depth: open.depth + 1 });
    }
  }
}

function* members(open: Open, value: JsonObject, views: readonly View[]): Iterable<Open> {
  const required = requiredNames(views);
  const named = new Map<string, string[]>();
  for (const { pointer, schema } of views) {
    for (const name of isObject(schema.properties) ? Object.keys(schema.properties) : []) {
      named.set(name, [...(named.get(name) ?? []), pointer + pointerOf('properties', name)]);
    }
  }
  for (const [name, pointers] of named) yield member(open, value, name, pointers, required.has(name));
  for (const { pointer, schema } of views) {
    if (!isObject(schema.additionalProperties)) continue;
    const extra = Object.keys(value).find((name) => !named.has(name)) ?? 'counterproof';
    yield member(open, value, extra, [`${pointer}/additionalProperties`], false);
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
    set: (other) => open.set(withMember(value, name, other)),
  };
}

/** Items are exchanged at the end, since an implementation may look at the first alone. */
function* items(open: Open, value: readonly Json[], views: readonly View[]): Iterable<Open> {
  for (const { pointer, schema } of views) {
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
    set: (other) => {
      const list = value.slice(0, index);
      return open.set(other === undefined ? list : [...list, other, ...value.slice(index + 1)]);
    },
  };
}

/** Names that one of the views requires. */
export function requiredNames(views: readonly View[]): ReadonlySet<string> {
  return new Set(views.flatMap(({ schema }) => (Array.isArray(schema.required) ? schema.required.map(String) : [])));
}

/** A copy with a member exchanged or taken away. `__proto__` is a name like any other. */
export function withMember(value: JsonObject, name: string, member: Json | undefined): JsonObject {
  const entries = Object.entries(value);
  const at = entries.findIndex(([key]) => key === name);
  if (member !== undefined) entries.splice(at < 0 ? entries.length : at, 1, [name, member]);
  else if (at >= 0) entries.splice(at, 1);
  return Object.fromEntries(entries);
}
