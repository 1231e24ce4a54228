import { mix, nearestValue, Random } from '../fake/index.js';
import type { Resource } from '../resource/index.js';
import { fits, type Schema } from '../schema/index.js';
import { listedValues, typesOf, viewOf } from '../schema/view.js';
import { child } from '../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import { unended } from './coherence/age.js';
import { coherent } from './coherence/coherent.js';
import { dueIn } from './coherence/dues.js';
import { withFree } from './coherence/free.js';
import { latestIn, stated } from './coherence/states.js';
import type { Ground } from './ground.js';
import { referred } from './key-schemas.js';
import { kindMembers, schemasOfRows } from './kinds.js';
import { withListedValues } from './listed-values.js';
import { overlaid, overlaidWhere } from './overlay.js';
import { placedAt } from './positions.js';
import { withSendable } from './sendable.js';
import { isRow, maximumSteps, picked, plainlyShown, rowSchemaOf, shapesOf } from './shape.js';

/** Characters of JSON that are made for the rows of one collection, about: the others are variations of these. */
const usualLength = 12_000;
/** Rows that are no variations, however large or small. */
export const fewestMade = 3;
const mostMade = 10;

/** How many rows are made whole, by the first of them; undefined: nothing fits. */
export function wholeRows(first: Json | undefined): number {
  if (first === undefined) return 1;
  return Math.min(mostMade, Math.max(fewestMade, Math.floor(usualLength / JSON.stringify(first).length)));
}

const surfaces = new WeakMap<Resource, Map<string, Schema>>();

export interface MakingOptions {
  readonly seed: number;
  readonly salt: string;
  /** How many rows come before: the first one shows what the author shows. */
  readonly row: number;
}

/** A row of every member that any answer shows; undefined where nothing fits its schema. */
export function madeRow(resource: Resource, ground: Ground, making: MakingOptions): Json | undefined {
  const [own, ...others] = shapesOf(resource, ground);
  const options = { ...making, steps: maximumSteps };
  let made = own && ground.faker.generate(own.schema, options);
  // A row is an object, though an answer may show nothing in its place, or the author shows one as text.
  if (own && made?.ok && !isObject(made.value)) made = ground.faker.generate(objectSchema(own.schema, ground), options);
  if (own === undefined) return undefined;
  if (made?.ok !== true)
    return rowSchemaOf(resource, ground) === null ? unfitRow(own.schema, ground, making) : undefined;
  let row = made.value;
  for (const shape of others) {
    const { schema, names } = shape;
    const isKnown = (name: string): boolean =>
      isObject(row) && (Object.hasOwn(row, name) || own.names?.has(name) === true);
    if (!isObject(row) || (names !== null && [...names].every(isKnown) && plainlyShown(row, shape) !== undefined))
      continue;
    const more = ground.faker.generate(schema, options);
    if (!more.ok || !isObject(more.value)) continue;
    row = overlaid(row, { ...more.value, ...row }, own.schema);
    // What this answer cannot show is what it can show, where the others can too: each shows the same.
    row = overlaid(row, otherwise(row, overlaid(more.value, picked(row, shape), schema), schema), own.schema);
  }
  return agreeing(row, (changed) => fits(own.schema, changed), resource, ground, options);
}

/** A row that says of some members what it is told; undefined where none was found. */
export function madeWith(
  said: JsonObject,
  resource: Resource,
  ground: Ground,
  making: MakingOptions,
): Json | undefined {
  const own = shapesOf(resource, ground)[0]?.schema;
  if (own === undefined) return undefined;
  const { schemas } = ground.operations;
  const properties = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, { const: value }]));
  const schema = schemas.inline(
    { type: 'object', allOf: [referred(own.pointer)], properties, required: Object.keys(said) },
    own.pointer,
    'response',
  );
  const made = ground.faker.generate(schema, { ...making, steps: maximumSteps });
  return made.ok ? made.value : undefined;
}

/** The members of a row as an answer can show them; null stays where the answer need not say anything. */
function otherwise(row: Json, shown: Json, schema: Schema): Json {
  if (!isObject(row) || !isObject(shown)) return shown;
  const isNeeded = ([name]: [string, Json]): boolean => {
    const { [name]: _, ...others } = shown;
    return row[name] !== null || !fits(schema, others);
  };
  return Object.fromEntries(Object.entries(shown).filter(isNeeded));
}

/** What comes near to a schema that nothing was found for. */
function unfitRow(schema: Schema, { operations: { schemas }, faker }: Ground, { seed, salt }: MakingOptions) {
  const near = nearestValue(schema, mix(seed, salt), { schemas, faker });
  return isObject(near) ? near : undefined;
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
  const shapes = shapesOf(resource, ground);
  const own = shapes[0]?.schema;
  if (!isObject(row) || own === undefined) return row;
  const made = ground.faker.generate(surfaceOf(resource, ground), { ...options, optionals: 'all' });
  if (!made.ok || !isObject(made.value)) return row;
  // What the row does not show, or shows as nothing, stays so.
  const shown = Object.entries(made.value).filter(([name, value]) => typeof row[name] === typeof value);
  // Where an answer can show the row that it is like, it can show this one too.
  const showing = shapes.slice(1).filter((shape) => plainlyShown(row, shape) !== undefined);
  const isShown = (value: Json): boolean =>
    fits(own, value) && showing.every((shape) => plainlyShown(value, shape) !== undefined);
  const whole = overlaidWhere(row, Object.fromEntries(shown), isShown);
  return agreeing(withAttributes(whole, isShown, resource, ground, options), isShown, resource, ground, options);
}

