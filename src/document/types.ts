import type { Location, Problem } from '../errors.js';
import type { Json, JsonObject } from '../text/value.js';

/** A Reference Object (OpenAPI 3.1, 4.8.23). */
export interface Reference {
  readonly $ref: string;
}

/**
 * An OpenAPI description that has been read: one tree in the shape of OpenAPI 3.1, whatever it was
 * written in. Files that it refers to are embedded in that tree, so that every `$ref` of `root`
 * begins with `#` and one JSON Pointer names every place. Only what is read against the `$id` of a schema
 * (JSON Schema 2020-12 Core, 8.2.1) stays as it was written; `resolve` follows it all the same.
 */
export interface Document {
  /** What the user called it: a file name as given, or the name given with an object. */
  readonly name: string;
  /** The OpenAPI version that it was written in, before it was brought to 3.1. */
  readonly declaredVersion: string;
  readonly root: JsonObject;
  /** Every file that it was read from, the user's first, as absolute paths: what `--watch` watches. Absent for an object. */
  readonly files?: readonly string[];
  /** What can be used but should be mended: shown at start, never fatal. */
  readonly warnings: readonly Problem[];
  /**
   * The place in the file that the user wrote, for a pointer into `root`. A pointer that has no place
   * of its own (the upgrade made it) gets its nearest ancestor's. Never throws. The first call may
   * parse the source a second time, since positions are only kept once they are asked for.
   */
  locate(pointer: string): Location;
  /** The value at a pointer into `root`, or undefined. */
  at(pointer: string): Json | undefined;
  /** Follows `$ref` until something else comes: the value and the pointer where it stands. */
  resolve(value: Json | undefined, pointer: string): { readonly value: Json | undefined; readonly pointer: string };
}
