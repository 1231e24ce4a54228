import { keyInName, keyOf, type Resource, readAt } from '../resource/index.js';
import type { Violation } from '../schema/index.js';
import { scalarText } from '../text/integers.js';
import { resultOf, type Work } from '../text/slices.js';
import type { Json } from '../text/value.js';
import type { BaseWorld } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { type Ground, isOnlyShown, type Scope, scopeIn } from './ground.js';
import type { Change } from './kept-row.js';
import { keyMakerOf } from './keys.js';
import { Listing } from './list/listing.js';
import { rowSchemaOf } from './shape.js';
import { type CollectionReader, CollectionState, type State, type StateReader } from './state.js';
import { uniqueTexts } from './write/unique.js';

/** A collection whose rows can be looked at and changed by hand. */
export interface CollectionSummary {
  /** As in a snapshot of the state; of a nested one that nothing has happened to, the resource alone. */
  readonly name: string;
  readonly resource: string;
  /** Path template; null for things that are only read one by one. */
  readonly path: string | null;
  readonly isSingleton: boolean;
  /** The member that rows are known by, with dots; null where they have no key. */
  readonly key: string | null;
  /** How many changes there were. */
  readonly changes: number;
}

export interface RowView {
  readonly key: string;
  /** Of one that was deleted: as it was in the base world. */
  readonly row: Json;
  readonly origin: 'base' | 'added' | 'changed' | 'deleted';
  /** Of one that was changed: as it is in the base world. */
  readonly original?: Json;
}

export interface RowsPage {
  /** With the keys of what it is nested under. */
  readonly collection: string;
  readonly under: readonly { readonly parameter: string; readonly resource: string | null; readonly key: string }[];
  readonly rows: readonly RowView[];
  readonly total: number;
}

export interface RowsQuery {
  readonly offset: number;
  readonly limit: number;
  /** What the JSON of a row has in it, whatever its case. */
  readonly search?: string | undefined;
  /** Only what was added, changed or deleted. */
  readonly onlyChanged?: boolean | undefined;
}

/** What a change by hand comes to. */
export type RowsWrite =
  | { readonly ok: true; readonly key: string; readonly changes: readonly Change[] }
  /** `detail` is a sentence without a final period. */
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'conflict' | 'invalid';
      readonly detail: string;
      readonly violations?: readonly Violation[];
    };

/** Rows as somebody looks at them and changes them by hand, without a request that the document knows. Pure. */
export class Rows {
  readonly #ground: Ground;
  readonly #base: BaseWorld;

  constructor(ground: Ground, base: BaseWorld) {
    this.#ground = ground;
    this.#base = base;
  }

  /** All that are answered from rows. No row is made for it. */
  collections(state: State): CollectionSummary[] {
    return resultOf(this.findingCollections(state));
  }

