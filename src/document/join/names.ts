import { addAll } from '../../text/many.js';
import { pointerOf, valueAt } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { embeddedFiles } from '../read/origins.js';
import { pathsIn } from './mounts.js';
import type { Part } from './part.js';

/** What one of several documents has to call otherwise, by kind of thing and by its own name. */
export interface Renaming {
  readonly operations: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** Reference tokens of what stands elsewhere in the whole. */
  readonly moves: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  /** Where the member of a map of the root stands in the whole; the same where it stays. */
  moved(...from: readonly string[]): readonly string[];
}

/** Root members that become those of the whole, or whose members do. */
const known = ['openapi', 'info', 'servers', 'security', 'tags', 'externalDocs', 'paths', 'webhooks', 'components'];

/**
 * Gives what several documents have the name `LABEL.NAME`, in each of them: so no name depends on their order. A security scheme that is
 * the same in all is one.
 */
export function renamingsOf(parts: readonly Part[]): Renaming[] {
  const operations = parts.map(operationIds);
  const tags = parts.map(tagNames);
  const places = parts.map(({ root }) => placesIn(root));
  const shared = {
    operations: inSeveral(operations),
    tags: inSeveral(tags),
    places: inSeveral(places.map((each) => each.map(keyOf))),
  };
  return parts.map(({ label, mount, root }, index) => {
    const named = (all: Iterable<string>, several: ReadonlySet<string>) =>
      new Map([...all].filter((name) => several.has(name)).map((name) => [name, `${label}.${name}`]));
    const moves = (places[index] ?? [])
      .filter((place) => shared.places.has(keyOf(place)) && !isSame(parts, place))
      .map((from) => ({ from, to: [...from.slice(0, -1), `${label}.${from.at(-1)}`] }));
    if (mount.path !== '')
      addAll(
        moves,
        pathsIn(root).map((path) => ({ from: ['paths', path], to: ['paths', mounted(mount.path, path)] })),
      );
    const others = Object.keys(root).filter((name) => !known.includes(name) && name !== embeddedFiles);
    addAll(
      moves,
      others.map((name) => ({ from: [name], to: [embeddedFiles, label, name] })),
    );
    const byKey = new Map(moves.map(({ from, to }) => [keyOf(from), to]));
    return {
      operations: named(operations[index] ?? [], shared.operations),
      tags: named(tags[index] ?? [], shared.tags),
      moves,
      moved: (...from) => byKey.get(keyOf(from)) ?? from,
    };
  });
}

/** A path below where its document is served. */
export const mounted = (mount: string, path: string): string => `${mount}${path.startsWith('/') ? path : `/${path}`}`;

const keyOf = (segments: readonly string[]): string => pointerOf(...segments);

/** What may be in more than one list. */
function inSeveral(lists: readonly Iterable<string>[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const list of lists) {
    for (const name of new Set(list)) {
      if (seen.has(name)) several.add(name);
      seen.add(name);
    }
  }
  return several;
}

function operationIds({ frames }: Part): Set<string> {
  return new Set(frames.operation.map(({ value }) => value.operationId).filter((id) => typeof id === 'string'));
}

function tagNames({ root, frames }: Part): Set<string> {
  const declared = (Array.isArray(root.tags) ? root.tags : []).map((tag) => (isObject(tag) ? tag.name : null));
  const used = frames.operation.flatMap(({ value }) => (Array.isArray(value.tags) ? value.tags : []));
  return new Set([...declared, ...used].filter((name) => typeof name === 'string'));
}

/** The maps of the root whose members become those of the whole. */
export function placesIn(root: JsonObject): string[][] {
  const components = isObject(root.components) ? Object.keys(root.components) : [];
  const maps = [['webhooks'], [embeddedFiles], ...components.map((section) => ['components', section])];
  return maps.flatMap((map) => {
    const held = valueAt(root, map);
    return isObject(held) ? Object.keys(held).map((name) => [...map, name]) : [];
  });
}

/** Whether it is a security scheme that says the same wherever it is. */
function isSame(parts: readonly Part[], place: readonly string[]): boolean {
  if (place[1] !== 'securitySchemes') return false;
  const all = parts.map(({ root }) => valueAt(root, place)).filter((scheme) => scheme !== undefined);
  return new Set(all.map(written)).size === 1 && !all.some((scheme) => isObject(scheme) && '$ref' in scheme);
}

/** As JSON, the same for the same members in another order; without what is for people. */
function written(value: Json): string {
  return JSON.stringify(value, (name, inner) => {
    if (name === 'description') return undefined;
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  });
}
