/** Turns a value that satisfies one keyword into values that may not; the schema has the last word. */
type Breaker = (value: Json, limit: Json, schema: JsonObject) => readonly Json[];

const oneOfEach: readonly Json[] = [12345, 'counterproof', true, null, {}, [], 0.5];

/** How to break each assertion keyword of JSON Schema 2020-12 (Validation, 6). */
import { isObject, type Json, type JsonObject } from '../text/value.js';
export const breakers: Readonly<Record<string, Breaker>> = {
  type: () => oneOfEach,
  enum: (value) => [...nearMisses(value), ...oneOfEach],
  const: (value) => [...nearMisses(value), ...oneOfEach],
  minimum: (_, limit) => (typeof limit === 'number' ? [limit - 1] : []),
  maximum: (_, limit) => (typeof limit === 'number' ? [limit + 1] : []),
  exclusiveMinimum: (_, limit) => [limit],
  exclusiveMaximum: (_, limit) => [limit],
  multipleOf: (value, limit) => (typeof value === 'number' && typeof limit === 'number' ? [value + limit / 2] : []),
  minLength: (value, limit) =>
    typeof value === 'string' && typeof limit === 'number'
      ? [[...value].slice(0, Math.max(0, limit - 1)).join('')]
      : [],
  maxLength: (value, limit) =>
    typeof value === 'string' && typeof limit === 'number' ? [value.padEnd(limit + 1, value === '' ? 'x' : value)] : [],
  pattern: (value) => (typeof value === 'string' ? [`${value}\u2003`, '\u2003', '', '~', 'Z9~'] : []),
  minItems: (value, limit) =>
    Array.isArray(value) && typeof limit === 'number' ? [value.slice(0, Math.max(0, limit - 1))] : [],
  maxItems: (value, limit) =>
    Array.isArray(value) && typeof limit === 'number' && value.length > 0
      ? [Array.from({ length: limit + 1 }, (_, index) => value[index % value.length] ?? null)]
      : [],
  uniqueItems: (value) => (Array.isArray(value) && value.length > 0 ? [[...value, value[0] ?? null]] : []),
  required: (value, limit) =>
    isObject(value) && Array.isArray(limit) ? limit.map((name) => without(value, String(name))) : [],
  additionalProperties: (value) => (isObject(value) ? [{ ...value, counterproofExtra: 'unexpected' }] : []),
  unevaluatedProperties: (value) => (isObject(value) ? [{ ...value, counterproofExtra: 'unexpected' }] : []),
  minProperties: (value, limit) =>
    isObject(value) && typeof limit === 'number' ? [Object.fromEntries(Object.entries(value).slice(0, limit - 1))] : [],
  format: () => ['not-a-valid-value ]', 'not a date', '12', '%', 99999999999],
};

/** What servers are lenient about, for a word of a closed list. */
function nearMisses(value: Json): Json[] {
  if (typeof value === 'number') return [value + 1, String(value)];
  if (typeof value !== 'string') return [];
  return [`${value}_v2`, value.toUpperCase(), value.toLowerCase(), ` ${value}`, ''];
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}
