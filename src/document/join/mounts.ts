import { filledUrl } from '../../text/server-url.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Document } from '../document.js';

/** Where a document is served among others. */
export interface Mount {
  /** What is written before each of its paths; '' for nothing. */
  readonly path: string;
  /** Whether that stands in the place of what its servers say, and not for it. */
  readonly isGiven: boolean;
}

/** A path that is given, with one slash before it and none behind. */
export const prefixOf = (given: string): string => `/${given}`.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');

/**
 * Where each of several documents is served: under its prefix, or under its own base path where another one has a path of it,
 * or else as if it were alone.
 */
export function mountsOf(
  parts: readonly { readonly document: Document; readonly prefix?: string | undefined }[],
): Mount[] {
  const given = parts.map(({ prefix }) => (prefix === undefined ? null : prefixOf(prefix)));
  const owners = new Map<string, Set<number>>();
  for (const [index, { document }] of parts.entries()) {
    for (const path of pathsIn(document.root)) {
      const key = shapeOf((given[index] ?? '') + path);
      owners.set(key, (owners.get(key) ?? new Set()).add(index));
    }
  }
  const shared = new Set([...owners.values()].filter(({ size }) => size > 1).flatMap((indices) => [...indices]));
  return parts.map(({ document }, index) => {
    const prefix = given[index];
    if (prefix !== undefined && prefix !== null) return { path: prefix, isGiven: true };
    return { path: shared.has(index) ? basePathOf(document.root.servers) : '', isGiven: false };
  });
}

/** A path without what its parameters are called. */
export const shapeOf = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');

export function pathsIn({ paths }: JsonObject): string[] {
  return Object.keys(isObject(paths) ? paths : {}).filter((path) => !path.startsWith('x-'));
}

/** The scheme and authority of a URL, where it has them; they may hold variables. */
const origin = /^(?:[^/?#]*:)?\/\/[^/?#]*/;

/** The base path of the first of some Server Objects (OpenAPI 3.2, 4.5), with the defaults of its variables; '' for none. */
function basePathOf(servers: Json | undefined): string {
  const [first] = Array.isArray(servers) ? servers : [];
  return isObject(first) ? pathOf(first) : '';
}

function pathOf(server: JsonObject): string {
  const path = prefixOf(
    filledUrl(server)
      .replace(/[?#].*$/s, '')
      .replace(origin, ''),
  );
  // What stands for anything is no part of a path that is written down.
  return path.includes('{') ? '' : path;
}

/** Server Objects whose base path is written into the paths, without it. */
export function serversWithout({ path, isGiven }: Mount, servers: readonly Json[]): Json[] {
  return servers.map((server) => {
    if (path === '' && !isGiven) return server;
    if (!isObject(server) || typeof server.url !== 'string') return server;
    const own = pathOf(server);
    const rest = !isGiven && own.endsWith(path) ? own.slice(0, own.length - path.length) : '';
    const [before] = origin.exec(server.url) ?? origin.exec(filledUrl(server)) ?? [''];
    return { ...server, url: `${before}${rest}` || '/' };
  });
}
