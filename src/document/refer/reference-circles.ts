import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Link } from './reference.js';

/** One link of each circle of references that lead only to references. */
export function circles(links: readonly Link[]): Link[] {
  const next = new Map<JsonObject, Link>();
  for (const link of links) {
    const { value } = link.target;
    if (link.site.member === '$ref' && isObject(value) && typeof value.$ref === 'string') {
      next.set(link.site.holder, link);
    }
  }
  const found: Link[] = [];
  const settled = new Set<JsonObject>();
  for (const start of next.keys()) {
    const path = new Set<JsonObject>();
    let holder: JsonObject | undefined = start;
    while (holder !== undefined && !settled.has(holder) && !path.has(holder)) {
      path.add(holder);
      const value: Json | undefined = next.get(holder)?.target.value;
      holder = isObject(value) && next.has(value) ? value : undefined;
    }
    if (holder !== undefined && path.has(holder)) found.push(next.get(holder) as Link);
    for (const seen of path) settled.add(seen);
  }
  return found;
}
