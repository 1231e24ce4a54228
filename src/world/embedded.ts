import { type Embedded, keyOf, type Resource, readAt, setAt } from '../resource/index.js';
import { attached } from '../text/attached.js';
import { scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';
import type { BaseWorld, Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { tallied } from './coherence/coherent.js';
import { collectionName, type Ground, type Scope, scopeOfRow } from './ground.js';
import { matchingRows } from './list/matching.js';
import { maximumSize } from './list/page.js';
import type { Home, Related } from './related.js';
import { type Row, rowOf } from './row.js';
import { heardAround, placeOf } from './scopes.js';
import { isRow, type Shape, shapeBelow, shownAs } from './shape.js';
import type { CollectionReader } from './state.js';
import type { Around } from './write/call.js';

/** The things of an embedded list: where they are kept, and those that are there. */
export interface Below {
  /** What they stand under. */
  readonly scope: Scope;
  readonly base: BaseCollection;
  readonly state: CollectionReader | undefined;
  /** What the path of the list says of them besides. */
  readonly around: readonly Around[];
  readonly rows: readonly Row[];
  /** Where those are kept that stand here by their keys alone; null where they stand here only. */
  readonly home: Home | null;
  /** Whether they stand elsewhere too, and nothing says which are the row's. */
  readonly isElsewhere: boolean;
}

/** A row with some things, and the seed by which was made what these do not say. */
interface Told {
  readonly rows: readonly Row[];
  readonly seed: number;
  readonly told: Row;
}

/**
 * Lists that rows show of things which have a path of their own below: what there is says their own collection alone, so that
 * both show the same.
 */
export class EmbeddedLists {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #related: Related;
  /** How a row was shown last, with which things. */
  readonly #known = attached<Row, Map<Embedded, Told>>();

  constructor(ground: Ground, base: BaseWorld, related: Related) {
    this.#ground = ground;
    this.#base = base;
    this.#related = related;
  }

  /** How rows of a resource are shown, which say these things as they are now; null: as they are. */
  of(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const { embedded } = resource;
    if (embedded.length === 0) return null;
    return (row) => embedded.reduce((told, one) => this.#told(told, one, resource, scope, now), row);
  }

  #told(row: Row, embedded: Embedded, resource: Resource, scope: Scope, now: Now): Row {
    const { value } = row;
    const held = readAt(value, embedded.member);
    const below = Array.isArray(held) ? this.below(embedded, resource, value, scope, now, held.length) : null;
    if (below === null || !Array.isArray(held)) return row;
    const { rows, around, isElsewhere } = below;
    const known = this.#known.get(row)?.get(embedded);
    if (known !== undefined && known.seed === now.seed && isSameRows(known.rows, rows)) return known.told;
    // What says itself where it belongs is in the order of its own list, until somebody has written it in another.
    const written = now.state.collection(collectionName(resource, scope))?.row(keyOf(resource, value) ?? '');
    if (isElsewhere && written !== undefined) return row;
    const isInOwnOrder = written === undefined && isSaidBy(around);
    const items = this.shown(rows, held, embedded, resource, now, isInOwnOrder);
    const isChanged = items !== null && JSON.stringify(items) !== JSON.stringify(held);
    const told = isChanged ? rowOf(this.with(value, items, embedded, resource)) : row;
    if (row.key !== undefined) told.key ??= row.key;
    const ofRow = this.#known.get(row) ?? new Map();
    this.#known.set(row, ofRow.set(embedded, { rows, seed: now.seed, told }));
    return told;
  }

  /**
   * A row with a list that it shows, and with what it says of how many and how much that is; as it is where it cannot have it.
   * @param isKept whether the rest of it says what it should
   */
  with(row: Json, items: Json, { member }: Embedded, resource: Resource, isKept = (_: Json): boolean => true): Json {
    // What was not valid before, as a list may show it, need not be so now.
    const isLoose = !isRow(row, resource, this.#ground);
    const isValid = (value: Json): boolean => isLoose || isRow(value, resource, this.#ground);
    const told = setAt(row, member, items);
    return isValid(told) ? tallied(told, member, (value) => isKept(value) && isValid(value)) : row;
  }

  /**
   * null where the row does not say which one it is.
   * @param mostElsewhere Of things that stand elsewhere too, and of which nothing says which are the row's, no more than these
   * and what was made: a row that shows two need not show the twenty that are there.
   */
  below(
    { list }: Embedded,
    resource: Resource,
    row: Json,
    scope: Scope,
    now: Now,
    mostElsewhere = maximumSize,
  ): Below | null {
    const own = scopeOfRow(resource, row, scope);
    const key = resource.isSingleton ? undefined : keyOf(resource, row);
    if (key === undefined && !resource.isSingleton) return null;
    const keys = key === undefined ? own : [...own, key];
    if (list.scope.length !== keys.length) return null;
    const path = Object.fromEntries(list.scope.map(({ parameter }, index) => [parameter, keys[index] as string]));
    const placed = placeOf(list, { path });
    const known = placed?.scope.filter((one) => one !== undefined) ?? [];
    if (placed === null || known.length < placed.scope.length) return null;
    const base = this.#base.now(list.resource, known, now);
    const state = now.state.collection(base.name);
    const around = heardAround(list.resource, placed.around, base, this.#ground);
    const among = this.#related.listed(list, path, now);
    const rows = matchingRows({
      role: list,
      query: {},
      around,
      from: [{ base, state, isOnlyAdded: false }],
      showing: (one) => one,
      isShownAlone: true,
      among,
      listed: null,
      isClosed: this.#ground.isClosed,
    });
    // What stands further down does so below these: what is listed elsewhere too may lead back here.
    const isNested = list.resource.embeddedIn?.resource === resource || !leadsBack(list.resource);
    const shown = isNested ? this.of(list.resource, known, now) : null;
    const isElsewhere = among === null && list.resource.embeddedIn === null && !isSaidBy(around);
    const most = isElsewhere ? mostElsewhere + (state?.addedCount ?? 0) : maximumSize;
    const all = rows
      .rows(0, Math.min(most, maximumSize))
      .flatMap((one) => this.#related.itself(list.resource, known, one, now) ?? []);
    const home = this.#related.home(list.resource, known, now);
    const below = { scope: known, base, state, around, home, isElsewhere };
    return { ...below, rows: shown === null ? all : all.map(shown) };
  }

  /**
   * Things as a row shows them, in the order in which it has them, with others behind, or in their own; null where one cannot be shown.
   */
  shown(
    rows: readonly Row[],
    held: readonly Json[],
    embedded: Embedded,
    resource: Resource,
    now: Now,
    isInOwnOrder = false,
  ): Json[] | null {
    const { list, inside, isOfKeys } = embedded;
    const { seed } = now;
    const shape = isOfKeys ? null : this.#shapeOf(embedded, resource);
    const places = new Map(held.map((item, place) => [keyOfItem(embedded, item), place]));
    const items: { readonly item: Json; readonly place: number }[] = [];
    for (const [index, row] of rows.entries()) {
      const { value, key: called } = this.#related.itself(list.resource, null, row, now) ?? row;
      const key = keyOf(list.resource, value) ?? called;
      const place = key === undefined ? undefined : places.get(key);
      const thing = isOfKeys
        ? readAt(value, list.resource.key?.member ?? [])
        : this.#asShown(value, shape, `${list.entry.id} ${key ?? index}`, seed);
      if (thing === undefined) return null;
      const around = inside.length > 0 ? (held[place ?? 0] ?? {}) : {};
      const isKept = place !== undefined && !isInOwnOrder;
      items.push({ item: setAt(around, inside, thing), place: isKept ? place : held.length + index });
    }
    return items.toSorted((a, b) => a.place - b.place).map(({ item }) => item);
  }

  #asShown(row: Json, shape: Shape | null, salt: string, seed: number): Json | undefined {
    return shape === null ? row : shownAs(row, shape, this.#ground, seed, salt);
  }

  #shapeOf({ member, inside }: Embedded, { schema }: Resource): Shape | null {
    return shapeBelow(schema, [...member, 0, ...inside], 'response', this.#ground);
  }
}

function isSameRows(some: readonly Row[], others: readonly Row[]): boolean {
  return some.length === others.length && some.every((row, index) => row === others[index]);
}

/** The key of the thing that an item of an embedded list shows. */
export function keyOfItem({ list, inside, isOfKeys }: Embedded, item: Json): string | undefined {
  if (typeof item === 'string' || typeof item === 'number') return scalarText(item);
  const thing = isOfKeys ? undefined : readAt(item, inside);
  return thing === undefined ? undefined : keyOf(list.resource, thing);
}

/** Whether things say themselves what they stand under. */
const isSaidBy = (around: readonly Around[]): boolean => around.some(({ member }) => member !== null);

/** Lists in lists that are followed, since each has several in turn: where there are more, they are shown as they are. */
const mostNested = 3;
const leading = new WeakMap<Resource, boolean>();

/** Whether what rows show in lists may show them again, or goes on for too long. */
function leadsBack(resource: Resource): boolean {
  let found = leading.get(resource);
  if (found === undefined) {
    found = isInCircle(resource, new Set(), new Set());
    leading.set(resource, found);
  }
  return found;
}

/** @param seen what was looked through before, by whichever way: each is once */
function isInCircle(resource: Resource, above: Set<Resource>, seen: Set<Resource>): boolean {
  if (above.has(resource) || above.size > mostNested) return true;
  if (seen.has(resource)) return false;
  above.add(resource);
  const found = resource.embedded.some(({ list }) => isInCircle(list.resource, above, seen));
  above.delete(resource);
  seen.add(resource);
  return found;
}
