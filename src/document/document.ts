import type { Location, Problem } from '../errors.js';
import { parsePointer, pointerOf, valueAt } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import type { Document } from './types.js';

/** How the tree that is used came from what the user wrote. */
export interface Origin {
  readonly name: string;
  readonly declaredVersion: string;
  readonly root: JsonObject;
  readonly files?: readonly string[];
  /** Called once, when somebody first looks: places cost a second look at the text. */
  warnings(): readonly Problem[];
  /** Where the value at these reference tokens of `root` was written. */
  locate(segments: readonly string[]): Location;
  /** By the object that holds a `$ref`, the pointer that it leads to, where that is not what it says. */
  readonly elsewhere: ReadonlyMap<JsonObject, string>;
}

/** Puts the queries of a Document over a finished tree. */
export function createDocument(origin: Origin): Document {
  const { name, declaredVersion, root, files } = origin;
  let warnings: readonly Problem[] | undefined;
  const locations = new Map<string, Location>();

  return {
    name,
    declaredVersion,
    root,
    ...(files && { files }),
    get warnings() {
      warnings ??= origin.warnings();
      return warnings;
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

/** Follows `$ref`s from a value. Ends at undefined where one leads nowhere, or in a circle. */
function resolve({ root, elsewhere }: Origin, from: Json | undefined, start: string) {
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
