/** The JSON Pointer (RFC 6901) of these reference tokens; '' for none. */
import type { Json } from './value.js';
export function pointerOf(...segments: readonly (string | number)[]): string {
  let pointer = '';
  for (const segment of segments) pointer += `/${escapeToken(segment)}`;
  return pointer;
}

/**
 * The reference tokens of a JSON Pointer (RFC 6901); also of its URI fragment form (section 6), whose
 * percent-encoding is undone. What does not begin with `/` after an optional `#` has none.
 */
export function parsePointer(pointer: string): string[] {
  const text = pointer.startsWith('#') ? decodeFragment(pointer.slice(1)) : pointer;
  if (!text.startsWith('/')) return [];
  return text.slice(1).split('/').map(unescapeToken);
}

/** A pointer as the value of `$ref`: what a URI fragment may not hold (RFC 3986, 3.5) is percent-encoded. */
export function referenceTo(pointer: string): string {
  return `#${pointer.replaceAll(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]/gu, encodeCharacter)}`;
}

/** A surrogate without its other half has no UTF-8, so it stays as it is. */
function encodeCharacter(character: string): string {
  return /\p{Surrogate}/u.test(character) ? character : encodeURIComponent(character);
}

/** What percent-encoding stands for; as it is where it is broken. */
export function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** One step of a pointer: an own member or an item, never anything inherited. */
export function child(value: Json | undefined, segment: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(segment) ? value[Number(segment)] : undefined;
  return Object.hasOwn(value, segment) ? value[segment] : undefined;
}

/** The list that an object has under a name; empty where it has none. */
export function childList(value: Json, name: string): readonly Json[] {
  const list = child(value, name);
  return Array.isArray(list) ? list : [];
}

/** The value at a pointer, or undefined. */
export function valueAt(root: Json | undefined, segments: readonly string[]): Json | undefined {
  let value = root;
  for (const segment of segments) {
    value = child(value, segment);
    if (value === undefined) return undefined;
  }
  return value;
}

function escapeToken(segment: string | number): string {
  const text = String(segment);
  return text.includes('~') || text.includes('/') ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
}

function unescapeToken(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token;
}
