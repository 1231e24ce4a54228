import { mix } from '../fake/index.js';
import { type ItemRole, type Kin, keyOf, type ListRole, type Resource, verbIn } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { answeredWord, gerundOf, participlesOf, undoneBy } from '../text/participles.js';
import { isObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { Asker } from './asker.js';
import type { BaseWorld, Now } from './base.js';
import { collectionName, type Ground, type Scope } from './ground.js';
import { Listing } from './list/listing.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';
import { type Around, type Done, isUnder } from './write/call.js';

interface Place {
  readonly resource: Resource;
  readonly scope: Scope;
}

/** So many rows are looked at, and no others are anybody's kin. */
const mostLooked = 2000;
/** Every so manyth of the others is what a thing is to others. */
const share = 3;

/**
 * Which things of one kind are something to each other, where only lists below them say so: `/users/{id}/followers` shows some, never the
 * one itself, and `/users/{id}/following` the same from the other side. Who asks is one of them from `POST /users/{id}/follow` on.
 */
export class Kindred {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #asker: Asker;

  constructor(ground: Ground, base: BaseWorld, asker: Asker) {
    this.#ground = ground;
    this.#base = base;
    this.#asker = asker;
  }

  /** What such a list shows; null where it is none. */
  listed({ resource, path }: ListRole, scope: Scope, around: readonly Around[], now: Now): readonly Row[] | null {
    const kin = resource.kin.find((one) => one.path === path);
    const of = around.find(({ parameter }) => parameter === kin?.parameter)?.value;
    if (kin === undefined || of === undefined) return null;
    const { listing, indices } = this.#found(kin, { resource, scope }, of, around, now);
    return indices.flatMap((index) => listing.rows(index, index + 1));
  }

  /** How many it shows. */
  sizeOf(kin: Kin, place: Place, of: string, now: Now): number {
    const around = [{ parameter: kin.parameter, member: null, value: of }];
    return this.#found(kin, place, of, around, now).indices.length;
  }

  #found(kin: Kin, place: Place, of: string, around: readonly Around[], now: Now) {
    const { resource, scope } = place;
    const base = this.#base.now(resource, scope, now);
    const state = now.state.collection(base.name);
    const listing = new Listing(base, state);
    const added = listing.rows(0, Math.min(listing.addedCount, mostLooked));
    const isRelated = this.#relating(kin, place, now);
    const indices: number[] = [];
    for (let index = 0; index < Math.min(listing.size, mostLooked); index++) {
      const row = added[index];
      if ((row !== undefined && isUnder(row, around)) || isRelated(of, listing.keyAt(index))) indices.push(index);
    }
    return { listing, indices };
  }

  /** Whether a thing shows another one in such a list. */
  #relating({ relation, side }: Kin, { resource, scope }: Place, now: Now): (of: string, key: string) => boolean {
    const base = this.#base.now(resource, scope, now);
    const own = now.state.collection(base.name);
    const told = now.state.collection(edgesOf(base.name, relation));
    const salt = mix(now.seed, edgesOf(base.name, relation));
    const edge = edgeFor(side);
    /** A thing stands below one that is listed before it, or below none. */
    const above = (key: string): string | undefined => {
      const index = base.indexOf(key);
      const random = mix(salt, key);
      return !index || random % share === 0 ? undefined : base.keyAt((random >>> 8) % index);
    };
    return (of, key) => {
      if (of === key) return false;
      const said = told?.row(edge(of, key));
      if (said !== undefined) return said !== null;
      // What a request has made is nothing to anybody before somebody says so.
      if (own?.row(of)?.isNew || base.indexOf(key) === undefined) return false;
      return side === 'below' ? above(key) === of : mix(salt, edge(of, key)) % share === 0;
    };
  }

  /** How rows say whether who asks is that to them: `following`. */
  of(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const all = resource.kin.filter(({ side }) => side !== 'below');
    const asker = all.length === 0 ? undefined : this.#asker.nameAmong(resource, now);
    if (asker === undefined) return null;
    const own = rowSchemaOf(resource, this.#ground);
    const tests = all.map((kin) => {
      const { relation } = kin;
      const isRelated = this.#relating(
        { ...kin, side: kin.side === 'both' ? 'both' : 'done' },
        { resource, scope },
        now,
      );
      return { words: new Set([...participlesOf(relation), gerundOf(relation)]), isRelated };
    });
    return (row) => {
      const key = keyOf(resource, row.value);
      if (key === undefined || !isObject(row.value)) return row;
      let whole = row.value;
      for (const [name, value] of Object.entries(row.value)) {
        const test = typeof value === 'boolean' && tests.find(({ words }) => words.has(answeredWord(phraseOf(name))));
        const is = test ? test.isRelated(asker, key) : value;
        if (is !== value && fits(own, { ...whole, [name]: is })) whole = { ...whole, [name]: is };
      }
      return whole === row.value ? row : rowOf(whole);
    };
  }

  /** What comes of an action by which who asks becomes that to a thing, or is it no more. */
  told(outcome: Done, { resource, kind, verb, entry }: ItemRole, scope: Scope, now: Now): Done {
    if (kind !== 'action' || outcome.key === undefined) return outcome;
    const [called = ''] = phraseOf(verb ?? verbIn(entry.path)).split(' ');
    const [undone] = undoneBy(called) ?? [];
    const kin = resource.kin.find(({ relation, side }) => side !== 'below' && relation === (undone ?? called));
    const asker = kin && this.#asker.nameAmong(resource, now);
    if (kin === undefined || asker === undefined || asker === outcome.key) return outcome;
    const collection = edgesOf(collectionName(resource, scope), kin.relation);
    const key = edgeFor(kin.side === 'both' ? 'both' : 'done')(asker, outcome.key);
    const row = undone === undefined && entry.method !== 'DELETE' ? true : null;
    return { ...outcome, changes: [...outcome.changes, { collection, key, row, isBase: true, unique: [] }] };
  }
}

/** What was said of which are that to which. */
const edgesOf = (collection: string, relation: string): string => `${collection} ${relation}`;

/** What two are to each other, the one that does it first; of what both are, either. */
function edgeFor(side: Kin['side']): (of: string, key: string) => string {
  if (side === 'done' || side === 'below') return (of, key) => JSON.stringify([of, key]);
  if (side === 'doers') return (of, key) => JSON.stringify([key, of]);
  return (of, key) => JSON.stringify([of, key].sort());
}
