import type { Operation } from '../../operation/index.js';
import { keyInName, type ListRole, type QueryRole, readAt, saidOrder } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { BaseCollection } from '../base-collection.js';
import { isPlaced } from '../positions.js';
import { type Row, rowOf } from '../row.js';
import type { CollectionReader } from '../state.js';
import { type Around, isElsewhere, isUnder } from '../write/call.js';
import { type Query, saidBy, type Test, testsOf, textsAsked } from './filter.js';
import { JointListing } from './joint-listing.js';
import { Listing } from './listing.js';
import { asksForOrder, inOrder } from './order.js';
import { maximumSize, type Rows, rowsOf } from './page.js';

/** A request for some rows of a collection, or of several. */
export interface Asked {
  readonly role: ListRole;
  /** With what the document says where nothing is sent. */
  readonly query: Query;
  /** What the path says of rows besides. */
  readonly around: readonly Around[];
  /** The collections, of which there is at least one. */
  readonly from: readonly {
    readonly base: BaseCollection;
    readonly state: CollectionReader | undefined;
    readonly isOnlyAdded: boolean;
  }[];
  /** How the list shows a row. */
  showing(row: Row): Row;
  /** Whether nothing that happens elsewhere changes how rows are shown. */
  readonly isShownAlone: boolean;
  /** The only rows that it may show, since what it stands below says which; null: all. */
  readonly among: readonly Row[] | null;
  /** What is listed, where that is not what stands in the collections; null: that is. */
  readonly listed: Rows | null;
  /** Whether there are no rows but those that are listed. */
  readonly isClosed: boolean;
  /** What may say in plain words in which order they are. */
  readonly operation?: Operation;
}

/**
 * The rows that a request asks for, in its order, as the list shows them: by that they are told apart and sorted. Where it asks
 * for all of them, none is looked at.
 */
export function matchingRows(asked: Asked): Rows {
  const { role, query, around, from, showing, among } = asked;
  const tests = testsOf(role, query, around);
  const listing = asked.listed ?? listingOf(from);
  const order = asked.operation && listing.size <= mostSorted ? saidOrder(asked.operation, role) : null;
  if (among !== null) {
    const added = from.flatMap(({ base, state }) => new Listing(base, state).rows(0, state?.addedCount ?? 0));
    const here = new Set([...added.filter((row) => isUnder(row, around)), ...among]);
    return rowsOf(inOrder(role, query, passing([...here].map(showing), tests), order), role);
  }
  const keys = keysAsked(role, query);
  if (keys !== null) {
    const named = passing(here(namedRows(keys, listing, asked), around).map(showing), tests);
    return rowsOf(inOrder(role, query, named), role);
  }
  const isUnsaid = around.some(({ member }) => member === null);
  const mayBeElsewhere = isUnsaid && from.some(({ state }) => (state?.addedCount ?? 0) > 0);
  const isOfAll = tests.length === 0 && !mayBeElsewhere && !asksForOrder(role, query) && !order;
  if (isOfAll && !isPlaced(listing.rows(0, 1)[0])) return listing;
  const find = () =>
    inOrder(role, query, passing(here(listing.rows(0, listing.size), around).map(showing), tests), order);
  const [only, ...others] = from;
  const isKept =
    asked.isShownAlone &&
    asked.listed === null &&
    only?.state !== undefined &&
    others.length === 0 &&
    listing.size >= fewestKept;
  return rowsOf(isKept ? kept(asked, only.base, only.state, find) : find(), role);
}

function listingOf(from: Asked['from']): Rows {
  const listings = from.map(({ base, state, isOnlyAdded }) => ({ listing: new Listing(base, state), isOnlyAdded }));
  const [only, ...others] = listings;
  return only !== undefined && others.length === 0 ? only.listing : new JointListing(listings);
}

/** Without those that were made under other things. */
function here(rows: readonly Row[], around: readonly Around[]): readonly Row[] {
  return around.length === 0 ? rows : rows.filter((row) => !isElsewhere(row, around));
}

/** Of a row that cannot be one the value is not even read from its JSON. */
export function passing(rows: readonly Row[], tests: readonly Test[]): readonly Row[] {
  if (tests.length === 0) return rows;
  return rows.filter((row) => {
    if (!tests.every((test) => test.mayPass(row.text))) return false;
    const { value } = row;
    return tests.every((test) => test.passes(value));
  });
}

/** The keys that a query asks for by themselves (`?ids=1,2`); null where it does not. */
function keysAsked({ query, resource }: ListRole, values: Query): readonly string[] | null {
  const { key } = resource;
  if (key === null) return null;
  for (const role of query) {
    if (!isOfKey(role, key.member)) continue;
    const texts = textsAsked(role, saidBy(role, values));
    if (texts.length > 0) return [...new Set(texts.map((text) => keyInName(resource, text)))].slice(0, maximumSize);
  }
  return null;
}

function isOfKey(role: QueryRole, key: readonly string[]): role is Extract<QueryRole, { role: 'filter' }> {
  if (role.role !== 'filter' || role.isCaseless || (role.operator !== 'eq' && role.operator !== 'in')) return false;
  return role.member.length === key.length && role.member.every((step, index) => step === key[index]);
}

/** Rows by their keys: listed ones in their order, then those that are made since every key exists. */
function namedRows(keys: readonly string[], listing: Rows, { from, isClosed }: Asked): readonly Row[] {
  const indices = keys.map((key) => listing.indexOf(key));
  const listed = indices.filter((index) => index !== undefined).toSorted((a, b) => a - b);
  // Of several collections none is the one that another key would be of.
  const [only, ...others] = from;
  const isMade = only !== undefined && others.length === 0 && !isClosed;
  const made = keys.flatMap((key, place): Row[] => {
    if (!isMade || indices[place] !== undefined || only.state?.row(key) === null) return [];
    const row: Json | undefined = only.base.indexOf(key) === undefined ? only.base.made(key) : undefined;
    return row === undefined ? [] : [rowOf(row)];
  });
  return [...listed.flatMap((index) => listing.rows(index, index + 1)), ...made];
}

/** More rows are in the order that is said only where somebody asks for it: all of them have to be looked at. */
const mostSorted = 2000;

/** Of shorter lists nothing is remembered: they are soon looked through. */
const fewestKept = 500;
/** Queries of one collection, as it is, whose rows are remembered: pages of one list are asked for one after the other. */
const maximumKept = 4;

const choosing: ReadonlySet<QueryRole['role']> = new Set(['filter', 'expression', 'search', 'order', 'direction']);

const found = new WeakMap<BaseCollection, WeakMap<object, Map<string, readonly Row[]>>>();

/** What was found before in the same rows, which never change. */
function kept(
  { role, query, around }: Asked,
  base: BaseCollection,
  state: CollectionReader,
  find: () => readonly Row[],
): readonly Row[] {
  const ofBase = found.get(base) ?? new WeakMap<object, Map<string, readonly Row[]>>();
  found.set(base, ofBase);
  const known = ofBase.get(state.whole) ?? new Map<string, readonly Row[]>();
  ofBase.set(state.whole, known);
  const asked = role.query.flatMap((each) => {
    const isChoosing = choosing.has(each.role);
    return isChoosing
      ? [[each.parameter, each.within, readAt(query[each.parameter] as Json | undefined, each.within)]]
      : [];
  });
  const key = JSON.stringify([role.entry.id, asked, around]);
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const [oldest] = known.keys();
  if (known.size >= maximumKept && oldest !== undefined) known.delete(oldest);
  const rows = find();
  known.set(key, rows);
  return rows;
}
