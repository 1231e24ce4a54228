import type { Location, Problem } from '../errors.js';
import type { JsonSchema } from '../schema/index.js';
import { holdingOf, subschemas } from '../schema/keywords.js';
import { didYouMean, nearest } from '../text/nearest.js';
import { pointerOf } from '../text/pointer.js';
import { isObject, type Json } from '../text/value.js';
import { callPublic, publicFunctions } from './draw.js';
import { olderNames } from './older-names.js';
import { Random } from './random.js';

/** What `x-faker` names: a function of faker and its arguments. */
interface Call {
  readonly name: string;
  readonly parameters: readonly Json[];
}

/** Larger sizes in arguments would have faker make more than anybody reads. */
const maximumCount = 10_000;
/** Calls in a template. */
const maximumCalls = 100;
/** Functions to which a number is a value. To all others it is a size: how many, or how long. */
const takesValues =
  /^(?:number|date|datatype|color|image|location)\.|^(?:finance\.amount|commerce\.price|helpers\.(?:array|weighted|object|enum)\w*|helpers\.(?:shuffle|maybe|rangeToNumber))$/;
/** Options that are a size whatever the function. */
const sizes = /"(?:count|length|\w*(?:Count|Length|Digits))":\s*(?:\{[^}]*\}|[\d.e+]+)/gi;

/**
 * What is wrong with the `x-faker` of a schema and of those inside it (references are not followed): not in
 * Prism's notation, not a public function of faker, or one that fails with these arguments.
 *
 * @param pointer where the schema stands
 * @param locate gives the messages a file and a line: `document.locate`
 */
export function checkXFaker(schema: JsonSchema, pointer: string, locate: (pointer: string) => Location): Problem[] {
  if (typeof schema === 'boolean') return [];
  const held = schema['x-faker'];
  const problem = held === undefined ? null : problemOf(held);
  const own = problem ? [{ ...problem, location: locate(`${pointer}/x-faker`) }] : [];
  const inner = [...subschemas(schema, holdingOf)].flatMap(({ steps, value }) =>
    checkXFaker(value, pointer + pointerOf(...steps), locate),
  );
  return [...own, ...inner];
}

/** What is wrong with one value of `x-faker`, or null. */
export function problemOf(held: Json): Problem | null {
  const call = callOf(held);
  if (!call) {
    return {
      message: 'x-faker is not in a notation that is known',
      expected: 'module.method, or { module.method: { options } or [ arguments ] }',
      found: JSON.stringify(held),
    };
  }
  const refused = refusalOf(call.name) ?? templateRefusal(call) ?? excess(call);
  if (refused) return refused;
  const result = attempt(call, new Random(1));
  return 'error' in result ? { message: `faker's ${call.name} fails: ${firstLine(result.error)}` } : null;
}

/** Calls what `x-faker` names; null where that fails. */
export function callFaker(held: Json, random: Random): { value: Json } | null {
  const call = callOf(held);
  const result = call && attempt(call, random);
  return result && 'value' in result ? result : null;
}

/** Documents written for Prism name functions as they were called in its Faker. */
function currentName(name: string): string {
  return publicFunctions().has(name) ? name : (olderNames.get(name) ?? name);
}

/** `x-faker: module.method`, `{ module.method: { options } }` or `{ module.method: [arguments] }`. */
function callOf(held: Json): Call | null {
  if (typeof held === 'string') return { name: currentName(held), parameters: [] };
  const [entry, ...others] = isObject(held) ? Object.entries(held) : [];
  if (!entry || others.length > 0) return null;
  const [name, parameters] = entry;
  return {
    name: currentName(name),
    parameters: Array.isArray(parameters) ? parameters : parameters === null ? [] : [parameters],
  };
}

function refusalOf(name: string): Problem | null {
  if (publicFunctions().has(name)) return null;
  const remedy = didYouMean(nearest(name, publicFunctions()));
  return {
    message: `faker has no public function ${JSON.stringify(name)}`,
    expected: 'a function as in https://fakerjs.dev/api, written module.method',
    ...(remedy && { remedy }),
  };
}

/** A template of `helpers.fake` calls what it names between braces, so these names are held to the same rule. */
function templateRefusal({ name, parameters }: Call): Problem | null {
  if (name !== 'helpers.fake') return null;
  for (const template of JSON.stringify(parameters).matchAll(/\{\{\s*([^}(\s]*)/g)) {
    const called = template[1] as string;
    const refused =
      called === name ? { message: 'A template of helpers.fake cannot use helpers.fake' } : refusalOf(called);
    if (refused) return refused;
  }
  return null;
}

/** What would take more time and memory than a value may. In a template and in a pattern sizes add up. */
function excess({ name, parameters }: Call): Problem | null {
  const written = JSON.stringify(parameters);
  const isMany = name === 'helpers.fake' && (written.match(/\{\{/g)?.length ?? 0) > maximumCalls;
  const text = takesValues.test(name) ? (written.match(sizes) ?? []).join() : written;
  const numbers = (text.match(/\d+(?:\.\d+)?(?:e\+?\d+)?/gi) ?? []).map(Number);
  const size =
    name === 'helpers.fromRegExp'
      ? numbers.reduce((product, one) => product * Math.max(1, one), 1)
      : name === 'helpers.fake'
        ? numbers.reduce((sum, one) => sum + one, 0)
        : Math.max(0, ...numbers);
  if (!isMany && size <= maximumCount) return null;
  const message = `x-faker asks ${name} for too much`;
  return isMany
    ? { message, expected: `up to ${maximumCalls} calls in a template` }
    : { message, expected: `sizes up to ${maximumCount}`, found: String(size) };
}

function attempt({ name, parameters }: Call, random: Random): { value: Json } | { error: string } {
  try {
    return { value: toJson(callPublic(random, name, structuredClone(parameters))) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value);
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
