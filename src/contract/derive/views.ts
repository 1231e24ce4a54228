import type { Document } from '../../document/index.js';
import type { Schemas } from '../../schema/index.js';
import { pointerOf } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import { isObject } from '../../text/value.js';

/** One Schema Object that applies to a place of a value: a place has several where `$ref` and `allOf` join them. */
export interface View {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** One branch of `anyOf` or `oneOf`. */
export interface Branch {
  readonly pointer: string;
  readonly keyword: 'anyOf' | 'oneOf';
  /** Whether it is the one that the value at hand takes. */
  readonly taken: boolean;
}

export interface Outlook {
  readonly views: readonly View[];
  readonly branches: readonly Branch[];
}

/** All that a schema says of `value`: references followed, `allOf` joined, the branch taken that the value satisfies. */
export function lookAt(document: Document, schemas: Schemas, pointer: string, value: Json | undefined): Outlook {
  const views = new Map<string, View>();
  const branches: Branch[] = [];
  const open = [pointer];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const schema = document.at(next);
    if (!isObject(schema) || views.has(next)) continue;
    views.set(next, { pointer: next, schema });
    const own = branchesOf(document, schemas, next, schema, value);
    branches.push(...own);
    open.push(
      ...joined(document, next, schema),
      ...own.filter((branch) => branch.taken).map((branch) => branch.pointer),
    );
    const consequence = consequenceOf(schemas, next, schema, value);
    if (consequence !== null) open.push(consequence);
  }
  return { views: [...views.values()], branches };
}

/** What a schema says besides its own words, whatever the value. */
function joined(document: Document, pointer: string, schema: JsonObject): string[] {
  const all = itemPointers(pointer, schema, 'allOf');
  if (typeof schema.$ref !== 'string') return all;
  const target = document.resolve({ $ref: schema.$ref }, pointer);
  return target.value === undefined ? all : [target.pointer, ...all];
}

function branchesOf(
  document: Document,
  schemas: Schemas,
  pointer: string,
  schema: JsonObject,
  value: Json | undefined,
): Branch[] {
  return (['anyOf', 'oneOf'] as const).flatMap((keyword) => {
    const pointers = itemPointers(pointer, schema, keyword);
    const taken = takenBranch(document, schemas, pointers, value);
    return pointers.map((branch) => ({ pointer: branch, keyword, taken: branch === taken }));
  });
}

function consequenceOf(schemas: Schemas, pointer: string, schema: JsonObject, value: Json | undefined): string | null {
  if (schema.if === undefined || value === undefined) return null;
  const condition = schemas.at(`${pointer}/if`, 'request');
  if (condition.problem !== null) return null;
  const keyword = condition.accepts(value) ? 'then' : 'else';
  return schema[keyword] === undefined ? null : `${pointer}/${keyword}`;
}

function itemPointers(pointer: string, schema: JsonObject, keyword: string): string[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.map((_, index) => pointer + pointerOf(keyword, index)) : [];
}

/** The first branch that the value satisfies. Branches of another type are ruled out without compiling them. */
function takenBranch(
  document: Document,
  schemas: Schemas,
  pointers: readonly string[],
  value: Json | undefined,
): string | undefined {
  if (value === undefined) return undefined;
  const plausible = pointers.filter((pointer) => mayAccept(document, pointer, value));
  if (plausible.length === 1) return plausible[0];
  return plausible.find((pointer) => {
    const schema = schemas.at(pointer, 'request');
    return schema.problem === null && schema.accepts(value);
  });
}

function mayAccept(document: Document, pointer: string, value: Json): boolean {
  const schema = document.resolve(document.at(pointer), pointer).value;
  if (!isObject(schema)) return schema !== false;
  const { type } = schema;
  if (type === undefined) return true;
  const types = Array.isArray(type) ? type : [type];
  return types.some((name) => hasType(value, name));
}

/** Whether a value is of a JSON Schema type (`1.0` is an integer). */
export function hasType(value: Json, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

/** The types that all views together allow; null where none of them says. */
export function typesOf(views: readonly View[]): ReadonlySet<string> | null {
  const lists = views
    .filter(({ schema }) => schema.type !== undefined)
    .map(({ schema }) => new Set((Array.isArray(schema.type) ? schema.type : [schema.type]).map(String)));
  for (const list of lists) if (list.has('number')) list.add('integer');
  const [first, ...others] = lists;
  return first ? new Set([...first].filter((type) => others.every((other) => other.has(type)))) : null;
}
