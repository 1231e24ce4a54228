import type { Json } from '../text/value.js';
import type { Repair } from './repair.js';
import type { JsonSchema } from './types.js';

/** A JSON value that schemas stand in: the document, or a schema from elsewhere. */
export interface Tree {
  /** Unique among the trees of one engine; '' for the document. */
  readonly name: string;
  readonly root: Json;
  /** What messages put before a pointer into this tree. */
  readonly prefix: string;
  /** Whether it is the document, or a schema put together from what stands there: what is wrong in it is said of the document. */
  readonly isOwn: boolean;
}

/** A schema resource (JSON Schema Core, 4.3.5): what `$id` names, and every `#…` inside it is read against. */
export interface Resource {
  readonly uri: string;
  readonly tree: Tree;
  /** Where it begins in its tree. */
  readonly path: string;
  /** By plain name; filled by the index. */
  readonly anchors: Map<string, Place>;
  /** Those of `anchors` that `$dynamicAnchor` made. */
  readonly dynamicAnchors: Map<string, Place>;
}

/** Where a schema stands. */
export interface Place {
  readonly tree: Tree;
  /** JSON Pointer into the tree. */
  readonly path: string;
  /** A schema as it is read: what is wrong with it is translated or left out. */
  readonly value: Json;
  readonly resource: Resource;
  readonly repairs?: readonly Repair[];
  /** A base as one of its own branches refers to it: without the branches, which would lead back without end. */
  readonly isCut?: true;
  /** What is closed by itself, as part of a schema that extends it: not closed. */
  readonly isOpen?: true;
}

export interface Places {
  /** The place at a pointer into the document. */
  at(pointer: string): Place | undefined;
  /** The place of a schema that is not in the document. */
  inline(value: JsonSchema, prefix: string, isForeign?: boolean): Place;
  /** What `$ref` or `$dynamicRef` at a path leads to, before anything dynamic (Core, 8.2.3). */
  resolve(reference: string, from: Resource, path?: string): Place | undefined;
  /** What a keyword that refers leads to from a schema; undefined where it is absent, or leads nowhere. */
  referredTo(place: Place, keyword: '$ref' | '$dynamicRef'): Place | undefined;
  /** The same, whether or not the reference leads back to itself. */
  target(place: Place, keyword: '$ref' | '$dynamicRef'): Place | undefined;
  /** What a place that is open leads to: open as well. */
  passOn(from: Place, to: Place): Place;
  /** The references of the document that lead back to themselves in place, by their pointers: they say nothing. */
  readonly endless: Set<string>;
  /** A schema inside another one; a resource of its own when it has `$id`. */
  inside(place: Place, steps: readonly (string | number)[], value: Json): Place;
}

/** A name for a place that no other place has. */
export function keyOf(place: Place): string {
  return `${place.tree.name}#${place.path}${place.isCut ? ' cut' : ''}${place.isOpen ? ' open' : ''}`;
}

/** The pointer that a message gives for a place. */
export function addressOf(place: Place): string {
  return place.tree.prefix + place.path;
}
