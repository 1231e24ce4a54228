import { type ItemRole, type Mirror, mirrorsOf, type Resource, readAt, type Side, setAt } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';
import type { BaseWorld, Now } from './base.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import type { Change } from './kept-row.js';
import { rowSchemaOf } from './shape.js';
import type { Call, Done } from './write/call.js';
import { uniqueTexts } from './write/unique.js';

/** Of one change so many other rows say so too. */
const mostOthers = 100;

const mirrors = new WeakMap<Resource, readonly Mirror[]>();

/**
 * What becomes of a row, with what rows of others say of it: whoever is put into a group has that group among its own, and no longer
 * where it is taken out, or the group is deleted. What was not written stays as it is, and so does what could not say it.
 */
export function withMirrored(
  outcome: Done,
  { role: { resource }, base, ground }: Pick<Call<ItemRole>, 'role' | 'base' | 'ground'>,
  scope: Scope,
  rows: BaseWorld,
  now: Now,
): Done {
  const known = mirrors.get(resource) ?? mirrorsOf(resource);
  mirrors.set(resource, known);
  const change = outcome.changes.find(({ collection }) => collection === base.name);
  if (known.length === 0 || change === undefined) return outcome;
  const before = new Rewriting([], ground, rows, now).rowAt(resource, scope, change.key);
  const thing = change.row ?? before;
  const key = readAt(thing, resource.key?.member ?? []);
  if (thing === undefined || (typeof key !== 'string' && typeof key !== 'number')) return outcome;
  const written = new Rewriting(outcome.changes, ground, rows, now);
  for (const mirror of known) {
    const to = scopeFor(mirror.other, resource, scope);
    if (to === null) continue;
    const [old, next] = [keysIn(before, mirror.own), keysIn(change.row, mirror.own)];
    for (const one of old.filter((each) => !next.includes(each)).slice(0, mostOthers))
      written.change(mirror.other, to, one, (row) => without(row, mirror.theirs, key));
    for (const one of next.filter((each) => !old.includes(each)).slice(0, mostOthers)) {
      const [last] = mirror.theirs.isList ? [] : keysIn(written.rowAt(mirror.other, to, one), mirror.theirs);
      // What belongs to one alone leaves the one that it was of.
      if (last !== undefined && last !== scalarText(key))
        written.change(resource, scope, last, (row) => without(row, mirror.own, one));
      written.change(mirror.other, to, one, (row, isValid) => withThing(row, mirror.theirs, key, thing, isValid));
    }
  }
  return written.changes.length === outcome.changes.length ? outcome : { ...outcome, changes: written.changes };
}

/** Rows that change with one. */
export class Rewriting {
  changes: readonly Change[];
  readonly #ground: Ground;
  readonly #rows: BaseWorld;
  readonly #now: Now;

  constructor(changes: readonly Change[], ground: Ground, rows: BaseWorld, now: Now) {
    this.changes = changes;
    this.#ground = ground;
    this.#rows = rows;
    this.#now = now;
  }

  /** The row with a key that is there, as it is by now. */
  rowAt(resource: Resource, scope: Scope, key: string): Json | undefined {
    const base = this.#rows.now(resource, scope, this.#now);
    const changed = this.changes.find((one) => one.collection === base.name && one.key === key);
    if (changed !== undefined) return changed.row ?? undefined;
    const kept = this.#now.state.collection(base.name)?.row(key);
    const index = kept === undefined ? base.indexOf(key) : undefined;
    return index === undefined ? kept?.value : base.row(index);
  }

  change(
    resource: Resource,
    scope: Scope,
    key: string,
    changing: (row: Json, isValid: (row: Json) => boolean) => Json,
  ): void {
    const row = this.rowAt(resource, scope, key);
    if (row === undefined) return;
    const own = rowSchemaOf(resource, this.#ground);
    const isValid = (value: Json) => fits(own, value);
    const changed = changing(row, isValid);
    if (changed === row || !isValid(changed)) return;
    const base = this.#rows.now(resource, scope, this.#now);
    const unique = uniqueTexts(resource, changed, this.#ground);
    const isBase = base.indexOf(key) !== undefined;
    const others = this.changes.filter((one) => one.collection !== base.name || one.key !== key);
    this.changes = [...others, { collection: base.name, key, row: changed, isBase, unique }];
  }
}

function keysIn(row: Json | undefined | null, { member, isList, inside }: Side): string[] {
  const held = row === null ? undefined : readAt(row, member);
  const things = isList ? (Array.isArray(held) ? held : []) : [held];
  return things.flatMap((thing) => {
    const key = readAt(thing, inside);
    return typeof key === 'string' || typeof key === 'number' ? [scalarText(key)] : [];
  });
}

function without(row: Json, { member, isList, inside }: Side, key: Json): Json {
  const held = readAt(row, member);
  if (!isList) return scalarText(readAt(held, inside)) === scalarText(key) ? setAt(row, member, null) : row;
  const left = Array.isArray(held) ? held.filter((one) => scalarText(readAt(one, inside)) !== scalarText(key)) : [];
  return Array.isArray(held) && left.length < held.length ? setAt(row, member, left) : row;
}

/** A row that says of one more thing that it is related to it: by its key, with what it is called, or as it is. */
function withThing(row: Json, side: Side, key: Json, thing: Json, isValid: (row: Json) => boolean): Json {
  const { member, isList, inside } = side;
  if (keysIn(row, side).includes(scalarText(key))) return row;
  const held = readAt(row, member);
  const before = isList && Array.isArray(held) ? held : [];
  const display = readAt(thing, ['displayName']) ?? readAt(thing, ['name']);
  const named = setAt(undefined, inside, key);
  const shown: Json[] =
    inside.length === 0 ? [key] : [thing, { ...(named as object), ...(display !== undefined && { display }) }, named];
  const ways = shown.map((one) => setAt(row, member, isList ? [...before, one] : one));
  return ways.find((way) => isValid(way) && keysIn(way, side).includes(scalarText(key))) ?? row;
}
