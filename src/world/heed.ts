import type { Names, RequestValues } from '../operation/index.js';
import type { Schema, Schemas } from '../schema/index.js';
import { viewOf } from '../schema/view.js';
import { scalarText } from '../text/integers.js';
import { addAll } from '../text/many.js';
import { Memo } from '../text/memo.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { memberCalled } from './list/values.js';
import { at, type Path, replaced } from './path.js';
import { hasSeries, inOrderOfTime, saysSpan } from './series.js';
import { tallied } from './tally.js';

/** Members of a body, or parameters, that are looked for in it. */
const maximumSaid = 1000;
/** Objects of one value that are looked at. */
const maximumObjects = 100;
/** Names of which it is remembered for a value whether they are heeded, and how long those may be. */
const rememberedNames = 50;
const longestRemembered = 100;
/** Changes that are judged, those near the root first: each time it is the whole value that is. */
const maximumJudged = 32;

/**
 * A made value that says what the request says: members with the name of a path parameter, of a member of the body or of a
 * query parameter have its value, where that is valid there.
 * @param schema of the whole value
 * @param usual the same, with what holds where nothing is said
 */
export function heeding(
  value: Json,
  values: RequestValues,
  schema: Schema,
  schemas: Schemas,
  usual: RequestValues = values,
): Json {
  const said = saidIn(values);
  let whole = inOrderOfTime(tallied(value, values, schema), usual, (changed) => schema.accepts(changed));
  if (said.length === 0) return whole;
  let judged = 0;
  /** How deep a name stands that says nothing of whose it is: further below it is another thing's. */
  const nearest = new Map<string, number>();
  for (const { path, object } of objectsIn((path) => at(whole, path))) {
    for (const [name, candidates] of said) {
      const member = memberFor(name, path, object, schema, schemas);
      if (member === undefined || path.length > (nearest.get(member) ?? path.length)) continue;
      // What it says already need not be judged.
      const others = candidates.slice(0, candidates.includes(object[member] as Json) ? 0 : maximumJudged - judged);
      judged += others.length;
      const fitting = others
        .map((candidate) => replaced(whole, [...path, member], candidate))
        .find((next) => schema.accepts(next));
      whole = fitting ?? whole;
      const isSaid = fitting !== undefined || candidates.includes(object[member] as Json);
      if (isSaid && ownNames.test(member)) nearest.set(member, path.length);
    }
  }
  return whole;
}

/** What many things call something of their own. */
const ownNames = /^(?:_?id|uuid|key|name|title|slug|code|description|status|state|type|label|value|url)$/;

/** The names by which a request can say something that `heeding` this value would look at. */
export function heededNames(value: Json, schema: Schema, schemas: Schemas): Names {
  let objects: readonly { readonly path: Path; readonly object: JsonObject }[] | undefined;
  const known = new Memo<boolean>(rememberedNames);
  const isHeeded = (name: string) => {
    if (saysSpan(name) && hasSeries(value)) return true;
    objects ??= [...objectsIn((path) => at(value, path))];
    return objects.some(({ path, object }) => memberFor(name, path, object, schema, schemas) !== undefined);
  };
  return {
    has(name) {
      const answer = known.get(name) ?? isHeeded(name);
      if (name.length <= longestRemembered) known.set(name, answer);
      return answer;
    },
  };
}

/** The objects of a value, from its root to two levels below. @param valueAt as it is by then */
function* objectsIn(valueAt: (path: Path) => Json | undefined): Generator<{ path: Path; object: JsonObject }> {
  let looked = 0;
  const paths: Path[] = [[]];
  for (const path of paths) {
    const object = valueAt(path);
    if (looked++ > maximumObjects || typeof object !== 'object' || object === null) continue;
    const inner = Object.keys(object).map((step) => [...path, Array.isArray(object) ? Number(step) : step]);
    if (path.length < 2) addAll(paths, inner);
    if (isObject(object)) yield { path, object };
  }
}

/** The member of an object of a value that a name means. */
function memberFor(name: string, path: Path, object: JsonObject, schema: Schema, schemas: Schemas): string | undefined {
  return memberCalled(object, name) ?? (path.length === 0 && declares(schema, name, schemas) ? name : undefined);
}

function declares(schema: Schema, name: string, { document }: Schemas): boolean {
  const view = viewOf(document);
  const parts = view.certain(schema.pointer);
  return view.members(parts).has(name) && !view.isHidden('response', ...view.member(parts, name).map(({ to }) => to));
}

/** What a request says, by name: each as it is, as a text, and as a number. The path counts before body and query. */
function saidIn({ path, query, body }: RequestValues): readonly (readonly [string, readonly Json[]])[] {
  const sent = isObject(body) ? few(body) : {};
  const all = { ...few(query as JsonObject), ...few(wrappedIn(sent)), ...sent, ...few(path as JsonObject) };
  return Object.entries(all).flatMap(([name, value]): [string, Json[]][] => {
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'object') return isPlain(value) ? [[name, [value]]] : [];
    const others: Json[] =
      typeof value === 'string' ? (Number.isNaN(Number(value)) ? [] : [Number(value)]) : [scalarText(value)];
    return [[name, [value, ...others]]];
  });
}

/** What the only member of a body says: `{ "user": { "email": … } }`. */
function wrappedIn(sent: JsonObject): JsonObject {
  const [only, ...others] = Object.values(sent);
  return isObject(only) && others.length === 0 ? only : {};
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
