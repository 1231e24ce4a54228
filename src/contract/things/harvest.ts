import type { Operation, Operations } from '../../operation/index.js';
import {
  type ItemRole,
  keyInName,
  listedIn,
  memberTelling,
  nameIn,
  type Resource,
  type Resources,
  type Role,
  readAt,
  shownRow,
  valuesAt,
} from '../../resource/index.js';
import type { Schema } from '../../schema/index.js';
import { viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { bodyJson, declaredResponse, headerValues } from '../checks/received.js';
import type { Exchange } from '../types.js';
import { valuesOfLinks } from './links.js';
import { locate } from './locate.js';
import { pathValuesOf } from './path-values.js';
import { sentBody } from './sent-body.js';

/** From where a thing is known, best first. `made`: by this run, so that this run may change and remove it. */
export const origins = ['made', 'listed', 'location', 'link', 'member'] as const;
export type Origin = (typeof origins)[number];

/** A thing that exists on the target, as far as the run knows. */
export interface Thing {
  readonly resource: Resource;
  /** Values of the path parameters that name its ancestors, by the names in `resource.scope`. */
  readonly scope: Readonly<Record<string, Json>>;
  /** The path parameters of the request that told of it: it may be made and listed under something that its own path does not name. */
  readonly under: Readonly<Record<string, Json>>;
  /** null for a singleton. */
  readonly key: Json;
  /** As it was last seen; null where only its key is known. */
  readonly row: JsonObject | null;
  readonly origin: Origin;
  /** What told of it: `GET /pets`. */
  readonly from: string;
}

export function idOf({ resource, scope, key }: Pick<Thing, 'resource' | 'scope' | 'key'>): string {
  return JSON.stringify([
    resource.name,
    ...resource.scope.map(({ parameter }) => scalarText(scope[parameter])),
    scalarText(key),
  ]);
}

export function standsUnder({ resource, scope }: Thing, above: Thing): boolean {
  const line = [...above.resource.scope, { parameter: null, resource: above.resource }];
  return line.every(({ parameter, resource: each }) => {
    const value = parameter === null ? above.key : above.scope[parameter];
    const own = resource.scope.find((one) => (each === null ? one.parameter === parameter : one.resource === each));
    return own !== undefined && value !== undefined && isSame(scope[own.parameter], value);
  });
}

/** In a path a number and its digits are the same. */
export function isSame(a: Json | undefined, b: Json): boolean {
  return a !== undefined && scalarText(a) === scalarText(b);
}

/** What an accepted exchange says to exist: rows of lists, what a create made, Location, links, members that are keys. */
export function harvest(exchange: Exchange, resources: Resources, operations: Operations): Thing[] {
  return [...new Harvest(exchange, resources, operations).things()];
}

/** So many rows of one answer are looked at. */
const mostRows = 50;

class Harvest {
  readonly #exchange: Exchange;
  readonly #resources: Resources;
  readonly #operations: Operations;
  readonly #role: Role | undefined;
  readonly #path: Readonly<Record<string, string>>;
  readonly #from: string;

  constructor(exchange: Exchange, resources: Resources, operations: Operations) {
    const { operation, request } = exchange;
    this.#exchange = exchange;
    this.#resources = resources;
    this.#operations = operations;
    this.#role = resources.roleOf(operation.id);
    this.#path = pathValuesOf(operations, resources, request) ?? {};
    this.#from = `${operation.method} ${operation.path}`;
  }

  *things(): Iterable<Thing> {
    const json = bodyJson(this.#exchange.received);
    const body = json.ok ? (json.value as Json) : undefined;
    const role = this.#role;
    if (role !== undefined) {
      const rows = rowsOf(role, this.#describesOther(role) ? undefined : body);
      if (role.kind === 'list') for (const row of rows) yield* this.#listed(role.resource, row);
      else yield* this.#one(role, rows);
      for (const row of rows) yield* this.#members(role.resource, row);
    }
    yield* this.#manyMade(body);
    yield* this.#located();
    const { document } = this.#operations;
    for (const { target, values } of valuesOfLinks(this.#exchange, this.#path, document, this.#operations)) {
      const named = this.#resources.named(target);
      const last = named.at(-1);
      const key = last && values[last.parameter];
      if (!last?.resource || key === undefined || !isKey(key)) continue;
      const scope = this.#scope(last.resource, undefined, named, values);
      if (scope !== null) yield this.#thing(last.resource, scope, key, null, 'link');
    }
  }

  /** Whether what the document has the answer show is no such thing, though a member of it is called like the key. */
  #describesOther({ answer, resource: { key } }: Role): boolean {
    const { document } = this.#operations;
    const view = viewOf(document);
    const [member] = key?.member ?? [];
    const declared = answer === null && member !== undefined ? declaredResponse(this.#exchange)?.content : undefined;
    return (
      declared?.some(({ schema }) => schema && view.member(view.certain(schema.pointer), member ?? '').length > 0) ??
      false
    );
  }

  *#listed(resource: Resource, row: JsonObject, origin: Origin = 'listed'): Iterable<Thing> {
    const key = keyIn(resource, row);
    const scope = this.#scopeHere(resource, row);
    if (key !== undefined && scope !== null) yield this.#thing(resource, scope, key, row, origin);
  }

  /** What was made at once. What has the key that the client gave it may have been there before. */
  *#manyMade(body: Json | undefined): Iterable<Thing> {
    const { operation, request } = this.#exchange;
    const beside = this.#resources.besideOf(operation.id);
    if (beside?.as !== 'many' || body === undefined || beside.role.answer === null) return;
    const { resource, answer, many } = beside.role;
    const sent = readAt(sentBody(operation, request)?.value, many.path);
    const isNamed = (item: Json) => keyIn(resource, readAt(item, many.inside) as JsonObject) !== undefined;
    const origin = Array.isArray(sent) && sent.some(isNamed) ? 'listed' : 'made';
    for (const row of (listedIn(body, answer) ?? []).slice(0, mostRows))
      if (isObject(row)) yield* this.#listed(resource, row, origin);
  }

  /** What an operation on one thing says of it. */
  *#one(role: ItemRole, rows: readonly JsonObject[]): Iterable<Thing> {
    const { resource, kind } = role;
    const [row] = rows;
    if (kind === 'delete' || kind === 'delete-many') return;
    const isNew = kind === 'create' || this.#exchange.received.status === 201;
    const scope = this.#scopeHere(resource, row);
    const origin = isNew ? 'made' : 'listed';
    if (resource.isSingleton) {
      if (scope !== null && row !== undefined) yield this.#thing(resource, scope, null, row, origin);
      return;
    }
    const own = nameIn(role);
    const named = own === null ? undefined : this.#path[own];
    if (scope !== null && named !== undefined) {
      // An action below a thing may answer with another one.
      if (kind === 'action') return;
      const isNamed = (one: JsonObject) => scalarText(keyIn(resource, one)) === named;
      const shown = rows.find(isNamed) ?? (rows.length === 1 ? row : undefined);
      // What is put under a path that had nothing is there (RFC 9110, 9.3.4), whatever it calls itself.
      const key = isNew && !(shown && isNamed(shown)) ? named : (keyIn(resource, shown) ?? named);
      yield this.#thing(resource, scope, key, shown ?? null, origin);
      return;
    }
    if (kind === 'create') yield* this.#created(role, row, scope);
  }

  *#created(role: ItemRole, row: JsonObject | undefined, scope: Thing['scope'] | null): Iterable<Thing> {
    const { resource } = role;
    const key = keyIn(resource, row);
    const located = locate(resource, headerValues(this.#exchange.received, 'location')[0]);
    if (located !== null) {
      const { [resource.key?.parameter ?? '']: _key, ...above } = located.values;
      yield this.#thing(resource, scope ?? above, key ?? located.key, row ?? null, 'made');
    } else if (scope !== null) {
      const sent = key ?? toldKey(resource, row) ?? keyIn(resource, this.#sentRow(role));
      if (sent !== undefined) yield this.#thing(resource, scope, sent, row ?? null, 'made');
    }
  }

  /** What `Location` names where it is no new thing of the operation's own: a job, of 202 (RFC 9110, 15.3.3). */
  *#located(): Iterable<Thing> {
    const [location] = headerValues(this.#exchange.received, 'location');
    const found = namedBy(this.#resources, location);
    if (found === null || (this.#role?.kind === 'create' && this.#role.resource === found.resource)) return;
    const { [found.resource.key?.parameter ?? '']: _key, ...scope } = found.values;
    yield this.#thing(found.resource, scope, found.key, null, 'location');
  }

  /** The row in the body of the request: a client may choose the key, where it is not the server's alone. */
  #sentRow({ body: place, resource: { key } }: ItemRole): JsonObject | undefined {
    const { operation, request } = this.#exchange;
    const sent = place && sentBody(operation, request);
    if (!place || !sent) return undefined;
    const { content } = sent;
    const member = [...place.path, ...(key?.member ?? [])];
    if (content?.schema && isServers(operation, content.schema, member)) return undefined;
    const row = readAt(sent.value, place.path);
    return isObject(row) ? row : undefined;
  }

  *#members({ references }: Resource, row: JsonObject): Iterable<Thing> {
    for (const { member, resource } of references) {
      for (const key of valuesAt(row, member).flat(1)) {
        if (!isKey(key)) continue;
        const scope = this.#scopeHere(resource, undefined);
        const own = typeof key === 'string' ? keyInName(resource, key) : key;
        if (scope !== null) yield this.#thing(resource, scope, own, null, 'member');
      }
    }
  }

  #scopeHere(resource: Resource, row: JsonObject | undefined): Readonly<Record<string, Json>> | null {
    return this.#scope(resource, row, this.#resources.named(this.#exchange.operation), this.#path);
  }

  /** The ancestors of a thing: as the path names them, else as its own members do; null where one is not known. */
  #scope(
    { scope }: Resource,
    row: JsonObject | undefined,
    named: ReturnType<Resources['named']>,
    values: Readonly<Record<string, Json>>,
  ): Readonly<Record<string, Json>> | null {
    const found: Record<string, Json> = {};
    for (const [index, { parameter, resource, member }] of scope.entries()) {
      const isSame = (one: (typeof named)[number]) =>
        resource === null ? one.parameter === parameter : one.resource === resource;
      const here = named[index];
      const same = here !== undefined && isSame(here) ? here : named.find(isSame);
      const shown = member === null || row === undefined ? undefined : readAt(row, member);
      const value = (same && values[same.parameter]) ?? shown;
      if (value === undefined || !isKey(value)) return null;
      found[parameter] = value;
    }
    return found;
  }

  #thing(resource: Resource, scope: Thing['scope'], key: Json, row: JsonObject | null, origin: Origin): Thing {
    return { resource, scope, under: this.#path, key, row, origin, from: this.#from };
  }
}

/** The thing of any resource that an address names with all of a path of the document. */
export function namedBy({ all }: Resources, location: string | undefined) {
  if (location === undefined) return null;
  const found = all.flatMap((resource) => {
    const located = isWhole(resource, location) ? locate(resource, location) : null;
    return located === null || resource.key === null ? [] : [{ resource, ...located }];
  });
  return found.sort((a, b) => (b.resource.item?.length ?? 0) - (a.resource.item?.length ?? 0))[0] ?? null;
}

function isWhole({ item }: Resource, location: string): boolean {
  if (item === null || !URL.canParse(location, 'http://localhost')) return false;
  const [segments, own] = [new URL(location, 'http://localhost').pathname, item].map((path) => path.split('/').length);
  return /\/[^{}/]+\//.test(item) && (segments ?? 0) >= (own ?? 0);
}

function rowsOf({ answer, kind }: Role, body: Json | undefined): JsonObject[] {
  const listed = body === undefined || answer === null ? undefined : listedIn(body, answer);
  const found = kind === 'list' || body === undefined ? undefined : shownRow(body, answer ?? { path: [] });
  const rows = listed?.slice(0, mostRows) ?? [found];
  return rows.filter((row): row is JsonObject => isObject(row));
}

/** Whether a member of a request, or what it stands in, is `readOnly`. */
function isServers({ document }: Operation, { pointer }: Schema, path: readonly string[]): boolean {
  const view = viewOf(document);
  let parts = view.certain(pointer);
  for (const step of path) {
    const found = view.member(parts, step).map(({ to }) => to);
    if (view.isHidden('request', ...found)) return true;
    parts = view.certain(...found);
  }
  return false;
}

function keyIn({ key }: Resource, row: JsonObject | undefined): Json | undefined {
  const value = key === null || row === undefined ? undefined : readAt(row, key.member);
  if (value === undefined || !isKey(value)) return undefined;
  return typeof value === 'string' ? keyInName({ key }, value) : value;
}

/** The key of what was made, where an answer tells it by the name that others call such a thing by: `contact_id`. */
function toldKey(resource: Resource, row: JsonObject | undefined): Json | undefined {
  const value = row?.[memberTelling(resource, Object.keys(row)) ?? ''];
  return value !== undefined && isKey(value) ? value : undefined;
}

/** What can stand in a path and name something. */
function isKey(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
