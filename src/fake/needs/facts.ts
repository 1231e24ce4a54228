import { membership } from '../../schema/equality.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { Conflict } from './conflict.js';
import type { Part } from './gather.js';
import { isIrreducible } from './refutation.js';
import { pointerTo } from './site.js';

/** The kinds of values, as bits. Integers apart from other numbers, so that `integer` is a kind like any other. */
export const kinds = { null: 1, boolean: 2, integer: 4, fraction: 8, string: 16, array: 32, object: 64 } as const;
export type Kind = keyof typeof kinds;
const everyKind = 127;

const { fraction, ...whole } = kinds;
const kindsOfType: Readonly<Record<string, number>> = { ...whole, number: kinds.integer | fraction };

/** A limit, and whether it is itself excluded. */
export interface Bound {
  readonly limit: number;
  readonly exclusive: boolean;
  readonly pointer: string;
}

/** A lower and an upper count (lengths, items, members), with where each is said. */
export interface Range {
  minimum: number;
  maximum: number;
  minimumAt: string;
  maximumAt: string;
}

/** What several schemas ask for together, as far as that can be said keyword by keyword. */
export interface Facts {
  readonly parts: readonly Part[];
  /** Bits of `kinds`. */
  mask: number;
  /** Whether `type`, `const` or `enum` says so. */
  typed: boolean;
  /** What `const` and `enum` leave. */
  values: Json[] | null;
  lower: Bound | null;
  upper: Bound | null;
  readonly multiples: number[];
  readonly length: Range;
  readonly items: Range;
  readonly members: Range;
  readonly patterns: string[];
  readonly formats: string[];
  unique: boolean;
  readonly required: Map<string, string>;
  /** What the value must not be, to be compared once it is drawn. */
  readonly negations: JsonObject[];
}

/** Merges the keywords of all parts, or says which contradict each other. */
export function factsOf(parts: readonly Part[]): Facts | Conflict {
  const facts: Facts = {
    parts,
    mask: everyKind,
    typed: false,
    values: null,
    lower: null,
    upper: null,
    multiples: [],
    length: range(),
    items: range(),
    members: range(),
    patterns: [],
    formats: [],
    unique: false,
    required: new Map(),
    negations: [],
  };
  for (const part of parts) {
    const conflict = addType(facts, part) ?? addValues(facts, part);
    if (conflict) return conflict;
    addLimits(facts, part);
  }
  return dropImpossibleKinds(facts) ?? dropUnfitValues(facts) ?? facts;
}

function addType(facts: Facts, { schema, site }: Part): Conflict | null {
  const { type } = schema;
  if (type === undefined) return null;
  const names = Array.isArray(type) ? type : [type];
  const mask = maskOf(names);
  if ((facts.mask & mask) === 0) {
    const rest = facts.typed ? describeKinds(facts.mask) : 'nothing';
    return new Conflict(
      pointerTo(site, 'type'),
      `Nothing is of type ${names.join(' or ')} where another schema for the same value allows ${rest} only`,
      undefined,
      placesOf(facts, 'type').slice(0, 1),
    );
  }
  facts.mask &= mask;
  facts.typed = true;
  return null;
}

function addValues(facts: Facts, { schema, site }: Part): Conflict | null {
  for (const keyword of ['const', 'enum'] as const) {
    const held = schema[keyword];
    if (held === undefined) continue;
    const allowed = keyword === 'const' ? [held] : Array.isArray(held) ? held : [];
    facts.values = facts.values ? facts.values.filter(membership(allowed)) : allowed;
    if (facts.values.length === 0) {
      const message =
        allowed.length === 0
          ? 'An enum without values allows nothing'
          : `No value of this ${keyword} is allowed by the other schemas for the same value`;
      return new Conflict(pointerTo(site, keyword), message, undefined, placesOf(facts, 'const', 'enum'));
    }
  }
  return null;
}

/** Where these keywords stand in all schemas for the value. */
export function placesOf({ parts }: Pick<Facts, 'parts'>, ...keywords: string[]): string[] {
  return parts.flatMap(({ schema, site }) =>
    keywords.flatMap((keyword) => (schema[keyword] === undefined ? [] : pointerTo(site, keyword))),
  );
}

function addLimits(facts: Facts, { schema, site }: Part): void {
  const at = (keyword: string): string => pointerTo(site, keyword);
  for (const keyword of ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const) {
    const limit = schema[keyword];
    if (typeof limit === 'number') {
      const side = keyword.endsWith('inimum') ? 'lower' : 'upper';
      facts[side] = tighter(side, facts[side], { limit, exclusive: keyword.startsWith('e'), pointer: at(keyword) });
    }
  }
  raise(facts.length, schema, 'minLength', 'maxLength', at);
  raise(facts.items, schema, 'minItems', 'maxItems', at);
  raise(facts.members, schema, 'minProperties', 'maxProperties', at);
  if (typeof schema.multipleOf === 'number') facts.multiples.push(schema.multipleOf);
  if (typeof schema.pattern === 'string') facts.patterns.push(schema.pattern);
  if (typeof schema.format === 'string') facts.formats.push(schema.format);
  facts.unique ||= schema.uniqueItems === true;
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    facts.required.set(String(name), at('required'));
  }
  if (isObject(schema.not) && isIrreducible(schema.not)) facts.negations.push(schema.not);
}

