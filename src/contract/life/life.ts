import type { Operation } from '../../operation/index.js';
import {
  type ItemRole,
  isSameName,
  keyOf,
  type ListRole,
  listOf,
  nameIn,
  type QueryRole,
  type Resource,
  type Role,
  readAt,
  withSent,
} from '../../resource/index.js';
import { defaultOf, listedValues, type Part, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { outcomeOf, standingOf } from '../checks/outcome.js';
import { headerValues } from '../checks/received.js';
import { excerptBytes } from '../excerpt.js';
import type { Thing } from '../things/harvest.js';
import { creatorOf } from '../things/make.js';
import type { Exchange } from '../types.js';
import { nameOf, rowIn } from './answers.js';
import { askables, type Query, withAsked } from './asking.js';
import { isHolderOfRow, withRow } from './attributes.js';
import type { Asked, Hands, Outcome, Said } from './hands.js';
import { holderTakenBy } from './members.js';
import { type ListAt, largestSize, type Walk, walk } from './walk.js';

/** What the document lets one do with the things of a resource, each on its own path. */
export class Roles {
  readonly create: ItemRole | undefined;
  readonly read: ItemRole | undefined;
  readonly change: ItemRole | undefined;
  readonly replace: ItemRole | undefined;
  readonly remove: ItemRole | undefined;
  readonly list: ListRole | undefined;

  constructor(resource: Resource) {
    const { roles, item } = resource;
    // On the path of the thing before those that name it by what they are sent.
    const ours = roles.filter(({ path, keyParameter }) => path === item || keyParameter === null);
    const sorted = ours.toSorted((a, b) => Number(b.path === item) - Number(a.path === item));
    const find = (...kinds: Role['kind'][]) =>
      sorted.find((role): role is ItemRole => role.kind !== 'list' && kinds.includes(role.kind));
    this.create = creatorOf(resource);
    this.read = find('read');
    this.change = find('merge') ?? find('patch');
    this.replace = find('replace', 'upsert');
    this.remove = find('delete');
    const isBeside = (role: Role): role is ListRole => role.kind === 'list' && role.path === this.create?.path;
    // `/orgs/{slug}/projects` makes and lists what `/projects/{id}` names.
    const list = listOf(resource) ?? roles.find(isBeside);
    this.list = list && withSent(list);
  }
}

const pagesOfSearch = 12;

/** The things of one resource, and how they are asked for. */
export class Life {
  readonly hands: Hands;
  readonly resource: Resource;
  readonly roles: Roles;
  /** Names of numbers that were seen to rise as soon as something was made. */
  readonly counted = new Set<string>();
  /** Members that a change was seen to leave as they were: what else a change of these leaves has the same cause. */
  readonly left = new Set<string>();

  constructor(hands: Hands, resource: Resource) {
    this.hands = hands;
    this.resource = resource;
    this.roles = new Roles(resource);
  }

  /** A body for an operation that takes a thing, with this row in it. */
  bodyWith(role: ItemRole, row: JsonObject, within?: Json): Json {
    return withRow(role, within, row, holderTakenBy(this.operation(role), role));
  }

  operation(role: Role): Operation {
    return this.hands.operation(role.entry);
  }

  /** What another thing has to stand under, to be made and listed where this one is. */
  besides(thing: Thing): Readonly<Record<string, Json>> {
    const { create } = this.roles;
    return { ...thing.scope, ...(create?.kind === 'create' && this.hands.pathTo(create, thing)) };
  }

  /** Members that were sent and say something else than the path does: nobody knows which of the two counts. */
  contradicted(thing: Thing, sent: JsonObject): string[] {
    const besides = this.besides(thing);
    const path = Object.entries(besides);
    const { scope = [] } = this.roles.create ?? {};
    const { references } = this.resource;
    const isOther = (value: Json | undefined, said: Json | undefined): boolean =>
      value !== undefined && said !== undefined && scalarText(value) !== scalarText(said);
    const called = Object.entries(sent).flatMap(([name, value]) =>
      path.some(([parameter, said]) => isSameName(name, parameter) && isOther(value, said)) ? [name] : [],
    );
    const placed = scope.flatMap(({ parameter, resource, member }) => {
      const named = references.find((one) => !one.isList && one.resource === resource);
      const place = member ?? named?.member ?? [];
      const [name = ''] = place;
      // What is shown as `project.gid` may be sent as `project`.
      const said = isObject(sent[name]) ? readAt(sent, place) : sent[name];
      return isOther(said, besides[parameter]) ? [name] : [];
    });
    return [...new Set([...called, ...placed])];
  }

  /** A request that is about a thing; null, and nothing is sent, where neither its path nor its body says about which. */
  async ask(role: ItemRole, thing: Thing, title: string, more: Partial<Asked> = {}): Promise<Exchange | null> {
    const { key, isSingleton } = this.resource;
    const isTold = nameIn(role) !== null || role.kind === 'create' || role.body === null || isSingleton;
    const place = [...(role.body?.path ?? []), ...(key?.member ?? [])];
    if (!isTold && key !== null && more.body !== undefined && readAt(more.body, place) === undefined) return null;
    return this.hands.send({ entry: role.entry, path: this.hands.pathTo(role, thing), title, ...more });
  }

  /** Reads a thing; undefined where the document has no way to. */
  async read(thing: Thing, title: string, more: Partial<Asked> = {}): Promise<Reading | undefined> {
    const { read } = this.roles;
    const exchange = read && (await this.ask(read, thing, title, { mayBeMissing: true, ...more }));
    return read && exchange ? { exchange, row: rowIn(exchange, read), status: standingOf(exchange) } : undefined;
  }

  /** The list that a thing stands in, from its first page to its last, and what it shows of the thing. */
  async listOf(thing: Thing, row: Json, as?: Asked['as']): Promise<Listing | null> {
    const { list } = this.roles;
    if (list === undefined || this.resource.key === null) return null;
    const query = this.#filters(list, row);
    if (query === null) return null;
    const path = this.hands.pathTo(list, thing);
    const at = { role: list, path };
    const size = largestSize(this.operation(list), list);
    const walked = await walk(this.hands, at, query, size, pagesOfSearch, false, as);
    if (walked.pages.length === 0) return null;
    const all = walked.pages.flatMap(({ exchange, rows }) => rows.map((each) => ({ exchange, row: each })));
    // Items that show no key say nothing of which things they are.
    if (all.length > 0 && all.every((each) => keyOf(this.resource, each.row) === undefined)) return null;
    return {
      ...at,
      walked,
      found: all.find((each) => keyOf(this.resource, each.row) === scalarText(thing.key)) ?? null,
    };
  }

  /**
   * Values for filters without which the list cannot be asked for, or is not whole, as it leaves out by default what has
   * another value; null where nobody knows one.
   */
  #filters(list: ListRole, row: Json): Query | null {
    const operation = this.operation(list);
    let query: Query = {};
    const view = viewOf(operation.document);
    for (const { name, required, schema } of askables(operation)) {
      const role = list.query.find((each) => each.parameter === name);
      if (role?.role === 'size' || role?.role === 'page') continue;
      const parts = schema.problem === null ? view.certain(schema.pointer) : [];
      if (!required && !leavesOut(role, name, parts)) continue;
      const isTold = role?.role === 'filter' && !['ne', 'lt', 'gt', 'absent'].includes(role.operator);
      const value = isTold ? rowsValue(row, role.member) : undefined;
      const asked = role && value !== undefined ? withAsked(operation, query, role, value) : null;
      if (asked === null) return null;
      query = asked;
    }
    return query;
  }
}

