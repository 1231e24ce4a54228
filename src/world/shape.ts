import { type Content, formatOf, type Operation, type Response, shownExample } from '../operation/index.js';
import { type ItemRole, type Resource, type Role, readAt, setAt } from '../resource/index.js';
import { type Direction, fits, type Schema, type Schemas } from '../schema/index.js';
import { type At, type Part, requiredNames, type View, viewOf } from '../schema/view.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import { openedTo } from './closed-row.js';
import type { Ground } from './ground.js';
import { referred } from './key-schemas.js';
import { schemasOfRows } from './kinds.js';
import { overlaid } from './overlay.js';

/** The schema of the rows that some answer shows, and which members it knows. */
export interface Shape {
  readonly schema: Schema;
  /** null: any. */
  readonly names: ReadonlySet<string> | null;
}

const shapes = new WeakMap<Content, Map<string, Shape | null>>();
const bySchema = new WeakMap<Schema, Shape>();

const byText = new WeakMap<Schemas, Map<string, Shape>>();

/** One for each schema, and for those that say the same word for word: a row that fits it is looked at once. */
export function shapeOf(schema: Schema, ground: Ground): Shape {
  const known = bySchema.get(schema);
  if (known !== undefined) return known;
  const { schemas } = ground.operations;
  const alike = byText.get(schemas) ?? new Map<string, Shape>();
  byText.set(schemas, alike);
  const text = `${schema.direction} ${JSON.stringify(schema.value)}`;
  // What a reference leads to may depend on where it stands.
  const isByItself = text.length < longestText && !/"\$(?:ref|dynamicRef|id|anchor)"/.test(text);
  const shape = (isByItself && alike.get(text)) || { schema, names: namesIn([schema.pointer], ground) };
  if (isByItself) alike.set(text, shape);
  bySchema.set(schema, shape);
  return shape;
}

/** Longer schemas are not compared, in characters of JSON. */
const longestText = 10_000;

/** Where stands what a reference alone, or with nothing but words, stands for. */
function coreOf(pointer: string, { operations }: Ground): string {
  const view = viewOf(operations.document);
  const passed = new Set<Part>();
  let part = view.part(pointer);
  while (part !== undefined && !passed.has(part)) {
    passed.add(part);
    const isReference = part.schema.$ref !== undefined && Object.keys(part.schema).every((name) => words.has(name));
    const to = isReference ? view.edges(part).find(({ keyword }) => keyword === '$ref')?.to : undefined;
    if (to === undefined) return part.pointer;
    part = view.part(to);
  }
  return pointer;
}

const words = new Set(['$ref', 'description', 'title', 'summary', 'example', 'examples', 'deprecated']);

/** Where the rows stand in a body. */
export interface RowPlace {
  readonly path: readonly string[];
  /** Whether as items of an array, or as members of an object by their keys; null: it is one row. */
  readonly list: 'array' | 'object' | null;
  /** Where in each of these. */
  readonly inside: readonly string[];
}

/** A member of an object that has no names of its own. */
const anyMember = '';

/** The shape of rows at a place in a body; null where the document does not say. */
export function shapeAt(content: Content, place: RowPlace, direction: Direction, ground: Ground): Shape | null {
  const all = shapes.get(content) ?? new Map<string, Shape | null>();
  shapes.set(content, all);
  const isPlain = place.path.length === 0 && place.inside.length === 0;
  const key = isPlain ? String(place.list) : JSON.stringify([place.path, place.list, place.inside]);
  let shape = all.get(key);
  if (shape === undefined) {
    shape = findShape(content, place, direction, ground);
    all.set(key, shape);
  }
  return shape;
}

function findShape(
  content: Content,
  { path, list, inside }: RowPlace,
  direction: Direction,
  ground: Ground,
): Shape | null {
  if (content.schema === null || content.schema.problem !== null) return null;
  // The items of a stream are sent as they come: they are no rows of a list.
  if (formatOf(content.mediaType).framing !== undefined) return null;
  // Where the document shows the text of another format, its schema says little of what is sent.
  if (content.examples.some((example) => shownExample(content, example).isText)) return null;
  const steps = [...path, ...(list === null ? [] : [list === 'array' ? 0 : anyMember]), ...inside];
  return shapeBelow(content.schema.pointer, steps, direction, ground);
}

