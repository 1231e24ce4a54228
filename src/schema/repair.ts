import { valueAt } from '../text/pointer.js';
import { inTable, isObject, type Json, type JsonObject } from '../text/value.js';
import { hasType, isSchema, type Keyword, keywordNamed, typeNames } from './keywords.js';
import { ecmaPattern } from './pattern/dialect.js';
import type { JsonSchema } from './types.js';

/** What was done about a keyword whose value JSON Schema 2020-12 does not allow. */
export interface Repair {
  /** From the schema to what is wrong. */
  readonly steps: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  /** Whether it is read as something else, and not left out. */
  readonly isRead: boolean;
}

export interface Repaired {
  readonly value: JsonSchema;
  readonly repairs: readonly Repair[];
}

const known = new WeakMap<object, Repaired | null>();

/**
 * A schema as everything here reads it: what JSON Schema 2020-12 does not allow is translated where it has one reading,
 * else left out, so that the rest of it is kept. Looks at the schema itself, not at those inside of it; each once.
 *
 * @returns null where nothing is wrong with it
 */
export function repaired(raw: Json): Repaired | null {
  if (typeof raw === 'boolean') return null;
  if (!isObject(raw)) return { value: true, repairs: [noSchema(raw)] };
  let result = known.get(raw);
  if (result === undefined) {
    result = repair(raw);
    known.set(raw, result);
  }
  return result;
}

function noSchema(raw: Json): Repair {
  const message = 'This is not a schema: anything is valid here';
  return { steps: [], message, expected: 'a schema (an object or a boolean)', found: show(raw), isRead: false };
}

function repair(raw: JsonObject): Repaired | null {
  const repairs: Repair[] = [];
  let draft: JsonObject | null = null;
  for (const name of Object.keys(raw)) {
    const keyword = keywordNamed(name);
    if (keyword === undefined) continue;
    const held = raw[name] as Json;
    const foreign = keyword.patterns !== undefined && !isEcma(held);
    const defect = keyword.defect(held);
    if (defect === null && !foreign) continue;
    const steps =
      defect ??
      (isObject(held)
        ? Object.keys(held)
            .filter((text) => !isEcma(text))
            .slice(0, 1)
        : []);
    draft ??= { ...raw };
    const reading = inTable(readings, name)?.(held, draft);
    const isRead = reading !== undefined && (!Object.hasOwn(draft, name) || !keyword.defect(draft[name] as Json));
    if (!isRead) leaveOut(name, keyword, draft);
    repairs.push({
      steps: [name, ...steps],
      message: `The value of ${JSON.stringify(name)} is not valid in JSON Schema: ${isRead ? reading : 'it is left out'}`,
      expected: keyword.expects,
      found: show(steps.length > 0 && keyword.patterns ? String(steps[0]) : valueAt(held, steps.map(String))),
      isRead,
    });
  }
  const listed = typedEnum(draft ?? raw);
  if (listed !== null) {
    draft ??= { ...raw };
    if (listed.values === null) delete draft.enum;
    else draft.enum = listed.values;
    repairs.push(listed.repair);
  }
  draft = withoutLarge(raw, draft, repairs);
  return draft && { value: draft, repairs };
}

/**
 * Each value is held against all of them, and each is read for that and remembered: a hundred thousand take a minute, and gigabytes. Of
 * fewer than all nobody could be accused.
 */
const mostBranches = 10_000;

/** Lists of schemas for the same value that have too many are left out. */
function withoutLarge(raw: JsonObject, before: JsonObject | null, repairs: Repair[]): JsonObject | null {
  let draft = before;
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const branches = raw[keyword];
    if (!Array.isArray(branches) || branches.length <= mostBranches) continue;
    draft ??= { ...raw };
    delete draft[keyword];
    repairs.push({
      steps: [keyword],
      message: `${JSON.stringify(keyword)} has more schemas than are looked at: it is left out`,
      expected: `at most ${mostBranches} schemas`,
      found: `${branches.length}`,
      isRead: false,
    });
  }
  return draft;
}

/**
 * A list of values of which none is of the type beside it: they are read as that type where they all can be, else the list
 * is left out, since nothing could be valid.
 */
function typedEnum({ type, enum: values }: JsonObject): { values: Json[] | null; repair: Repair } | null {
  const types = [type ?? []].flat().map(String);
  if (types.length === 0 || !Array.isArray(values) || values.length === 0) return null;
  if (values.some((value) => types.some((name) => hasType(value, name)))) return null;
  const read = values.map((value) => readAs(types, value));
  const isRead = read.every((value) => value !== undefined);
  const outcome = isRead ? `they are read as ${show(read as Json[])}` : 'the list is left out';
  return {
    values: isRead ? (read as Json[]) : null,
    repair: {
      steps: ['enum'],
      message: `No value of "enum" is of the type beside it: ${outcome}`,
      expected: `values of type ${types.join(' or ')}`,
      found: show(values),
      isRead,
    },
  };
}

function readAs(types: readonly string[], value: Json): Json | undefined {
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  if (types.includes('string') && isScalar) return String(value);
  const number = typeof value === 'string' ? numberOf(value) : undefined;
  if (number !== undefined && types.some((name) => hasType(number, name))) return number;
  return types.includes('boolean') && (value === 'true' || value === 'false') ? value === 'true' : undefined;
}

/** What a value means that JSON Schema 2020-12 does not allow: puts it into the draft, and says so in a clause. */
type Reading = (held: Json, draft: JsonObject) => string | undefined;

