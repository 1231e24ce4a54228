import { readAt, setAt } from '../../resource/index.js';
import type { Schema } from '../../schema/index.js';
import { lookAt } from '../../schema/outlook.js';
import { type Part, type View, viewOf } from '../../schema/view.js';
import { isObject, type Json } from '../../text/value.js';
import { type BodyPlan, formOf } from './body-writer.js';
import type { Workbench } from './workbench.js';

/** How deep a member of a form may stand that is given a member of its own. */
const deepest = 4;

/**
 * The value of a form with nothing in it that no pair of name and value would say: each object without members has one of those that
 * its schema declares, where the whole stays valid.
 */
export function shownInForm(bench: Workbench, { content: { schema, mediaType }, value, schemas }: BodyPlan): Json {
  if (schema === null || formOf(mediaType) !== 'urlencoded') return value;
  const view = viewOf(bench.operations.document);
  let whole = value;
  const open = [{ pointers: [schema.pointer], path: [] as readonly string[] }];
  for (const { pointers, path } of open) {
    const object = readAt(whole, path);
    if (!isObject(object) || path.length > deepest) continue;
    const { parts } = lookAt(schemas, 'request', pointers, object);
    if (path.length > 0 && Object.keys(object).length === 0) whole = withOne(bench, view, schema, parts, whole, path);
    for (const name of Object.keys(readAt(whole, path) ?? {})) {
      open.push({ pointers: view.member(parts, name).map(({ pointer }) => pointer), path: [...path, name] });
    }
  }
  return whole;
}

/** The whole with the first member that an object at a path may have, and that says something: a list only where nothing else does. */
function withOne(
  bench: Workbench,
  view: View,
  schema: Schema,
  parts: readonly Part[],
  whole: Json,
  path: readonly string[],
): Json {
  let listed: Json | undefined;
  for (const [name, edges] of view.members(parts)) {
    const places = edges.map(({ pointer }) => pointer);
    const made = view.isServers(...places) ? undefined : bench.draw(places);
    if (made === undefined || (Array.isArray(made) && made.length === 0)) continue;
    const next = setAt(whole, [...path, name], made);
    if (!schema.accepts(next)) continue;
    if (!Array.isArray(made)) return next;
    listed ??= next;
  }
  return listed ?? whole;
}