  /** The same, a resource at a time. */
  *findingCollections(state: State): Work<CollectionSummary[]> {
    const found: CollectionSummary[] = [];
    for (const resource of this.#ground.resources.all) {
      if (!isOnlyShown(resource, this.#ground)) found.push(...this.#summaries(resource, state));
      yield null;
    }
    return found;
  }

  #summaries(resource: Resource, state: State): CollectionSummary[] {
    const { name, key, isSingleton, collection, item } = resource;
    const shown = {
      resource: name,
      path: collection ?? item,
      isSingleton,
      key: key?.member.join('.') ?? null,
    };
    if (resource.scope.length === 0) return [{ ...shown, name, changes: state.collection(name)?.count ?? 0 }];
    const touched = state.names.filter((one) => one.startsWith(`${name} [`));
    return [
      { ...shown, name, changes: 0 },
      ...touched.map((one) => ({ ...shown, name: one, changes: state.collection(one)?.count ?? 0 })),
    ];
  }

  /** null where there is no such collection. */
  page(name: string, state: StateReader, seed: number, query: RowsQuery): RowsPage | null {
    const place = this.#place(name, state, seed);
    if (place === null) return null;
    const { resource, scope, base } = place;
    const under = resource.scope.map(({ parameter, resource: parent }, index) => ({
      parameter,
      resource: parent?.name ?? null,
      key: scope[index] as string,
    }));
    return {
      collection: base.name,
      under,
      ...(query.onlyChanged ? changedPage(place, query) : listedPage(place, query)),
    };
  }

  /** In which ways a row differs from what the document says of such rows. */
  violations(name: string, row: Json, state: StateReader, seed: number): readonly Violation[] | null {
    const place = this.#place(name, state, seed);
    if (place === null) return null;
    const schema = rowSchemaOf(place.resource, this.#ground);
    return schema === null || schema.problem !== null ? [] : schema.validate(row, 'body');
  }

  /** A row that could be added, under a key that is free; undefined where none can be made. */
  draft(name: string, state: StateReader, seed: number): Json | undefined {
    const place = this.#place(name, state, seed);
    if (place === null) return undefined;
    const { base, own, resource } = place;
    if (resource.key === null) return base.row(0);
    const key = base.nextKey(own?.count ?? 0, (one) => own?.row(one) !== undefined);
    return key === undefined ? undefined : base.made(scalarText(key));
  }

  /**
   * Adds, replaces or deletes a row.
   * @param key null: that of the row, or one that is free; undefined: that of the row, also where there is one already
   * @param row null: it is deleted
   */
  write(name: string, key: string | null | undefined, row: Json | null, state: StateReader, seed: number): RowsWrite {
    const place = this.#place(name, state, seed);
    if (place === null)
      return { ok: false, reason: 'missing', detail: `There is no collection ${JSON.stringify(name)}` };
    const { base, own, resource } = place;
    if (row === null) {
      const isThere = key != null && isListed(key, base, own);
      return isThere ? done(base, key, null, []) : missing(base.name, key ?? null);
    }
    const violations = this.violations(name, row, state, seed) ?? [];
    if (violations.length > 0) {
      const detail = violations.map(({ pointer, message }) => `${pointer || 'The row'}: ${message}`).join('; ');
      return { ok: false, reason: 'invalid', detail, violations };
    }
    const found = this.#keyFor(place, key, row);
    if (typeof found !== 'string') return found;
    return done(base, found, row, uniqueTexts(resource, row, this.#ground), !isListed(found, base, own));
  }

  /** Under which key a row is written. */
  #keyFor(
    { resource, base, own }: Place,
    key: string | null | undefined,
    row: Json,
  ): string | Extract<RowsWrite, { ok: false }> {
    if (resource.isSingleton) return '';
    if (resource.key === null) return key ?? `+${own?.count ?? 0}`;
    const said = keyOf(resource, row);
    const member = resource.key.member.join('.');
    if (said === undefined) return { ok: false, reason: 'invalid', detail: `The row needs its key: ${member}` };
    if (key != null && said !== key) {
      const detail = `${member} is ${JSON.stringify(said)}, but this is the row ${JSON.stringify(key)}: add another row instead`;
      return { ok: false, reason: 'conflict', detail };
    }
    if (key === null && isListed(said, base, own)) {
      return {
        ok: false,
        reason: 'conflict',
        detail: `There is one already with the ${member} ${JSON.stringify(said)}`,
      };
    }
    const value = readAt(row, resource.key.member) as Json;
    const accepted = typeof value === 'string' ? keyInName(resource, value) : value;
    if (keyMakerOf(resource, this.#ground).accepts(accepted)) return said;
    return { ok: false, reason: 'invalid', detail: `No path can name the ${member} ${JSON.stringify(said)}` };
  }

  /** By which key a row of a resource is known; undefined where it has none. */
  keyIn(name: string, row: Json): string | undefined {
    const resource = this.#ground.resources.find(name);
    return resource && keyOf(resource, row);
  }

  #place(name: string, state: StateReader, seed: number): Place | null {
    const { resources } = this.#ground;
    const [, nested = '', keys = ''] = /^(.+) (\[.*\])$/s.exec(name) ?? [];
    const whole = resources.find(name);
    const resource = whole ?? resources.find(nested);
    if (resource === undefined || isOnlyShown(resource, this.#ground)) return null;
    const scope = whole === undefined ? scopeIn(keys) : this.#firstScope(resource, seed);
    if (scope === null || scope.length !== resource.scope.length) return null;
    const base = this.#base.now(resource, scope, { state, seed });
    return { resource, scope, base, own: state.collection(base.name) };
  }

  /** Under the first of each: what a nested collection is looked at by, where nobody says under which. */
  #firstScope({ scope }: Resource, seed: number): Scope {
    const keys: string[] = [];
    for (const { resource: parent } of scope) {
      const depth = parent?.scope.length ?? 0;
      const base =
        parent === null || parent.key === null || depth > keys.length
          ? null
          : this.#base.collection(parent, keys.slice(keys.length - depth), seed);
      keys.push(base !== null && base.size > 0 ? base.keyAt(0) : '1');
    }
    return keys;
  }
}

interface Place {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly base: BaseCollection;
  readonly own: CollectionReader | undefined;
}

function isListed(key: string, base: BaseCollection, own: CollectionReader | undefined): boolean {
  const kept = own?.row(key);
  return kept === undefined ? base.indexOf(key) !== undefined : kept !== null;
}

function done(
  base: BaseCollection,
  key: string,
  row: Json | null,
  unique: readonly string[],
  isNew = false,
): RowsWrite {
  const change = { collection: base.name, key, row, isBase: base.indexOf(key) !== undefined, unique };
  return { ok: true, key, changes: [isNew ? { ...change, isNew } : change] };
}

function missing(collection: string, key: string | null): RowsWrite {
  return { ok: false, reason: 'missing', detail: `${collection} has no row with the key ${JSON.stringify(key)}` };
}

/** Rows in the order of their list. */
function listedPage({ base, own }: Place, { offset, limit, search = '' }: RowsQuery): Pick<RowsPage, 'rows' | 'total'> {
  const listing = new Listing(base, own);
  let indices = Array.from({ length: listing.size }, (_, index) => index);
  if (search !== '') indices = indices.filter((index) => has(listing.at(index), search));
  const rows = indices.slice(offset, offset + limit).flatMap((index) => {
    const row = listing.at(index);
    return row === undefined ? [] : [viewOf(listing.keyAt(index), row, base)];
  });
  return { rows, total: indices.length };
}

/** Rows that something has happened to, the deleted ones too. */
function changedPage(
  { base, own }: Place,
  { offset, limit, search = '' }: RowsQuery,
): Pick<RowsPage, 'rows' | 'total'> {
  // Only a whole state tells what has changed; handlers, which get another one, do not ask for it.
  const changes = own instanceof CollectionState ? [...own.changes(base.name)] : [];
  const views = changes.flatMap(({ key, row }): RowView[] => {
    if (row !== null) return [viewOf(key, row, base)];
    const original = originalOf(key, base);
    return original === undefined ? [] : [{ key, row: original, origin: 'deleted' }];
  });
  const found = views.filter(({ row, origin }) => origin !== 'base' && has(row, search));
  return { rows: found.slice(offset, offset + limit), total: found.length };
}

function viewOf(key: string, row: Json, base: BaseCollection): RowView {
  const original = originalOf(key, base);
  if (original === undefined) return { key, row, origin: 'added' };
  const isSame = original === row || JSON.stringify(original) === JSON.stringify(row);
  return isSame ? { key, row, origin: 'base' } : { key, row, origin: 'changed', original };
}

function originalOf(key: string, base: BaseCollection): Json | undefined {
  const index = base.indexOf(key);
  return index === undefined ? undefined : base.row(index);
}

const has = (row: Json | undefined, search: string): boolean =>
  search === '' ||
  JSON.stringify(row ?? null)
    .toLowerCase()
    .includes(search.toLowerCase());