const readings: Readonly<Record<string, Reading>> = {
  $recursiveRef(_, draft) {
    delete draft.$recursiveRef;
    draft.$dynamicRef ??= '#';
    return 'it is read as "$dynamicRef"';
  },
  type(held, draft) {
    const names = (Array.isArray(held) ? held : [held]).map((name) => typeNamed(name));
    if (names.length === 0 || names.includes(undefined)) return undefined;
    return replace(draft, 'type', Array.isArray(held) ? (names as string[]) : (names[0] as string));
  },
  items(held, draft) {
    if (!Array.isArray(held) || Object.hasOwn(draft, 'prefixItems')) return undefined;
    draft.prefixItems = held.map((item) => (isSchema(item) ? item : true));
    delete draft.items;
    if (isSchema(draft.additionalItems)) draft.items = draft.additionalItems;
    return 'a list is read as "prefixItems"';
  },
  uniqueItems(held, draft) {
    return held === 'true' || held === 'false' ? replace(draft, 'uniqueItems', held === 'true') : undefined;
  },
  exclusiveMinimum: (held, draft) => exclusive(held, draft, 'minimum', 'exclusiveMinimum'),
  exclusiveMaximum: (held, draft) => exclusive(held, draft, 'maximum', 'exclusiveMaximum'),
  required(held, draft) {
    // A boolean alone is draft 3's, and speaks of the schema that has it, also where it is written as a text.
    if (typeof held === 'boolean' || held === 'true' || held === 'false') return undefined;
    const names = [held].flat();
    if (!names.every((name) => ['string', 'number', 'boolean'].includes(typeof name))) return undefined;
    return replace(draft, 'required', [...new Set(names.map(String))]);
  },
  enum: (held, draft) => (isObject(held) || Array.isArray(held) ? undefined : replace(draft, 'enum', [held])),
  ...Object.fromEntries(
    ['allOf', 'anyOf', 'oneOf'].map((name): [string, Reading] => [
      name,
      (held, draft) => {
        if (!isSchema(held)) return undefined;
        draft[name] = [held];
        return 'it is read as a list of one schema';
      },
    ]),
  ),
  pattern(held, draft) {
    const text = typeof held === 'number' ? String(held) : typeof held === 'string' ? ecmaPattern(held) : null;
    return text === null ? undefined : replace(draft, 'pattern', text);
  },
  patternProperties(held, draft) {
    if (!isObject(held)) return undefined;
    const entries = Object.entries(held).map(([text, schema]) => [ecmaPattern(text) ?? text, schema] as const);
    return replace(draft, 'patternProperties', Object.fromEntries(entries));
  },
  ...Object.fromEntries(
    ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minContains', 'maxContains']
      .concat(['minProperties', 'maxProperties'])
      .map((name): [string, Reading] => [name, (held, draft) => numeric(name, held, draft)]),
  ),
};

function numeric(name: string, held: Json, draft: JsonObject): string | undefined {
  // `exclusiveMinimum: true` beside it has taken its place.
  if (!Object.hasOwn(draft, name)) return 'it is read as exclusive';
  const number = numberOf(held);
  return number === undefined ? undefined : replace(draft, name, number);
}

/** A boolean beside a bound, as in draft 4 and OpenAPI 3.0; without a bound it says nothing. */
function exclusive(held: Json, draft: JsonObject, bound: string, name: string): string | undefined {
  if (typeof held !== 'boolean') return numeric(name, held, draft);
  const limit = numberOf(draft[bound]);
  delete draft[name];
  if (!held) return 'it is read as a bound that does not exclude';
  if (limit === undefined) return 'it is left out';
  delete draft[bound];
  return replace(draft, name, limit);
}

function replace(draft: JsonObject, name: string, value: Json): string {
  draft[name] = value;
  return `it is read as ${show(value)}`;
}

/** Leaves out what is wrong with a keyword: one entry, or all of it. A member without a schema may be anything. */
function leaveOut(name: string, keyword: Keyword, draft: JsonObject): void {
  for (let held = draft[name]; held !== undefined; held = draft[name]) {
    const defect = keyword.defect(held);
    if (defect === null && (keyword.patterns === undefined || isEcma(held))) return;
    const [step] = defect ?? [];
    if (step !== undefined && Array.isArray(held)) {
      const isAll = name === 'allOf' || name === 'prefixItems';
      draft[name] = held.flatMap((item, index) => (index !== step ? [item] : isAll ? [true] : []));
    } else if (step !== undefined && isObject(held)) {
      const { [step]: _wrong, ...others } = held;
      draft[name] = name === 'properties' ? { ...others, [step]: true } : others;
    } else {
      delete draft[name];
    }
  }
}

/** Whether the patterns of a keyword are read by ECMA-262 as they were meant. */
function isEcma(held: Json): boolean {
  const patterns = typeof held === 'string' ? [held] : isObject(held) ? Object.keys(held) : [];
  return patterns.every((pattern) => (ecmaPattern(pattern) ?? pattern) === pattern);
}

const otherTypeNames: Readonly<Record<string, string>> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  bool: 'boolean',
  str: 'string',
};

function typeNamed(name: Json): string | undefined {
  if (name === null) return 'null';
  const lower = typeof name === 'string' ? name.trim().toLowerCase() : '';
  const own = Object.hasOwn(otherTypeNames, lower) ? otherTypeNames[lower] : lower;
  return typeNames.find((known) => known === own);
}

function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value)
    ? Number(value)
    : undefined;
}

/** A value for a message, not too long. */
export function show(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
