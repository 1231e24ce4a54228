import type { Json, JsonObject } from './types.js';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for "found …". */
export function describe(value: Json | undefined): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object') {
    return 'an object';
  }
  return typeof value === 'string' ? shorten(JSON.stringify(value)) : `the ${typeof value} ${value}`;
}

const shownLength = 80;

function shorten(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…"` : text;
}