function range(): Range {
  return { minimum: 0, maximum: Number.POSITIVE_INFINITY, minimumAt: '', maximumAt: '' };
}

function raise(range: Range, schema: JsonObject, low: string, high: string, at: (keyword: string) => string): void {
  const minimum = schema[low];
  const maximum = schema[high];
  if (typeof minimum === 'number' && minimum > range.minimum) Object.assign(range, { minimum, minimumAt: at(low) });
  if (typeof maximum === 'number' && maximum < range.maximum) Object.assign(range, { maximum, maximumAt: at(high) });
}

function tighter(side: 'lower' | 'upper', old: Bound | null, bound: Bound): Bound {
  if (!old || old.limit === bound.limit) return old?.exclusive ? old : bound;
  return bound.limit > old.limit === (side === 'lower') ? bound : old;
}

function dropUnfitValues(facts: Facts): Conflict | null {
  if (!facts.values) return null;
  const fit = facts.values.filter((value) => (kindOf(value) & facts.mask) !== 0);
  if (fit.length === 0) {
    const part = facts.parts.find(({ schema }) => schema.enum !== undefined || schema.const !== undefined) as Part;
    const keyword = part.schema.const === undefined ? 'enum' : 'const';
    return new Conflict(
      pointerTo(part.site, keyword),
      `No value of this ${keyword} is of type ${describeKinds(facts.mask)}, as it has to be`,
      undefined,
      placesOf(facts, 'type'),
    );
  }
  facts.values = fit;
  facts.mask = fit.reduce<number>((bits, value) => bits | kindOf(value), 0);
  return null;
}

/** Takes away the kinds that no value can be of, and says why when none is left. */
function dropImpossibleKinds(facts: Facts): Conflict | null {
  let reason: Conflict | null = null;
  const drop = (bits: number, conflict: Conflict | null): void => {
    if (conflict && (facts.mask & bits) !== 0) {
      facts.mask &= ~bits;
      reason = conflict;
    }
  };
  drop(kinds.string, emptyRange(facts.length, 'Length', 'characters'));
  drop(kinds.array, emptyRange(facts.items, 'Items', 'items'));
  drop(kinds.object, emptyRange(facts.members, 'Properties', 'members'));
  drop(kinds.object, tooManyRequired(facts));
  drop(kinds.integer | kinds.fraction, emptyInterval(facts));
  drop(kinds.integer, noIntegerBetween(facts));
  if (facts.multiples.some((multiple) => Number.isInteger(multiple))) facts.mask &= ~kinds.fraction;
  if (facts.negations.some(({ multipleOf }) => typeof multipleOf === 'number' && Number.isInteger(1 / multipleOf))) {
    facts.mask &= ~kinds.integer;
  }
  return facts.mask === 0 ? reason : null;
}

function emptyRange(range: Range, noun: string, unit: string): Conflict | null {
  const { minimum, maximum, minimumAt, maximumAt } = range;
  const message = `min${noun} ${minimum} is above max${noun} ${maximum}: no count of ${unit} is between`;
  return minimum > maximum ? new Conflict(minimumAt, message, undefined, [maximumAt]) : null;
}

function tooManyRequired({ required, members }: Facts): Conflict | null {
  return required.size > members.maximum
    ? new Conflict(
        members.maximumAt,
        `maxProperties ${members.maximum} is below the number of required members, ${required.size}`,
        undefined,
        [...required.values()],
      )
    : null;
}

function emptyInterval({ lower, upper }: Facts): Conflict | null {
  if (!lower || !upper || lower.limit < upper.limit) return null;
  return lower.limit === upper.limit && !lower.exclusive && !upper.exclusive
    ? null
    : nothingBetween('number', lower, upper);
}

function noIntegerBetween({ lower, upper }: Facts): Conflict | null {
  const { minimum, maximum } = integerBounds({ lower, upper });
  return lower && upper && minimum > maximum ? nothingBetween('integer', lower, upper) : null;
}

function nothingBetween(noun: string, lower: Bound, upper: Bound): Conflict {
  const limits = `${describeBound(lower, 'above')} and ${describeBound(upper, 'below')}`;
  return new Conflict(lower.pointer, `No ${noun} is ${limits}`, undefined, [upper.pointer]);
}

/** The least and the greatest integer between the bounds; infinite where there is none. */
export function integerBounds({ lower, upper }: Pick<Facts, 'lower' | 'upper'>): { minimum: number; maximum: number } {
  let minimum = Number.NEGATIVE_INFINITY;
  let maximum = Number.POSITIVE_INFINITY;
  if (lower) minimum = lower.exclusive ? Math.floor(lower.limit) + 1 : Math.ceil(lower.limit);
  if (upper) maximum = upper.exclusive ? Math.ceil(upper.limit) - 1 : Math.floor(upper.limit);
  return { minimum, maximum };
}

function describeBound({ limit, exclusive }: Bound, side: 'above' | 'below'): string {
  return exclusive ? `${side} ${limit}` : `${limit} or ${side}`;
}

/** The bits of some values of `type` (JSON Schema Validation, 6.1.1). */
function maskOf(types: readonly Json[]): number {
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
function describeKinds(mask: number): string {
  const names = Object.keys(kindsOfType).filter((name) => {
    const bits = kindsOfType[name] as number;
    return (mask & bits) === bits && !(name === 'integer' && (mask & fraction) !== 0);
  });
  return names.join(' or ') || 'number (and no integer)';
}