/** A row that says what it is in one object (JSON:API 1.1, 7.2.2), with others there too: all that tells it from others stands there. */
function withAttributes(
  row: Json,
  isShown: (row: Json) => boolean,
  resource: Resource,
  ground: Ground,
  options: MakingOptions,
): Json {
  const held = isObject(row) ? row[attributes] : undefined;
  if (!isObject(row) || held === undefined || !isObject(held)) return row;
  const made = ground.faker.generate(surfaceOf(resource, ground, attributes), { ...options, optionals: 'all' });
  if (!made.ok || !isObject(made.value)) return row;
  const shown = Object.entries(made.value).filter(([name, value]) => typeof held[name] === typeof value);
  const within = (inner: Json): Json => ({ ...row, [attributes]: inner });
  return within(overlaidWhere(held, Object.fromEntries(shown), (inner) => isShown(within(inner))));
}

const attributes = 'attributes';

/** Whether a variation says something else on its surface: what only agrees with that may come out the same for several. */
export function differsOutside(like: Json | undefined, source: Json): boolean {
  if (!isObject(like) || !isObject(source)) return JSON.stringify(like) !== JSON.stringify(source);
  return Object.entries(source).some(
    ([name, value]) => (value === null || typeof value !== 'object') && like[name] !== value,
  );
}

function agreeing(
  row: Json,
  isValid: (changed: Json) => boolean,
  resource: Resource,
  ground: Ground,
  { seed, salt, row: place }: MakingOptions,
): Json {
  const { roles } = resource;
  const { time } = ground;
  const random = new Random(mix(seed, `${salt} listed`));
  const listed = withSendable(withListedValues(row, resource, ground, random), resource, ground, random, isValid);
  // Where one may ask for what was deleted, there is something.
  const isFree = (name: string, holder?: string): boolean => {
    const [first, second] = holder === undefined ? [name] : [holder, name];
    const isIt = ([one, other]: readonly string[]) => one === first && (second === undefined || other === second);
    return !roles.some(
      (role) => role.kind === 'list' && role.query.some((each) => each.role === 'filter' && isIt(each.member)),
    );
  };
  const there = unended(isValid(listed) ? listed : row, false, isFree, isValid);
  const settled = stated(there, true, (one) => latestIn(one) ?? time, isFree, isValid);
  // Whoever books the first that there is finds it free.
  const first = place === 0 ? withFree(settled, true, isValid) : settled;
  const whole = coherent(placedAt(first, place + 1, isValid), isValid, new Random(mix(seed, salt)));
  return dueIn(whole, time, isValid);
}

/**
 * Of the members that can be nothing but a text, a number or a switch, those of branches and kinds too: a row takes of
 * them what it has itself. One schema for all rows: to compile it is what costs.
 */
function surfaceOf(resource: Resource, ground: Ground, holder = ''): Schema {
  const all = surfaces.get(resource) ?? new Map<string, Schema>();
  surfaces.set(resource, all);
  const known = all.get(holder);
  if (known !== undefined) return known;
  const { schemas } = ground.operations;
  const view = viewOf(schemas.document);
  const outer = view.certain(resource.schema);
  const certain = holder === '' ? outer : view.certain(...view.member(outer, holder).map(({ to }) => to));
  const possible = holder === '' ? schemasOfRows([resource.schema], ground) : certain;
  const kinds = kindMembers(possible);
  const ofAll = view.members(certain);
  const ofSome = [...view.members(possible)].filter(([name]) => !ofAll.has(name)).slice(0, mostOfBranches);
  const places = [
    ...Array.from(ofAll.keys(), (name) => ({ name, keyword: 'allOf', edges: view.member(certain, name) })),
    ...ofSome.map(([name, edges]) => ({ name, keyword: 'anyOf', edges })),
  ];
  const properties: JsonObject = {};
  for (const { name, keyword, edges } of places) {
    const pointers = edges.map(({ pointer }) => pointer);
    const parts = pointers.flatMap((pointer) => view.certain(pointer));
    const listed = listedValues(parts);
    // What lists its values in several branches says of which one a row is.
    if (kinds.has(name) || (keyword === 'anyOf' && edges.length > 1 && listed.length > 0)) continue;
    const types = typesOf(parts) ?? new Set(listed.flatMap((value) => (value === null ? [] : typeof value)));
    const scalars = [...types].filter((type) => type !== 'null');
    if (scalars.length === 0 || !scalars.every((type) => scalarTypes.has(type))) continue;
    setMember(properties, name, { type: scalars, [keyword]: pointers.map(referred) });
  }
  const schema = schemas.inline({ type: 'object', properties }, resource.schema, 'response');
  all.set(holder, schema);
  return schema;
}

/** Members of branches that vary: all of them are made for each row, and it has those of one branch. */
const mostOfBranches = 50;

const scalarTypes = new Set(['string', 'number', 'integer', 'boolean']);

/** A row with what another one has besides, in which that agrees with what it says itself. */
export function filled(
  own: Json,
  made: Json | undefined,
  resource: Resource,
  ground: Ground,
  seed: number,
): Json | undefined {
  const schema = rowSchemaOf(resource, ground);
  if (made === undefined || schema === null) return undefined;
  const whole = overlaid(made, own, schema);
  const said = Object.keys(isObject(own) ? own : {});
  const isSaid = (changed: Json): boolean => said.every((name) => child(changed, name) === child(whole, name));
  return coherent(whole, (changed) => isSaid(changed) && isRow(changed, resource, ground), new Random(seed));
}
