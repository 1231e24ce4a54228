import type { Document } from '../../document/index.js';
import { isObject, type JsonObject } from '../../text/value.js';

const known = new WeakMap<Document, (tag: string) => string>();

/**
 * The name of a tag as a person reads it, behind those that it is nested under (Tag Object, OpenAPI 3.2, 4.23):
 * `External › Partners`. What was usual before 3.2, `x-displayName` and `x-tagGroups`, says the same.
 */
export function tagPathIn(document: Document): (tag: string) => string {
  const earlier = known.get(document);
  if (earlier !== undefined) return earlier;
  const { tags, 'x-tagGroups': groups } = document.root;
  const byName = new Map<string, JsonObject>();
  for (const tag of Array.isArray(tags) ? tags : []) {
    if (isObject(tag) && typeof tag.name === 'string') byName.set(tag.name, tag);
  }
  const groupOf = new Map<string, string>();
  for (const group of Array.isArray(groups) ? groups : []) {
    const members = isObject(group) && Array.isArray(group.tags) ? group.tags : [];
    for (const member of members) groupOf.set(String(member), String((group as JsonObject).name ?? ''));
  }
  const nameOf = (tag: string) => {
    const { summary, 'x-displayName': display } = byName.get(tag) ?? {};
    return [summary, display, tag].find((text) => typeof text === 'string') as string;
  };
  const pathOf = (tag: string): string => {
    const path: string[] = [];
    const seen = new Set<string>();
    for (let at: unknown = tag; typeof at === 'string' && !seen.has(at); at = byName.get(at)?.parent) {
      seen.add(at);
      path.unshift(nameOf(at));
    }
    const group = groupOf.get(tag);
    return (group === undefined || path.length > 1 ? path : [group, ...path]).join(' › ');
  };
  known.set(document, pathOf);
  return pathOf;
}