/** Names of what changes the form of a list, and not what is in it. */
const form =
  /sort|order|dir|format|field|include|expand|embed|view|lang|locale|projection|pretty|unit|response|type$|alt$|count/i;

/** Whether a list without the parameter may be a part of what there is. */
function leavesOut(role: QueryRole | undefined, name: string, parts: readonly Part[]): boolean {
  const value = defaultOf(parts);
  if (value === undefined) return false;
  if (role?.role === 'filter') return !role.neutral.includes(scalarText(value));
  // What nobody knows the meaning of, and chooses among words.
  return role === undefined && listedValues(parts).length > 1 && !form.test(name);
}

export interface Reading {
  readonly exchange: Exchange;
  readonly row: JsonObject | null;
  readonly status: number | null;
}

export interface Listed {
  readonly exchange: Exchange;
  readonly row: Json;
}

/** The list that a thing stands in, page by page. */
export interface Listing extends ListAt {
  readonly walked: Walk;
  /** The thing in it; null where it is not there. */
  readonly found: Listed | null;
}

function rowsValue(row: Json, member: readonly string[]): Json | undefined {
  let value: Json | undefined = row;
  const [first = ''] = member;
  const isOpened = isHolderOfRow(first) && isObject(row) && !Object.hasOwn(row, first);
  for (const step of isOpened ? member.slice(1) : member)
    value = typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined;
  return Array.isArray(value) ? value[0] : value;
}

/** Of a thing that cannot be read; null where that says nothing of it: a refusal, a failure, a limit. */
export function isMissing(status: number | null): boolean | null {
  if (status === 404 || status === 410) return true;
  return status !== null && status >= 200 && status < 300 ? false : null;
}

/** `POST /things was answered with 201 (7)`. */
export function told(exchange: Exchange, thing?: Thing): string {
  const key = thing === undefined ? '' : ` (key ${JSON.stringify(thing.key)})`;
  const { received } = exchange;
  // What is refused in a body alone says so there.
  const words = outcomeOf(exchange) === received.status ? '' : ` ${excerptBytes(received.body)}`;
  return `${nameOf(exchange)} was answered with ${received.status ?? 'nothing'}${words}${key}`;
}

export function kept(exchange: Exchange): Outcome {
  return { exchange, said: null };
}

export function broken(exchange: Exchange, said: Said): Outcome {
  return { exchange, said };
}

export function tagOf({ received }: Exchange): string | undefined {
  return headerValues(received, 'etag')[0];
}