/** The shape of what stands at a place below a schema; null where the document does not say. */
export function shapeBelow(
  pointer: string,
  steps: readonly (string | number)[],
  direction: Direction,
  ground: Ground,
): Shape | null {
  const { schemas } = ground.operations;
  const view = viewOf(schemas.document);
  const possible = pointersAt(pointer, steps, view, (...ats) => view.possible(...ats));
  const certain = pointersAt(pointer, steps, view, (...ats) => view.certain(...ats));
  const [only, ...others] = possible;
  if (only === undefined) return null;
  if (others.length === 0) return shapeOf(schemas.at(coreOf(only, ground), direction), ground);
  const branches = possible.filter((pointer) => !certain.includes(pointer));
  // What stands in branches holds for rows of one or another of them.
  const [branch, ...more] = branches.map(referred);
  const either = branch === undefined ? [] : [more.length === 0 ? branch : { anyOf: [branch, ...more] }];
  const joined = { allOf: [...certain.map(referred), ...either] };
  return { schema: schemas.inline(joined, only, direction), names: namesIn(possible, ground) };
}

/** The schemas at a place below another one. */
function pointersAt(
  root: string,
  steps: readonly (string | number)[],
  view: View,
  partsOf: (...ats: readonly At[]) => readonly Part[],
): readonly string[] {
  let ats: readonly At[] = [root];
  let pointers: readonly string[] = [root];
  for (const step of steps) {
    const parts = partsOf(...ats);
    const edges = typeof step === 'number' ? view.item(parts, step) : view.member(parts, step);
    ats = edges.map(({ to }) => to);
    pointers = edges.map(({ pointer }) => pointer);
  }
  return [...new Set(pointers)];
}

function namesIn(ats: readonly At[], ground: Ground): ReadonlySet<string> | null {
  const view = viewOf(ground.operations.schemas.document);
  const parts = schemasOfRows(ats, ground);
  const names = new Set([...view.members(parts).keys(), ...requiredNames(parts)]);
  const isOpen = parts.some(
    ({ schema }) =>
      (schema.additionalProperties !== undefined && schema.additionalProperties !== false) ||
      schema.patternProperties !== undefined,
  );
  return isOpen || names.size === 0 ? null : names;
}

/** The shapes of all answers that show rows of a resource, its own schema first. */
export function shapesOf(resource: Resource, ground: Ground): readonly Shape[] {
  const known = ofResource.get(resource);
  if (known !== undefined) return known;
  const own = shapeOf(ground.operations.schemas.at(resource.schema, 'response'), ground);
  const found = [own];
  for (const role of resource.roles) {
    const content = answerContentOf(role, ground)?.content;
    const shape = content && shapeAt(content, rowPlaceOf(role), 'response', ground);
    if (shape && !found.some((other) => isSame(shape, other, ground))) found.push(shape);
  }
  ofResource.set(resource, found);
  return found;
}

const ofResource = new WeakMap<Resource, readonly Shape[]>();

const ofRow = new WeakMap<Resource, Schema | null>();

/** Of the search for a row in one shape, in places planned: without rows a list is answered all the same. */
export const maximumSteps = 4000;

/** What a row has to fit: null, and it may be anything, where nothing is found that fits what the document says of it. */
export function rowSchemaOf(resource: Resource, ground: Ground): Schema | null {
  const known = ofRow.get(resource);
  if (known !== undefined) return known;
  const [shape, ...others] = shapesOf(resource, ground);
  const own = shape?.schema ?? null;
  const isHopeful = own === null || ground.faker.generate(own, { seed: 0, steps: maximumSteps, optionals: 'none' }).ok;
  const shown = others.map((other) => other.schema);
  const schema = isHopeful && shape !== undefined ? openedTo(shape.schema, shape.names, shown, ground) : null;
  ofRow.set(resource, schema);
  return schema;
}

/** Whether a value can be a row. Most can: then it is not asked whether any could. */
export function isRow(value: Json, resource: Resource, ground: Ground): boolean {
  return fits(shapesOf(resource, ground)[0]?.schema ?? null, value) || fits(rowSchemaOf(resource, ground), value);
}

