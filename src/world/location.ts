import { type HttpRequest, headerOf, type RequestValues } from '../operation/index.js';
import { keyOf, type Role } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { percentEncoded } from '../text/percent.js';
import type { Json } from '../text/value.js';
import type { WorldRequest } from './exchange.js';
import { isNamedByPath } from './ground.js';

/**
 * Where a new row is, relative to the request, or absolute.
 * @param called what a path calls it, where no member of it says so
 */
export function locationsOf(
  role: Pick<Role, 'resource' | 'path'>,
  { request }: WorldRequest,
  row: Json | null,
  called?: string,
): readonly Json[] {
  const { resource, path: declared } = role;
  const path = request.target.split(/[?#]/, 1)[0] ?? '';
  const { item, key, collection } = resource;
  // What is put is where it is put to.
  if (declared === item) return [path, `${originOf(request)}${path}`];
  const member = row === null ? undefined : keyOf(resource, row);
  const value = key === null && isNamedByPath(resource) ? called : member;
  if (item === null || value === undefined) return [];
  const named = percentEncoded(value);
  const isBelow = declared === collection || declared === item.replace(/\/\{[^{}]*\}[^{}/]*\/?$/, '');
  // What ends as its collection does (`/pets.json`) has its key before that.
  const ending = /\}([^{}/]*\/?)$/.exec(item)?.[1] ?? '';
  const stem = ending !== '' && path.endsWith(ending) ? path.slice(0, -ending.length) : path.replace(/\/$/, '');
  const below = `${stem}/${named}${ending}`;
  return isBelow ? [below, `${originOf(request)}${below}`] : [];
}

export function originOf(request: HttpRequest): string {
  return `http://${headerOf(request, 'host') ?? 'localhost'}`;
}

/**
 * Where a row is, as a path with the values that stand in it; null where it has none of its own.
 * @param path the values of the path by which it was come to
 */
export function placeAt(
  { resource, scope }: Pick<Role, 'resource' | 'scope'>,
  path: RequestValues['path'],
  row: Json,
  called: string | undefined,
): string | null {
  const own = called ?? keyOf(resource, row);
  if (resource.item === null || (own === undefined && !resource.isSingleton)) return null;
  const above = resource.scope.map((_, index) => path[scope[index]?.parameter ?? '']);
  const values = [...above, ...(own === undefined ? [] : [own])];
  if (values.includes(undefined)) return null;
  return resource.item.replaceAll(/\{[^{}]*\}/g, () => scalarText(values.shift()));
}

/** A path of the document with the values that stand in it. */
export const placeOf = (path: string, values: RequestValues['path']): string =>
  path.replaceAll(/\{([^{}]*)\}/g, (_, name) => scalarText(values[name]));
