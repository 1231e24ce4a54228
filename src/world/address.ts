import { isSameName, type Resource, readAt, setAt, shortFormsOf } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { percentEncoded } from '../text/percent.js';
import { child } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf, remembering } from '../text/words.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import { ownAddressNames } from './own-address.js';
import { withPathName } from './path-name.js';

/** Stands in rows for the origin by which the mock is asked, which no row knows (RFC 2606, 2). */
export const ownOrigin = 'http://origin-of-this-mock.invalid';

/** A row that links, and where it stands. */
interface Linking {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly ground: Ground;
  /** Whether a member of it may be changed: what a client sends stays as it is. */
  isOurs(name: string): boolean;
  isValid(row: Json): boolean;
}

/** A link in a row, with the path that it leads to. */
interface Link {
  readonly place: readonly string[];
  readonly path: string;
  /** Whether an address with its origin is usual there. */
  readonly isWhole: boolean;
}

/**
 * A made row whose links lead to where they say that they do: to itself (`self`, `selfLink`, `_links.self.href`, and `url` where that is
 * of the API), to what stands below it (`comments_url`), to what it is nested under, and to rows that it names. A path, or where
 * it has to be absolute an address at `ownOrigin`. What it is called together with its owner (`full_name`) says both.
 */
export function addressed(row: Json, linking: Linking, key: Json): Json {
  if (!isObject(row)) return row;
  return withPathName(linked(row, linking, scalarText(key)), linking, scalarText(key));
}

function linked(row: JsonObject, linking: Linking, key: string): Json {
  const { isValid } = linking;
  const links = linksIn(row, linking, key);
  if (links.length === 0) return row;
  const written = ({ path, isWhole }: Link) => (isWhole ? [ownOrigin + path, path] : [path, ownOrigin + path]);
  const left = links.filter((link) => !written(link).includes(scalarText(readAt(row, link.place))));
  if (left.length === 0) return row;
  const all = left.reduce<Json>((whole, link) => setAt(whole, link.place, written(link)[0] ?? ''), row);
  if (isValid(all)) return all;
  return left.reduce<Json>((whole, link) => {
    const ways = written(link).map((way) => setAt(whole, link.place, way));
    return ways.find(isValid) ?? whole;
  }, row);
}

function linksIn(row: Readonly<Record<string, Json>>, linking: Linking, key: string): readonly Link[] {
  let links: Link[] = none;
  for (const name of Object.keys(row)) {
    const value = row[name] as Json;
    if (typeof value !== 'string' && !isObject(value)) continue;
    const words = phraseOf(name);
    const isHolding = isObject(value) && holderNames.test(words);
    if ((typeof value !== 'string' && !isHolding) || !linking.isOurs(name)) continue;
    for (const { place, target, isWhole } of isHolding ? heldIn(value, words) : memberIn(name, value, linking)) {
      const path = pathTo(target, row, linking, key);
      if (path !== null) links = [...links, { place: [name, ...place], path, isWhole }];
    }
  }
  return links;
}

const none: Link[] = [];

/** A place in which something stands that is called as what it leads to is. */
interface Called {
  readonly place: readonly string[];
  readonly target: string;
  readonly isWhole: boolean;
}

function memberIn(name: string, value: Json, { resource, ground }: Linking): readonly Called[] {
  const words = phraseOf(name);
  const { isSelf, of } = calledLink(words);
  const target = isSelf || ownAddressNames(resource, ground).includes(name) ? 'self' : of;
  // What is only called like something else has to be an address.
  const isAddress = target !== undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(scalarText(value));
  return isAddress ? [{ place: [], target: target ?? words, isWhole: !isSelf }] : nothing;
}

const nothing: readonly Called[] = [];

/** What a member that is called so links to, as far as its name says that it does. */
const calledLink = remembering((words) => ({ isSelf: ownNames.test(words), of: linkNames.exec(words)?.[1] }));

