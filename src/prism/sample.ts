import type { Document } from '../document/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { PrismProblem } from './problem.js';
import { stringSample } from './sample-text.js';

/** So many schemas are looked at for one sample. */
const maximumSteps = 2500;
const maximumDepth = 15;

/** Keywords that tell a type where none is said, in the order in which they are looked for. */
const tellingKeywords: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ['number', ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum']],
  ['string', ['maxLength', 'minLength', 'pattern']],
  ['array', ['items', 'maxItems', 'minItems', 'uniqueItems', 'additionalItems']],
  [
    'object',
    [
      'maxProperties',
      'minProperties',
      'required',
      'additionalProperties',
      'properties',
      'patternProperties',
      'dependencies',
    ],
  ],
];

interface Sample {
  readonly value: Json | undefined;
  readonly type: string | null;
}

/** Where a schema stands: null at the root of a sample, and in the branches there. */
type Depth = { readonly depth: number; readonly name?: string } | null;

/**
 * The one value that Prism shows for a schema without an example: its default, constant, first enumerated value, first
 * example, or else a word for each type. Always the same.
 *
 * @returns undefined where there is none, as for a schema that says nothing
 * @throws PrismProblem 500 where the schema has too many places
 */
export function staticSample(schema: Json, document: Document): Json | undefined {
  let steps = 0;
  /** Schemas on the way here. A branch at the root stays in it, so that what it says is not said again. */
  const seen: JsonObject[] = [];
  /** How often each reference is being followed: what leads back to itself is shown once more, and then cut. */
  const open = new Map<string, number>();

  function sampleOf(given: Json | undefined, at: Depth): Sample {
    const node = isObject(given) ? given : {};
    steps++;
    if (steps >= maximumSteps) throw new TooManySteps();
    if (seen.includes(node)) return circular(node);
    seen.push(node);
    const leave = (sample: Sample): Sample => {
      if (at !== null) seen.pop();
      return sample;
    };
    if (at !== null && at.depth > maximumDepth) return leave(circular(node));
    if (typeof node.$ref === 'string') return leave(followed(node, node.$ref, at));
    const { allOf, oneOf, anyOf, if: condition, then } = node;
    if (Array.isArray(allOf)) {
      leave({ value: undefined, type: null });
      return merged(node, allOf, at);
    }
    for (const branches of [oneOf, anyOf]) {
      if (!Array.isArray(branches) || branches.length === 0) continue;
      leave({ value: undefined, type: null });
      return sampleOf(branches[0], at);
    }
    if (condition !== undefined && then !== undefined) return sampleOf(mergedDeep(condition, then), at);
    return leave(ownSample(node, at));
  }

  function followed(node: JsonObject, name: string, at: Depth): Sample {
    const { value: target } = document.resolve(node, '');
    const referenced = isObject(target) ? target : {};
    const times = open.get(name) ?? 0;
    if (times > 1) return circular(referenced);
    open.set(name, times + 1);
    const sample = sampleOf(times === 0 ? referenced : structuredClone(referenced), at);
    open.set(name, times);
    return sample;
  }

  function merged({ allOf: _, ...own }: JsonObject, branches: readonly Json[], at: Depth): Sample {
    const base = sampleOf(own, null);
    let { type } = base;
    const samples: Json[] = [];
    for (const branch of branches) {
      const inherited = type === null ? {} : { type };
      const sample = sampleOf(isObject(branch) ? { ...inherited, ...branch } : {}, at);
      if (type !== null && sample.type !== null) type = sample.type;
      type ??= sample.type;
      if (sample.value !== undefined && sample.value !== null) samples.push(sample.value);
    }
    if (type !== 'object') return { value: samples.at(-1) ?? base.value, type };
    const objects = samples.filter((value) => typeof value === 'object');
    return { value: mergedDeep(base.value ?? {}, ...objects), type };
  }

  function ownSample(node: JsonObject, at: Depth): Sample {
    const { default: usual, const: constant, enum: values, examples, example } = node;
    if (usual !== undefined) return { value: usual, type: null };
    if (constant !== undefined) return { value: constant, type: null };
    if (Array.isArray(values) && values.length > 0) return { value: values[0], type: null };
    if (Array.isArray(examples) && examples.length > 0) return { value: examples[0], type: null };
    if (example !== undefined) return { value: example, type: null };
    const type = typeOf(node);
    return { value: madeOf(type, node, at), type };
  }

  function madeOf(type: string | null, node: JsonObject, at: Depth): Json | undefined {
    if (type === 'string') return stringSample(node, at?.name);
    if (type === 'number' || type === 'integer') return numberSample(node);
    if (type === 'boolean') return true;
    if (type === 'array') return arraySample(node, at);
    if (type === 'object') return objectSample(node, at);
    return null;
  }

  function arraySample(node: JsonObject, at: Depth): Json {
    const { minItems, maxItems, prefixItems, items = node.contains } = node;
    const least = typeof minItems === 'number' && minItems > 0 ? minItems : 1;
    const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
    const tuple = Array.isArray(prefixItems) ? prefixItems : [];
    if (items === undefined && tuple.length === 0) return [];
    const length = Math.max(Math.min(most, least), tuple.length);
    const depth = (at?.depth ?? 1) + 1;
    return Array.from({ length }, (_, index) => sampleOf(tuple[index] ?? items, { depth }).value ?? null);
  }

  function objectSample({ properties, additionalProperties }: JsonObject, at: Depth): Json {
    const depth = (at?.depth ?? 1) + 1;
    const members: [string, Json][] = [];
    const add = (name: string, schema: Json, named: boolean) => {
      const { value } = sampleOf(schema, { depth, ...(named && { name }) });
      if (value !== undefined) members.push([name, value]);
    };
    for (const [name, schema] of isObject(properties) ? Object.entries(properties) : []) add(name, schema, true);
    if (isObject(additionalProperties)) {
      for (const name of ['property1', 'property2']) add(name, additionalProperties, false);
    }
    return Object.fromEntries(members);
  }

  try {
    return sampleOf(schema, null).value;
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    const detail = 'Unable to generate body for response. The schema is too complex to generate.';
    throw new PrismProblem('SCHEMA_TOO_COMPLEX', detail);
  }
}

