import type { RequestValues } from '../operation/index.js';
import type { Schema, Schemas } from '../schema/index.js';
import { viewOf } from '../schema/view.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { memberCalled } from './list/filter.js';
import { at, type Path, replaced } from './path.js';

/** Members of a body, or parameters, that are looked for in it. */
const maximumSaid = 1000;
/** Objects of one value that are looked at. */
const maximumObjects = 100;
/** Changes that are judged, those near the root first: each time it is the whole value that is. */
const maximumJudged = 32;

/**
 * A made value that says what the request says: members with the name of a path parameter, of a member of the body or of a
 * query parameter have its value, where that is valid there.
 * @param schema of the whole value
 */
export function heeding(value: Json, values: RequestValues, schema: Schema, schemas: Schemas): Json {
  const said = saidIn(values);
  if (said.length === 0) return value;
  let whole = value;
  let looked = 0;
  let judged = 0;
  const paths: Path[] = [[]];
  for (const path of paths) {
    const object = at(whole, path);
    if (looked++ > maximumObjects || typeof object !== 'object' || object === null) continue;
    const inner = Object.keys(object).map((step) => [...path, Array.isArray(object) ? Number(step) : step]);
    if (path.length < 2) paths.push(...inner);
    if (!isObject(object)) continue;
    for (const [name, candidates] of said) {
      const member =
        memberCalled(object, name) ?? (path.length === 0 && declares(schema, name, schemas) ? name : undefined);
      if (member === undefined) continue;
      // What it says already need not be judged.
      const others = candidates.slice(0, candidates.includes(object[member] as Json) ? 0 : maximumJudged - judged);
      judged += others.length;
      const fitting = others
        .map((candidate) => replaced(whole, [...path, member], candidate))
        .find((next) => schema.accepts(next));
      whole = fitting ?? whole;
    }
  }
  return whole;
}

function declares(schema: Schema, name: string, { document }: Schemas): boolean {
  const view = viewOf(document);
  const parts = view.certain(schema.pointer);
  return view.members(parts).has(name) && !view.isHidden('response', ...view.member(parts, name).map(({ to }) => to));
}

/** What a request says, by name: each as it is, as a text, and as a number. The path counts before body and query. */
function saidIn({ path, query, body }: RequestValues): readonly (readonly [string, readonly Json[]])[] {
  const all = { ...few(query as JsonObject), ...few(isObject(body) ? body : {}), ...few(path as JsonObject) };
  return Object.entries(all).flatMap(([name, value]): [string, Json[]][] => {
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'object') return isPlain(value) ? [[name, [value]]] : [];
    const others: Json[] =
      typeof value === 'string' ? (Number.isNaN(Number(value)) ? [] : [Number(value)]) : [String(value)];
    return [[name, [value, ...others]]];
  });
}

function few(said: JsonObject): JsonObject {
  const names = Object.keys(said);
  if (names.length <= maximumSaid) return said;
  return Object.fromEntries(names.slice(0, maximumSaid).map((name) => [name, said[name] as Json]));
}

/** Whether a value is JSON: a part of a form may be bytes. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