/** The links in an object of them: `_links` (HAL), those of relationships (JSON:API 1.1, 7.6), `meta.location` (RFC 7643, 3.1). */
function* heldIn(holder: JsonObject, holding: string): Generator<Called> {
  for (const [name, value] of Object.entries(holder)) {
    const words = phraseOf(name);
    const isSelf = ownNames.test(words);
    if (holding === 'relationships') {
      for (const [way, target] of [
        ['self', `relationships/${words}`],
        ['related', words],
      ] as const) {
        const place = ['links', way];
        if (typeof readAt(value, place) === 'string') yield { place: [name, ...place], target, isWhole: false };
      }
    } else if (holding === 'meta') {
      if (isSelf || words === 'location') yield { place: [name], target: 'self', isWhole: !isSelf };
    } else if (typeof value === 'string' || typeof child(value, 'href') === 'string') {
      const place = typeof value === 'string' ? [name] : [name, 'href'];
      yield { place, target: isSelf ? 'self' : words, isWhole: false };
    }
  }
}

const ownNames = /^self( (link|url|uri|href))?$/;
const linkNames = /^(.+) (?:link|url|uri|href)$/;
const holderNames = /^(links|meta|relationships)$/;

/** The path that a link of a name leads to; null where nothing is known to be called so. */
function pathTo(name: string, row: Json, { resource, scope, ground }: Linking, key: string): string | null {
  const target = targetOf(name, resource, ground);
  if (target === null) return null;
  const own = resource.isSingleton ? scope : [...scope, key];
  switch (target.kind) {
    case 'own':
      return filled(target.path, own);
    case 'above':
      return filled(target.path, own.slice(0, target.depth));
    case 'named': {
      const held = readAt(row, target.member);
      const under = scopeFor(target.resource, resource, scope);
      if (under === null || (typeof held !== 'string' && typeof held !== 'number')) return null;
      return filled(target.resource.item, [...under, scalarText(held)]);
    }
  }
}

type Target =
  | { readonly kind: 'own'; readonly path: string }
  | { readonly kind: 'above'; readonly path: string; readonly depth: number }
  | { readonly kind: 'named'; readonly resource: Resource; readonly member: readonly string[] };

const targets = new WeakMap<Resource, Map<string, Target | null>>();

function targetOf(name: string, resource: Resource, ground: Ground): Target | null {
  const known = targets.get(resource) ?? new Map<string, Target | null>();
  targets.set(resource, known);
  const target = known.get(name) ?? (known.has(name) ? null : findTarget(name, resource, ground));
  known.set(name, target);
  return target;
}

function findTarget(name: string, resource: Resource, { operations }: Ground): Target | null {
  const { item, references, scope } = resource;
  if (item === null) return null;
  if (name === 'self') return { kind: 'own', path: item };
  const stem = item.replace(/\/$/, '');
  const below = operations.entries.find(({ path }) => {
    const rest = path.startsWith(`${stem}/`) ? path.slice(stem.length + 1).replace(/\/$/, '') : '';
    return rest !== '' && !rest.includes('{') && isSamePath(rest, name);
  });
  if (below !== undefined) return { kind: 'own', path: below.path };
  const named = references.find(({ member: [first = ''], isList }) => {
    const noun = phraseOf(first).replace(/ (?:id|key|uuid|name)$/, '');
    return !isList && noun === name;
  });
  if (named !== undefined) return { kind: 'named', resource: named.resource, member: named.member };
  const depth = scope.findLastIndex(({ resource: above }) => {
    const noun = above?.item == null ? '' : (above.name.split('.').at(-1) ?? '');
    return noun !== '' && (isSameName(noun, name) || shortFormsOf(name).some((short) => isSameName(noun, short)));
  });
  const path = scope[depth]?.resource?.item;
  return path == null ? null : { kind: 'above', path, depth: depth + 1 };
}

/** Whether a path says what a name does: `relationships/author`, and `pull-requests` for `pull requests`. */
function isSamePath(path: string, name: string): boolean {
  const [steps, words] = [path.split('/'), name.split('/')];
  return steps.length === words.length && steps.every((step, index) => isSameName(step, words[index] ?? ''));
}

/** A path with values for its parameters; null where it has others than these. */
function filled(template: string | null, values: readonly string[]): string | null {
  const parts = template?.split(/\{[^{}]*\}/) ?? [];
  if (parts.length !== values.length + 1) return null;
  return parts.map((part, index) => part + percentEncoded(values[index] ?? '')).join('');
}