class TooManySteps extends Error {}

function typeOf(node: JsonObject): string | null {
  const { type } = node;
  if (type !== undefined) return Array.isArray(type) ? String(type[0] ?? '') || null : String(type);
  const told = tellingKeywords.find(([, keywords]) => keywords.some((keyword) => node[keyword] !== undefined));
  return told?.[0] ?? null;
}

function circular(node: JsonObject): Sample {
  const type = typeOf(node);
  return { value: type === 'object' ? {} : type === 'array' ? [] : undefined, type: null };
}

/** The least number of a format, which is what Prism shows where nothing else is said. */
const leastOfFormat: Readonly<Record<string, number>> = {
  int32: -(2 ** 31),
  int64: Number.MIN_SAFE_INTEGER,
  float: -(2 ** 128),
  double: -Number.MAX_VALUE,
};

function numberSample(node: JsonObject): Json {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, format } = node;
  const known = typeof format === 'string' && Object.hasOwn(leastOfFormat, format) ? leastOfFormat[format] : undefined;
  if (known !== undefined) return Math.max(typeof minimum === 'number' ? minimum : known, known);
  if (minimum !== undefined) return minimum;
  if (typeof exclusiveMinimum === 'number') {
    const next = exclusiveMinimum + 1;
    return next === exclusiveMaximum ? (next + next - 1) / 2 : next;
  }
  if (typeof exclusiveMaximum === 'number') return exclusiveMaximum - 1;
  return maximum ?? 0;
}

/** One value of several: members of the later ones win, and objects and lists are merged in turn. */
function mergedDeep(...values: readonly Json[]): Json {
  const target: Record<string, Json> = {};
  for (const value of values) {
    for (const [key, item] of Object.entries(value ?? {})) {
      const known = Object.hasOwn(target, key) ? target[key] : undefined;
      const both = typeof known === 'object' && known !== null && typeof item === 'object' && item !== null;
      Object.defineProperty(target, key, {
        value: both ? mergedDeep(known, item) : item,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return Array.isArray(values.at(-1)) ? Object.values(target) : target;
}
