import { type ItemRole, keyOf, type Resource, verbIn } from '../resource/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import { datesAt } from './coherence/states.js';
import type { Ground, Scope } from './ground.js';
import { Rewriting } from './mirrored.js';
import { overlaid } from './overlay.js';
import { rowSchemaOf } from './shape.js';
import { isTrash, saysDeletion, trashOf, unbinned } from './write/bin.js';
import { type Call, type Done, timeOf } from './write/call.js';
import { keyOfCall } from './write/item.js';
import { restoring } from './write/restore.js';
import { uniqueTexts } from './write/unique.js';

/**
 * What becomes of a trash in which things of several kinds are: what is deleted is in it from then on, as far as it shows that, and what is
 * restored from there is again what it was.
 */
export function withTrash(outcome: Done, call: Call<ItemRole>, scope: Scope, rows: BaseWorld, now: Now): Done {
  const { role, base, ground } = call;
  const { resource } = role;
  if (scope.length > 0) return outcome;
  if (isTrash(resource)) {
    const key = role.kind === 'action' && restoring.test(verbIn(role.entry.path)) ? keyOfCall(call) : null;
    return key === null ? outcome : broughtBack(outcome, { resource, key, collection: base.name }, ground, rows, now);
  }
  const change = outcome.changes.find(({ collection }) => collection === base.name);
  if (change === undefined) return outcome;
  const trash = role.kind === 'delete' && change.row === null ? trashOf(resource, ground) : null;
  const was = trash && new Rewriting([], ground, rows, now).rowAt(resource, [], change.key);
  const to = trash && rows.now(trash, [], now);
  const made = to?.made(change.key);
  if (!trash || !to || made === undefined || !isObject(was ?? null)) return outcome;
  const row = asTrash(made, was as JsonObject, trash, resource, ground, timeOf(call));
  const key = keyOf(trash, row) ?? change.key;
  const more = { collection: to.name, key, row, isBase: false, unique: [], isNew: true };
  return { ...outcome, changes: [...outcome.changes, more] };
}

/** How a trash shows what was deleted: what both say, of which kind it is, and when that was. */
function asTrash(made: Json, was: JsonObject, trash: Resource, of: Resource, ground: Ground, time: number): Json {
  const own = rowSchemaOf(trash, ground);
  if (!isObject(made) || own === null) return made;
  const kind = (of.name.split('.').at(-1) ?? '').replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  return Object.keys(made).reduce<Json>((row, name) => {
    const words = phraseOf(name);
    const title = /^(?:name|title)$/.test(words) ? (was.name ?? was.title) : undefined;
    const values = saysDeletion(name)
      ? datesAt(time)
      : kindNames.test(words)
        ? [kind, kind.toUpperCase(), of.name]
        : [was[name] ?? title].flatMap((value) => (value === undefined ? [] : [value]));
    const changed = values.map((value) => overlaid(row, { [name]: value }, own)).find((one) => one !== row);
    return changed ?? row;
  }, made);
}

const kindNames = /^(?:(?:item|resource|entity|object) )?(?:type|kind)$/;

function broughtBack(
  outcome: Done,
  { resource, key, collection }: { readonly resource: Resource; readonly key: string; readonly collection: string },
  ground: Ground,
  rows: BaseWorld,
  now: Now,
): Done {
  for (const one of ground.resources.all) {
    if (trashOf(one, ground) !== resource) continue;
    const base = rows.now(one, [], now);
    const state = now.state.collection(base.name);
    const index = base.indexOf(key);
    const held =
      state?.row(key) === null
        ? (state.deletedRow(key) ?? (index === undefined ? undefined : base.row(index)))
        : undefined;
    if (held === undefined) continue;
    const row = unbinned(held, one, ground);
    const again = {
      collection: base.name,
      key,
      row,
      isBase: index !== undefined,
      unique: uniqueTexts(one, row, ground),
    };
    const gone = { collection, key, row: null, isBase: false, unique: [] };
    return { ...outcome, changes: [gone, again] };
  }
  return outcome;
}
