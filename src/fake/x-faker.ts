import type { Json, JsonObject } from '../document/index.js';
import type { Problem } from '../errors.js';
import { nearest } from '../nearest.js';
import type { JsonSchema } from '../operation/index.js';
import { isObject } from '../operation/schema/keywords.js';
import { type Plan, settled } from './draw.js';
import type { Part } from './gather.js';
import type { Needs } from './needs.js';
import { fakerFor, publicFunctions } from './own-faker.js';
import { Random } from './random.js';
import type { Run, Spot } from './run.js';
import { pointerTo } from './site.js';

/** What `x-faker` names: a function of faker and its arguments. */
interface Call {
  readonly name: string;
  readonly parameters: readonly Json[];
}

const attempts = 4;
/** Larger numbers in arguments would have faker make more than anybody reads. */
const largestCount = 10_000;
const countingModules = new Set(['lorem', 'word', 'string', 'helpers']);

/**
 * What is wrong with the `x-faker` of a schema: not in Prism's notation, or not a public function of faker.
 * None: it can be called. Looks at this schema only, not at those inside it.
 * @param pointer where the schema stands, for the messages' location
 */
export function checkXFaker(schema: JsonSchema, pointer: string): Problem[] {
  if (!isObject(schema as Json) || (schema as JsonObject)['x-faker'] === undefined) {
    return [];
  }
  const held = (schema as JsonObject)['x-faker'] as Json;
  const problem = problemOf(held);
  if (!problem) {
    return [];
  }
  return [{ ...problem, location: { file: '', line: 0, column: 0, pointer: `${pointer}/x-faker` } }];
}

function problemOf(held: Json): Problem | null {
  const call = callOf(held);
  if (!call) {
    const expected = '"module.method", or one { "module.method": { options } or [ arguments ] }';
    return { message: 'x-faker is not in a notation that is known', expected, found: JSON.stringify(held) };
  }
  const refused = refusalOf(call.name) ?? templateRefusal(call) ?? excess(call);
  if (refused) {
    return refused;
  }
  const result = attempt(call, new Random(1));
  return 'error' in result ? { message: `faker's ${call.name} fails: ${result.error}` } : null;
}

/** `x-faker: module.method`, `{ module.method: { options } }` or `{ module.method: [arguments] }`. */
function callOf(held: Json): Call | null {
  if (typeof held === 'string') {
    return { name: held, parameters: [] };
  }
  const [entry, ...others] = isObject(held) ? Object.entries(held) : [];
  if (!entry || others.length > 0) {
    return null;
  }
  const [name, parameters] = entry;
  return { name, parameters: Array.isArray(parameters) ? parameters : parameters === null ? [] : [parameters] };
}

function refusalOf(name: string): Problem | null {
  if (publicFunctions.has(name)) {
    return null;
  }
  const near = nearest(name, publicFunctions.keys());
  return {
    message: `faker has no public function ${JSON.stringify(name)}`,
    expected: 'a function as in https://fakerjs.dev/api, written module.method',
    found: JSON.stringify(name),
    ...(near.length > 0 ? { remedy: `Did you mean ${near.join(', ')}?` } : {}),
  };
}

/** A template of `helpers.fake` calls what it names between braces, so these names are held to the same rule. */
function templateRefusal({ name, parameters }: Call): Problem | null {
  if (name !== 'helpers.fake') {
    return null;
  }
  for (const template of parameters.flat(2).filter((parameter) => typeof parameter === 'string')) {
    for (const [, called = ''] of template.matchAll(/\{\{\s*([^}(\s]*)/g)) {
      const refused = called === 'helpers.fake' ? refusalOf('helpers.fake in a template') : refusalOf(called);
      if (refused) {
        return refused;
      }
    }
  }
  return null;
}

function excess({ name, parameters }: Call): Problem | null {
  const text = JSON.stringify(parameters);
  const largest = Math.max(0, ...[...text.matchAll(/\d+(?:\.\d+)?(?:e\+?\d+)?/gi)].map(([digits]) => Number(digits)));
  return countingModules.has(name.split('.')[0] as string) && largest > largestCount
    ? {
        message: `x-faker asks ${name} for too much`,
        expected: `numbers up to ${largestCount}`,
        found: String(largest),
      }
    : null;
}

function attempt({ name, parameters }: Call, random: Random): { value: Json } | { error: string } {
  fakerFor(random);
  try {
    return { value: toJson(publicFunctions.get(name)?.(...structuredClone(parameters))) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function toJson(value: unknown): Json {
  if (typeof value === 'bigint') {
    return Number(value);
  }
  return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as Json);
}

/** The plan of a value with `x-faker`; null where there is none, or where it gives nothing that is valid. */
export function planFaked(run: Run, needs: Needs, spot: Spot): Plan | null {
  const part = needs.parts.findLast(({ schema }) => schema['x-faker'] !== undefined);
  if (!part || (spot.hint?.tries ?? 0) > 3) {
    return null;
  }
  const held = part.schema['x-faker'] as Json;
  const problem = problemOf(held);
  const pointer = pointerTo(part.site, 'x-faker');
  if (problem) {
    run.warn({ ...problem, location: { file: '', line: 0, column: 0, pointer } });
    return null;
  }
  for (let count = 0; count < attempts; count++) {
    const result = attempt(callOf(held) as Call, spot.random.child(`x-faker ${count}`));
    for (const value of 'value' in result ? coerced(result.value, part) : []) {
      if (needs.parts.every(({ site }) => run.accepts(site, value))) {
        return settled(value);
      }
    }
  }
  run.warn({
    message: `What x-faker gives is not valid here, so the value is made from the schema`,
    found: JSON.stringify(held),
    location: { file: '', line: 0, column: 0, pointer },
  });
  return null;
}

/** The value as it is, and as the type that the schema asks for. */
function coerced(value: Json, { schema }: Part): Json[] {
  const values = [value];
  if (typeof value === 'number' || typeof value === 'boolean') {
    values.push(String(value));
  }
  if (typeof value === 'number') {
    values.push(Math.round(value));
  }
  if (typeof value === 'string') {
    if (schema.format === 'date') {
      values.unshift(value.slice(0, 10));
    }
    if (value.trim() !== '' && Number.isFinite(Number(value))) {
      values.push(Number(value));
    }
  }
  return values;
}