/** Whether two shapes are the same component, however many references lead to it. */
function isSame(one: Shape, other: Shape, { operations }: Ground): boolean {
  if (one.schema === other.schema) return true;
  const view = viewOf(operations.schemas.document);
  const [a, b] = [view.certain(one.schema.pointer), view.certain(other.schema.pointer)];
  return a.at(-1) !== undefined && a.at(-1) === b.at(-1);
}

/** Where the answer of a role shows its rows. */
export function rowPlaceOf(role: Role): RowPlace {
  const { path = [], inside = [], isKeyed = false, isInList = role.kind === 'list' } = role.answer ?? {};
  return { path, inside, list: !isInList ? null : isKeyed ? 'object' : 'array' };
}

/** The row that a request sends; null where it sends none. */
export function sentShapeOf({ entry, body }: ItemRole, ground: Ground): Shape | null {
  if (body === null) return null;
  const content = ground.operations
    .compile(entry)
    .requestBody?.content.find(({ mediaType }) => mediaType === body.mediaType);
  const place: RowPlace = { path: body.path, list: body.isInList ? 'array' : null, inside: body.inside ?? [] };
  return content === undefined ? null : shapeAt(content, place, 'request', ground);
}

/** What the answer of a role, that shows rows, is declared as. */
export function answerContentOf(
  { entry, answer }: Role,
  { operations }: Ground,
): { readonly operation: Operation; readonly response: Response; readonly content: Content } | null {
  if (answer === null) return null;
  const operation = operations.compile(entry);
  const response = operation.responses.find(({ key }) => key === answer.response);
  const content = response?.content.find(({ mediaType }) => mediaType === answer.mediaType);
  return response && content ? { operation, response, content } : null;
}

/** What of a row a shape knows. */
export function picked(row: Json, { names }: Shape): Json {
  if (names === null || !isObject(row)) return row;
  if (isAllIn(row, names)) return row;
  const kept: JsonObject = {};
  for (const name of Object.keys(row)) if (names.has(name)) setMember(kept, name, row[name]);
  return kept;
}

function isAllIn(row: JsonObject, names: ReadonlySet<string>): boolean {
  for (const name in row) if (!names.has(name)) return false;
  return true;
}

/** A row as an answer shows it that need make nothing up for that; undefined where there is no such way. */
export function plainlyShown(row: Json, shape: Shape): Json | undefined {
  const kept = picked(row, shape);
  if (fits(shape.schema, kept)) return kept;
  // Where null may not stand, nothing is said rather than something else.
  const said = isObject(kept) ? Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null)) : kept;
  return fits(shape.schema, said) ? said : undefined;
}

/**
 * A row as an answer shows it: what its shape knows of it, and where that does not fit, a value made for the shape with all
 * that fits of the row.
 * @param salt what makes up for what the row lacks
 * @returns undefined where nothing fits
 */
export function shownAs(row: Json, shape: Shape, ground: Ground, seed: number, salt: string): Json | undefined {
  const plain = plainlyShown(row, shape);
  if (plain !== undefined) return plain;
  const kept = picked(row, shape);
  const isSaid = ([name]: [string, Json]) => !isObject(kept) || kept[name] !== null;
  const made = ground.faker.generateForOneOfMany(shape.schema, { seed, salt });
  if (!made.ok) return undefined;
  const base = isObject(made.value) ? Object.fromEntries(Object.entries(made.value).filter(isSaid)) : made.value;
  return overlaid(fits(shape.schema, base) ? base : made.value, kept, shape.schema);
}

/** A row with what a path says of a member, or of one in a list, as a text or a number; undefined where it can have neither. */
export function withSaid(row: Json, member: readonly string[], text: string, schema: Schema | null): Json | undefined {
  const held = readAt(row, member);
  const list = Array.isArray(held) ? held : null;
  if (list?.some((one) => scalarText(one) === text)) return row;
  const readings = (Number.isNaN(Number(text)) ? [text] : [text, Number(text)]).map((one) =>
    list ? [...list, one] : one,
  );
  return readings.map((one) => setAt(row, member, one)).find((one) => fits(schema, one));
}
