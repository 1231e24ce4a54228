import type { Document } from '../../document/index.js';
import { isObject, type JsonObject } from '../../text/value.js';

/** An object of the document with the place where it stands. */
export interface Placed {
  readonly value: JsonObject;
  /** Pointer into the document. */
  readonly pointer: string;
}

/** A Path Item Object, and after it what its `$ref` leads to. */
export interface PathItem {
  readonly path: string;
  readonly parts: readonly Placed[];
}

/** An object with its `$ref` followed; undefined where nothing, or no object, is there. */
export function resolveObject(
  document: Document,
  value: Parameters<Document['resolve']>[0],
  pointer: string,
): Placed | undefined {
  const resolved = document.resolve(value, pointer);
  return isObject(resolved.value) ? { value: resolved.value, pointer: resolved.pointer } : undefined;
}
