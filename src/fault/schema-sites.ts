import type { Document } from '../document/types.js';
import type { JsonObject } from '../text/value.js';
import { isObject } from '../text/value.js';
import type { Site } from './types.js';

/** Enough for any schema that a person wrote; a recursive one ends where it meets itself. */
const mostNodes = 400;

/** An object schema met on the way down, and where it stands. */
export interface SchemaNode {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/**
 * Every schema that must hold somewhere below the one at `pointer`, references followed, each once, nearest
 * first. What stands under `not`, `if` and `propertyNames` is left out: to break it breaks nothing by itself.
 */
export function* schemaNodes(document: Document, pointer: string): Generator<SchemaNode> {
  const seen = new Set<string>();
  const waiting = [pointer];
  for (let next = waiting.shift(); next !== undefined && seen.size < mostNodes; next = waiting.shift()) {
    const schema = document.at(next);
    if (seen.has(next) || !isObject(schema)) continue;
    seen.add(next);
    yield { schema, pointer: next };
    waiting.push(...samePlace(document, schema, next), ...membersAndItems(schema, next));
  }
}

/** The schemas that look at the same value. */
export function samePlace(document: Document, schema: JsonObject, pointer: string): string[] {
  const pointers: string[] = [];
  if (typeof schema.$ref === 'string') pointers.push(document.resolve({ $ref: schema.$ref }, pointer).pointer);
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) pointers.push(...listed(schema, pointer, keyword));
  return pointers;
}

function membersAndItems(schema: JsonObject, pointer: string): string[] {
  const pointers = listed(schema, pointer, 'prefixItems');
  for (const keyword of ['items', 'additionalProperties', 'contains', 'then', 'else'] as const) {
    if (isObject(schema[keyword])) pointers.push(`${pointer}/${keyword}`);
  }
  for (const keyword of ['properties', 'patternProperties'] as const) {
    const map = schema[keyword];
    if (!isObject(map)) continue;
    for (const name of Object.keys(map)) pointers.push(`${pointer}/${keyword}/${escapeToken(name)}`);
  }
  return pointers;
}

function listed(schema: JsonObject, pointer: string, keyword: string): string[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.map((_, index) => `${pointer}/${keyword}/${index}`) : [];
}

/** The places of `keywords` in the schemas that must hold below `pointer`. */
export function sitesOf(document: Document, pointer: string, keywords: readonly string[]): Site[] {
  const sites: Site[] = [];
  for (const node of schemaNodes(document, pointer)) {
    for (const keyword of keywords) {
      if (Object.hasOwn(node.schema, keyword)) sites.push({ pointer: `${node.pointer}/${keyword}`, keyword });
    }
  }
  return sites;
}

export function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
