import type { Schema, Schemas } from '../../schema/index.js';
import { typesOf, viewOf } from '../../schema/view.js';
import { isObject, type Json } from '../../text/value.js';

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** What says which members there are, or which values. */
const telling = ['patternProperties', 'propertyNames', 'enum', 'const', 'default', 'example', 'examples'];

/** What is asked of the answer besides its schema. */
interface Wish {
  readonly method: string;
  readonly data: unknown;
  readonly refinements: readonly unknown[];
}

/**
 * Whether the answer of a write is an object of which nothing is said: a server has nothing to say there, and sends an empty
 * one. What is said of free members counts, unless something was deleted.
 */
export function isBare(schema: Schema, wish: Wish, { document }: Schemas): boolean {
  const method = wish.method.toUpperCase();
  if (wish.data !== undefined || wish.refinements.length > 0 || !writes.has(method)) return false;
  if (schema.problem !== null || !schema.accepts({})) return false;
  const view = viewOf(document);
  const parts = view.possible(schema.pointer);
  if (typesOf(parts)?.has('object') !== true || view.members(parts).size > 0) return false;
  const isFree = (value: Json | undefined): boolean => !isObject(value) || Object.keys(value).length === 0;
  return parts.every(
    ({ schema: own }) =>
      telling.every((name) => own[name] === undefined) && (method === 'DELETE' || isFree(own.additionalProperties)),
  );
}
