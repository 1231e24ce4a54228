import { mix, Random } from '../fake/index.js';
import type { Resource } from '../resource/index.js';
import type { Schema } from '../schema/index.js';
import { viewOf } from '../schema/view.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { coherent } from './coherence/coherent.js';
import { fits, type Ground } from './ground.js';
import { referred } from './keys.js';
import { overlaid, shapesOf } from './shape.js';

/** Characters of JSON that are made for the rows of one collection, about: of large rows some are variations of others. */
const usualLength = 40_000;
/** Rows that are no variations, however large. */
const fewestMade = 3;

/** How many rows are made whole, by the first of them. */
export function wholeRows(first: Json): number {
  return Math.max(fewestMade, Math.floor(usualLength / JSON.stringify(first).length));
}

const plainSchemas = new WeakMap<Resource, Map<string, Schema>>();

export interface MakingOptions {
  readonly seed: number;
  readonly salt: string;
  /** How many rows come before: the first one shows what the author shows. */
  readonly row: number;
}

/** Of the search for a row in one shape, in places planned: without rows a list is answered all the same. */
const maximumSteps = 4000;

/** A row of every member that any answer shows; undefined where nothing fits its schema. */
export function madeRow(resource: Resource, ground: Ground, making: MakingOptions): Json | undefined {
  const [own, ...others] = shapesOf(resource, ground);
  const options = { ...making, steps: maximumSteps };
  let made = own && ground.faker.generate(own.schema, options);
  // A row is an object, though an answer may show nothing in its place, or the author shows one as text.
  if (own && made?.ok && !isObject(made.value)) made = ground.faker.generate(objectSchema(own.schema, ground), options);
  if (own === undefined || made?.ok !== true) return undefined;
  let row = made.value;
  for (const { schema, names } of others) {
    const isKnown = (name: string): boolean =>
      isObject(row) && (Object.hasOwn(row, name) || own.names?.has(name) === true);
    if (!isObject(row) || (names !== null && [...names].every(isKnown))) continue;
    const more = ground.faker.generate(schema, options);
    if (more.ok && isObject(more.value)) row = overlaid(row, { ...more.value, ...row }, own.schema);
  }
  return agreeing(row, own.schema, options);
}

const objectSchemas = new WeakMap<Schema, Schema>();

/** What a schema says of objects. */
function objectSchema(schema: Schema, { operations: { schemas } }: Ground): Schema {
  const known = objectSchemas.get(schema);
  if (known !== undefined) return known;
  const { pointer } = schema;
  const made = schemas.inline({ type: 'object', allOf: [referred(pointer)] }, pointer, 'response');
  objectSchemas.set(schema, made);
  return made;
}

/** A row like another one, with other texts, numbers and switches on its surface: that costs little, however large it is. */
export function varied(row: Json, resource: Resource, ground: Ground, options: MakingOptions): Json {
  const own = shapesOf(resource, ground)[0]?.schema;
  if (!isObject(row) || own === undefined) return row;
  const plain = Object.entries(row).filter(([, value]) => value !== null && typeof value !== 'object');
  const types = plain.map(([name, value]) => [name, typeof value] as const);
  const made = ground.faker.generate(plainSchema(resource, types, ground), { ...options, optionals: 'all' });
  return made.ok ? agreeing(overlaid(row, made.value, own), own, options) : row;
}

function agreeing(row: Json, schema: Schema, { seed, salt }: MakingOptions): Json {
  return coherent(row, (changed) => fits(schema, changed), new Random(mix(seed, salt)));
}

/** @param types of the members by name: where it may be an object as well, none is made */
function plainSchema(
  resource: Resource,
  types: readonly (readonly [name: string, type: string])[],
  { operations }: Ground,
): Schema {
  const known = plainSchemas.get(resource) ?? new Map<string, Schema>();
  plainSchemas.set(resource, known);
  const key = JSON.stringify(types);
  let schema = known.get(key);
  if (schema === undefined) {
    const { schemas } = operations;
    const view = viewOf(schemas.document);
    const certain = view.certain(resource.schema);
    const properties: JsonObject = {};
    for (const [name, type] of types) {
      const pointers = view.member(certain, name).map(({ pointer }) => pointer);
      if (pointers.length > 0) properties[name] = { type, allOf: pointers.map(referred) };
    }
    schema = schemas.inline({ type: 'object', properties }, resource.schema, 'response');
    known.set(key, schema);
  }
  return schema;
}
