import { isObject, type JsonObject } from '../../text/value.js';
import { compilePattern } from '../pattern/pattern.js';

/** What one schema says that no value can keep, and the keyword that says so. */
export interface Contradiction {
  readonly keyword: string;
  readonly message: string;
}

const ranges = [
  { type: 'string', low: 'minLength', high: 'maxLength' },
  { type: 'array', low: 'minItems', high: 'maxItems' },
  { type: 'object', low: 'minProperties', high: 'maxProperties' },
] as const;

/**
 * Why a schema by itself allows nothing of a type that it is about; null where it may. What others say of the same value is not
 * looked at.
 */
export function contradictionOf(schema: JsonObject): Contradiction | null {
  const isAbout = (...types: string[]) =>
    schema.type === undefined || [schema.type].flat().some((type) => types.includes(String(type)));
  for (const { type, low, high } of ranges) {
    const [least, most] = [schema[low], schema[high]];
    if (typeof least === 'number' && typeof most === 'number' && least > most && isAbout(type)) {
      return nothing(type, low, `${low} ${least} is above ${high} ${most}`);
    }
  }
  const interval = emptyInterval(schema);
  if (interval !== null && isAbout('number', 'integer')) return interval;
  const room = withoutRoom(schema);
  if (room !== null && isAbout('object')) return room;
  return noneOfList(schema);
}

/** A list of texts of which the pattern, or the lengths, beside it allow none. */
function noneOfList(schema: JsonObject): Contradiction | null {
  const keyword = schema.const === undefined ? 'enum' : 'const';
  const listed = keyword === 'const' ? [schema.const] : schema.enum;
  if (!Array.isArray(listed) || listed.length === 0) return null;
  const texts = listed.filter((value) => typeof value === 'string');
  if (texts.length < listed.length) return null;
  const { pattern, minLength, maxLength } = schema;
  const expression = typeof pattern === 'string' ? compilePattern(pattern) : null;
  const all = texts.length === 1 ? 'its one value' : `none of its ${texts.length} values`;
  const says = (does: string, not: string) => `${all} ${texts.length === 1 ? not : does}`;
  if (expression !== null && !texts.some((text) => expression.test(text)))
    return nothing('string', keyword, says(`matches the pattern ${pattern}`, `does not match the pattern ${pattern}`));
  const lengths = texts.map((text) => [...text].length);
  if (typeof minLength === 'number' && lengths.every((length) => length < minLength))
    return nothing('string', keyword, says(`has minLength ${minLength}`, `does not have minLength ${minLength}`));
  if (typeof maxLength === 'number' && lengths.every((length) => length > maxLength))
    return nothing(
      'string',
      keyword,
      says(`keeps to maxLength ${maxLength}`, `does not keep to maxLength ${maxLength}`),
    );
  return null;
}

function emptyInterval(schema: JsonObject): Contradiction | null {
  for (const low of ['minimum', 'exclusiveMinimum'] as const) {
    for (const high of ['maximum', 'exclusiveMaximum'] as const) {
      const [least, most] = [schema[low], schema[high]];
      if (typeof least !== 'number' || typeof most !== 'number') continue;
      if (least > most) return nothing('number', low, `${low} ${least} is above ${high} ${most}`);
      if (least === most && (low !== 'minimum' || high !== 'maximum')) {
        return nothing('number', low, `nothing is between ${low} ${least} and ${high} ${most}`);
      }
    }
  }
  return null;
}

/** What is required of an object that allows no such member, or not so many. */
function withoutRoom(schema: JsonObject): Contradiction | null {
  const { additionalProperties, patternProperties, properties, required, minProperties } = schema;
  if (additionalProperties !== false || patternProperties !== undefined) return null;
  const allowed = new Set(
    Object.entries(isObject(properties) ? properties : {}).flatMap(([name, held]) => (held === false ? [] : [name])),
  );
  const missing = (Array.isArray(required) ? required : []).find((name) => !allowed.has(String(name)));
  if (missing !== undefined) {
    return nothing('object', 'required', `the member ${JSON.stringify(missing)} is required, and not allowed`);
  }
  if (typeof minProperties !== 'number' || minProperties <= allowed.size) return null;
  const room = allowed.size === 1 ? 'only 1 member is allowed' : `only ${allowed.size} members are allowed`;
  return nothing('object', 'minProperties', `minProperties is ${minProperties}, but ${room}`);
}

function nothing(type: string, keyword: string, reason: string): Contradiction {
  return { keyword, message: `No ${type} is valid here: ${reason}` };
}
