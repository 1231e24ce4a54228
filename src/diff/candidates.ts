import type { ValueNode } from '../schema/outlook.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

export const plainValues: readonly Json[] = [null, 'counterproof', 12345, 0.5, true, [], {}];

/** Keywords that speak of what is not declared by name, or on a condition. */
export const openKeywords = [
  'additionalProperties',
  'unevaluatedProperties',
  'patternProperties',
  'dependentSchemas',
  'items',
  'prefixItems',
  'unevaluatedItems',
  'if',
] as const;

/** Names that a keyword has a say in, of members that nobody declares. */
export function membersOf(name: (typeof openKeywords)[number], limit: Json): readonly string[] {
  if (!isObject(limit) || name === 'if') return [];
  if (name === 'additionalProperties' || name === 'unevaluatedProperties') return ['counterproofUnexpected'];
  const inner = Object.values(limit).flatMap((schema) =>
    isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [],
  );
  // The plainest name that a pattern may match: its own letters.
  const named =
    name === 'patternProperties' ? Object.keys(limit).map((pattern) => pattern.replaceAll(/[\^$\\]/g, '')) : [];
  return [...new Set([...named, ...named.map((each) => `${each}counterproof`), ...inner])];
}

/** Members that bring a condition with them. */
export function triggersOf(name: string, limit: Json): JsonObject {
  if (name !== 'dependentSchemas' || !isObject(limit)) return {};
  return Object.fromEntries(Object.keys(limit).map((trigger) => [trigger, 'counterproof']));
}

export function isWider(types: ReadonlySet<string> | null, others: ReadonlySet<string> | null): boolean {
  return others !== null && (types === null || [...types].some((type) => !others.has(type)));
}

/** The outermost values that limits allow. */
export function* bounds(value: Json, schema: ValueNode['schema']): Generator<Json> {
  const numberOf = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  if (typeof value === 'number') {
    const limits = [numberOf('minimum'), numberOf('maximum')].filter((limit) => limit !== undefined);
    yield* [...limits, (numberOf('exclusiveMinimum') ?? 0) + 1, (numberOf('exclusiveMaximum') ?? 0) - 1, value + 0.5];
  } else if (typeof value === 'string') {
    const longest = Math.min(numberOf('maxLength') ?? 0, 10_000);
    yield* [value.padEnd(longest, 'x').slice(0, longest), value.slice(0, numberOf('minLength') ?? 0)];
  } else if (Array.isArray(value)) yield value.slice(0, numberOf('minItems') ?? 0);
}
