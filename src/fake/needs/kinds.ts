/** The kinds of values, as bits. Integers apart from other numbers, so that `integer` is a kind like any other. */
import type { Json } from '../../text/value.js';
export const kinds = { null: 1, boolean: 2, integer: 4, fraction: 8, string: 16, array: 32, object: 64 } as const;
export type Kind = keyof typeof kinds;
export const everyKind = 127;

const kindsOfType: Readonly<Record<string, number>> = {
  null: kinds.null,
  boolean: kinds.boolean,
  integer: kinds.integer,
  number: kinds.integer | kinds.fraction,
  string: kinds.string,
  array: kinds.array,
  object: kinds.object,
};

/** The bits of some values of `type` (JSON Schema Validation, 6.1.1). */
export function maskOf(types: readonly Json[]): number {
  return types.reduce<number>((bits, name) => bits | (kindsOfType[String(name)] ?? 0), 0);
}

/** The bit of a value's kind. */
export function kindOf(value: Json): number {
  if (value === null) return kinds.null;
  if (Array.isArray(value)) return kinds.array;
  if (typeof value === 'number') return Number.isInteger(value) ? kinds.integer : kinds.fraction;
  return kinds[typeof value as 'boolean' | 'string' | 'object'];
}

export function kindsIn(mask: number): Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((kind) => (mask & kinds[kind]) !== 0);
}

/** In the words of `type`. */
export function describeKinds(mask: number): string {
  const names = Object.keys(kindsOfType).filter((name) => {
    const bits = kindsOfType[name] as number;
    return (mask & bits) === bits && !(name === 'integer' && (mask & kinds.fraction) !== 0);
  });
  return names.join(' or ') || 'number (and no integer)';
}
