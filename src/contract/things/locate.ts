import { percentDecode, readPathKey } from '../../operation/index.js';
import type { Resource } from '../../resource/index.js';

/**
 * What a Location names, relative to the request that got it (RFC 9110, 10.2.2), as the target below its base path knows it.
 * @param from the target of that request
 * @param item where the paths of the document begin, where they do not begin with that request's own
 */
export function targetOf(location: string, from: string, { item }: Pick<Resource, 'item'>): string | null {
  const base = `http://localhost${from}`;
  if (!URL.canParse(location, base)) return null;
  const { pathname, search } = new URL(location, base);
  const [collection = ''] = from.split('?', 1);
  // A prefix, be it the base path or one that only a gateway knows, is not for what stands below it.
  const at = pathname.indexOf(collection);
  if (at >= 0) return pathname.slice(at) + search;
  const segments = segmentsOf(pathname);
  const { length } = item === null ? [] : segmentsOf(readPathKey(item).path);
  const isBelow = segments.length > length && isItems({ item }, location);
  return (isBelow ? `/${segments.slice(-length).join('/')}` : pathname) + search;
}

/** Whether an address ends in a whole path of items, and not in a key alone. */
export function isItems({ item }: Pick<Resource, 'item'>, address: string): boolean {
  if (item === null || locate({ item }, address) === null) return false;
  const { pathname } = new URL(address, 'http://localhost');
  return segmentsOf(pathname).length >= segmentsOf(readPathKey(item).path).length;
}

/** What a Location (RFC 9110, 10.2.2) names, wherever the paths of the document begin in it; null where it is no item's. */
export function locate(
  { item }: Pick<Resource, 'item'>,
  location: string | undefined,
): { readonly key: string; readonly values: Readonly<Record<string, string>> } | null {
  if (item === null || location === undefined || !URL.canParse(location, 'http://localhost')) return null;
  const template = segmentsOf(readPathKey(item).path);
  const found = segmentsOf(new URL(location, 'http://localhost').pathname).slice(-template.length);
  // A reference relative to the collection has the key alone.
  const shown = template.slice(template.length - found.length);
  const values: Record<string, string> = {};
  let key: string | null = null;
  for (const [index, expected] of shown.entries()) {
    const name = /^\{([^{}]+)\}$/.exec(expected)?.[1];
    const segment = found[index] ?? '';
    const text = percentDecode(segment) ?? segment;
    if (name === undefined && expected !== text) return null;
    if (name === undefined) continue;
    values[name] = text;
    key = index === shown.length - 1 ? text : null;
  }
  return key === null || key === '' ? null : { key, values };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
