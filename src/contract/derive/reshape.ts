import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { requiredNames } from './places.js';
import { lookAt, type View } from './views.js';
import type { Workbench } from './workbench.js';

/**
 * `sendable`: without the members that are `readOnly` (OpenAPI 3.1 annotates them so: they are the server's).
 * `minimal`: only what is required, at every depth. `full`: every declared member, each kind of object once.
 */
export type Shape = 'sendable' | 'minimal' | 'full';

/** The value in another shape. It is as valid as the schema is honest: whoever uses it checks it. */
export function reshape(bench: Workbench, pointer: string, value: Json, shape: Shape): Json {
  return reshapeAt(bench, [pointer], value, shape, new Set());
}

function reshapeAt(
  bench: Workbench,
  pointers: readonly string[],
  value: Json,
  shape: Shape,
  above: ReadonlySet<string>,
): Json {
  if (typeof value !== 'object' || value === null || pointers.length === 0) return value;
  const { document, schemas } = bench.operations;
  const views = pointers.flatMap((pointer) => lookAt(document, schemas, pointer, value).views);
  const inside = new Set([...above, ...views.map((view) => view.pointer)]);
  if (Array.isArray(value)) {
    const lists = views.filter(({ schema }) => isObject(schema.items)).map((view) => `${view.pointer}/items`);
    return value.map((item) => reshapeAt(bench, lists, item, shape, inside));
  }
  const declared = memberPointers(views);
  const required = requiredNames(views);
  const names = shape === 'full' ? new Set([...Object.keys(value), ...declared.keys()]) : Object.keys(value);
  const members: [string, Json][] = [];
  for (const name of names) {
    const known = declared.get(name) ?? [];
    if (known.some((pointer) => isReadOnly(bench, pointer))) continue;
    if (shape === 'minimal' && !required.has(name)) continue;
    const own = Object.hasOwn(value, name) ? value[name] : drawNew(bench, known, above);
    if (own !== undefined) members.push([name, reshapeAt(bench, known, own, shape, inside)]);
  }
  return Object.fromEntries(members);
}

/** A member that was not there; none where its schema already stands above, so that recursion ends. */
function drawNew(bench: Workbench, pointers: readonly string[], above: ReadonlySet<string>): Json | undefined {
  const { document, schemas } = bench.operations;
  const resolved = pointers.flatMap((pointer) => lookAt(document, schemas, pointer, undefined).views);
  if (resolved.some((view) => above.has(view.pointer))) return undefined;
  return bench.draw(pointers);
}

function memberPointers(views: readonly View[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { pointer, schema } of views) {
    for (const name of Object.keys(isObject(schema.properties) ? schema.properties : ({} as JsonObject))) {
      found.set(name, [...(found.get(name) ?? []), pointer + pointerOf('properties', name)]);
    }
  }
  return found;
}

function isReadOnly({ operations: { document, schemas } }: Workbench, pointer: string): boolean {
  return lookAt(document, schemas, pointer, undefined).views.some(({ schema }) => schema.readOnly === true);
}
