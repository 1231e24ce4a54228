import { type HttpRequest, headerOf } from '../operation/index.js';
import { keyOf, type Role } from '../resource/index.js';
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
