import type { Work } from '../../text/slices.js';
import type { Json, JsonObject } from '../../text/value.js';
import { type Held, type Kind, objectKinds } from './object-kinds.js';

/** One object of a description, and the way that led to it. */
export interface Frame {
  readonly value: JsonObject;
  readonly kind: Kind;
  readonly from: Frame | Start;
  /** The member of the parent that leads here, and the key or index in it where that is a map or list. */
  readonly member: string | null;
  readonly key: string | number | null;
  /** What a relative reference in here is resolved against: changes at a schema with `$id`. */
  readonly resource: Resource;
}

/** Where a walk begins: reference tokens from the file's root. */
export interface Start {
  readonly segments: readonly string[];
}

/** A schema resource (JSON Schema 2020-12 Core, 4.3.5), or a whole file. */
export interface Resource {
  readonly uri: string;
  /** Reference tokens from the file's root. */
  readonly segments: readonly string[];
  /** By the plain names of `$anchor` and `$dynamicAnchor`. */
  readonly anchors: Map<string, Frame>;
}

/** The reference tokens from the file's root to an object. */
export function segmentsOf(frame: Frame): string[] {
  const reversed: string[] = [];
  let at: Frame | Start = frame;
  for (; 'from' in at; at = at.from) {
    if (at.key !== null) reversed.push(String(at.key));
    if (at.member !== null) reversed.push(at.member);
  }
  return [...at.segments, ...reversed.reverse()];
}

export interface Visitor {
  visit(frame: Frame): void;
  /** The resource of a schema with `$id`. */
  resource(frame: Frame, id: string): Resource;
}

/** So many objects are one piece of work. */
export const objectsInPiece = 64;

/**
 * Visits every object from one on, each once, in the order of the file. Needs no recursion, so that no depth of
 * nesting exhausts the stack.
 * @param visited objects that were seen, with what they were taken for
 */
export function* walk(
  { value, kind, segments, resource }: { value: JsonObject; kind: Kind; resource: Resource } & Start,
  visited: Map<JsonObject, Kind>,
  visitor: Visitor,
): Work {
  const stack: Frame[] = [{ value, kind, from: { segments }, member: null, key: null, resource }];
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    if (visited.has(frame.value)) continue;
    if (visited.size % objectsInPiece === 0) yield null;
    visited.set(frame.value, frame.kind);
    if (frame.kind === 'schema' && typeof frame.value.$id === 'string') {
      frame = { ...frame, resource: visitor.resource(frame, frame.value.$id) };
    }
    visitor.visit(frame);
    const below = stack.length;
    pushChildren(frame, stack);
    reverseFrom(stack, below);
  }
}

/** So that the first child is taken first. */
function reverseFrom(stack: Frame[], start: number): void {
  for (let low = start, high = stack.length - 1; low < high; low++, high--) {
    const first = stack[low] as Frame;
    stack[low] = stack[high] as Frame;
    stack[high] = first;
  }
}

function pushChildren(frame: Frame, stack: Frame[]): void {
  const { members, patterned } = objectKinds[frame.kind];
  const { value } = frame;
  for (const name in value) {
    const held = members.get(name);
    if (held !== undefined) {
      pushHeld(frame, name, value[name] as Json, held, stack);
    } else if (patterned !== undefined && !name.startsWith('x-')) {
      pushObject(frame, name, null, value[name] as Json, patterned, stack);
    }
  }
}

function pushHeld(frame: Frame, name: string, value: Json, { kind, as }: Held, stack: Frame[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    if (as === 'list' || as === 'either') {
      for (let index = 0; index < value.length; index++) {
        pushObject(frame, name, index, value[index] as Json, kind, stack);
      }
    }
  } else if (as === 'map') {
    for (const key in value) pushObject(frame, name, key, value[key] as Json, kind, stack);
  } else if (as !== 'list') {
    pushObject(frame, name, null, value, kind, stack);
  }
}

function pushObject(
  from: Frame,
  member: string,
  key: string | number | null,
  value: Json,
  kind: Kind,
  stack: Frame[],
): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    stack.push({ value, kind, from, member, key, resource: from.resource });
  }
}
