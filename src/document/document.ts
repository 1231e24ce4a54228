import type { Location } from '../errors.js';
import { parsePointer, pointerOf, valueAt } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import type { DocumentProblem, LeftOut } from './problems.js';

/**
 * An OpenAPI description that has been read: one tree in the shape of OpenAPI 3.2, whatever it was
 * written in. Files that it refers to are embedded in that tree, so that every `$ref` of `root`
 * begins with `#` and one JSON Pointer names every place. Only what is read against the `$id` of a schema
 * (JSON Schema 2020-12 Core, 8.2.1) stays as it was written; `resolve` follows it all the same.
 */
export interface Document {
  /** What the user called it: a file name as given, or the name given with an object. */
  readonly name: string;
  /** The OpenAPI version that it was written in, before it was brought to 3.2; of several documents the newest. */
  readonly declaredVersion: string;
  readonly root: JsonObject;
  /** Every file that it was read from, the user's first, as absolute paths: what `--watch` watches. Absent for an object. */
  readonly files?: readonly string[];
  /** What is wrong with it, in the order of its files: each was mended, or takes something away. Shown at start. */
  readonly problems: readonly DocumentProblem[];
  /** The documents that it was made of, where they are several; `root` has all of them. */
  readonly parts?: readonly DocumentPart[];
  /** The operations that cannot be served. `root` does not have them any more. */
  readonly leftOut: readonly LeftOut[];
  /** By the object in `root` that holds a `$ref`, the pointer that it leads to, where that is not what it says. */
  readonly elsewhere: ReadonlyMap<JsonObject, string>;
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

/** How an operation is called. */
interface OperationName {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

/** One of several documents that are served as one. */
export interface DocumentPart {
  /** As it was read by itself. */
  readonly document: Document;
  /** What its names are told apart by where another one has them too: `LABEL.NAME`. */
  readonly label: string;
  /** What the whole has before its paths; '' for nothing. */
  readonly mount: string;
  /** How the whole calls an operation or a path that this document calls so: its operationId, `METHOD /path`, `/path`. */
  nameInWhole(name: string): string;
  /** The other way round: how this document calls an operation of the whole; undefined for one of another document. */
  ownOperation(entry: OperationName): OperationName | undefined;
}

/** How the tree that is used came from what the user wrote. */
export interface Origin {
  readonly name: string;
  readonly declaredVersion: string;
  readonly root: JsonObject;
  readonly files?: readonly string[];
  readonly parts?: readonly DocumentPart[];
  /** Called once, when somebody first looks: places cost a second look at the text. */
  problems(): readonly DocumentProblem[];
  readonly leftOut: readonly LeftOut[];
  /** Where the value at these reference tokens of `root` was written. */
  locate(segments: readonly string[]): Location;
  /** By the object that holds a `$ref`, the pointer that it leads to, where that is not what it says. */
  readonly elsewhere: ReadonlyMap<JsonObject, string>;
}

/** Puts the queries of a Document over a finished tree. */
export function createDocument(origin: Origin): Document {
  const { name, declaredVersion, root, files, parts, leftOut, elsewhere } = origin;
  let problems: readonly DocumentProblem[] | undefined;
  const locations = new Map<string, Location>();

  return {
    name,
    declaredVersion,
    root,
    ...(files && { files }),
    ...(parts && { parts }),
    leftOut,
    elsewhere,
    get problems() {
      problems ??= origin.problems();
      return problems;
    },
    locate(pointer) {
      let location = locations.get(pointer);
      if (location === undefined) {
        location = origin.locate(parsePointer(pointer));
        locations.set(pointer, location);
      }
      return location;
    },
    at: (pointer) => valueAt(root, parsePointer(pointer)),
    resolve: (value, pointer) => resolve(origin, value, pointer),
  };
}

/** Of `elsewhere` what is inside of a value of `root`, by the pointer of what holds the `$ref`. */
export function elsewhereIn({ elsewhere }: Document, value: Json, start: string): Record<string, string> {
  const found: Record<string, string> = {};
  const look = (inner: Json, pointer: string): void => {
    if (typeof inner !== 'object' || inner === null) return;
    const target = elsewhere.get(inner as JsonObject);
    if (target !== undefined) found[pointer] = target;
    for (const [name, below] of Object.entries(inner)) look(below, pointer + pointerOf(name));
  };
  if (elsewhere.size > 0) look(value, start);
  return found;
}

/** Follows `$ref`s from a value. Ends at undefined where one leads nowhere, or in a circle. */
export function resolve(
  { root, elsewhere }: Pick<Origin, 'root' | 'elsewhere'>,
  from: Json | undefined,
  start: string,
) {
  let value = from;
  let pointer = start;
  const seen = new Set<Json>();
  while (isObject(value) && typeof value.$ref === 'string') {
    const named: string | undefined = elsewhere.get(value);
    if (seen.has(value) || (named === undefined && !/^#(?:\/|$)/.test(value.$ref))) {
      return { value: undefined, pointer };
    }
    seen.add(value);
    const segments = parsePointer(named ?? value.$ref);
    pointer = pointerOf(...segments);
    value = valueAt(root, segments);
  }
  return { value, pointer };
}
