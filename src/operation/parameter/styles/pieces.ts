import { scalarText, writeJson } from '../../../text/integers.js';
import { isObject } from '../../../text/value.js';
import { percentEncode } from '../../text.js';
import type { Cut, Field, Pair } from './style.js';

/** `R,100,G,200`, cut, as pairs. */
export function alternate(pieces: readonly string[]): Cut<Pair> {
  if (isEmpty(pieces)) return [];
  if (pieces.length % 2 !== 0) return null;
  const pairs: Pair[] = [];
  for (let index = 0; index < pieces.length; index += 2) pairs.push([pieces[index] ?? '', pieces[index + 1] ?? '']);
  return pairs;
}

/** `R=100,G=200`, cut, as pairs. */
export function assignments(pieces: readonly string[]): Cut<Pair> {
  if (isEmpty(pieces)) return [];
  const pairs: Pair[] = [];
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    if (equals < 0) return null;
    pairs.push([piece.slice(0, equals), piece.slice(equals + 1)]);
  }
  return pairs;
}

/** Whether nothing was cut: an empty string is an object without members. */
function isEmpty(pieces: readonly string[]): boolean {
  return pieces.length === 1 && pieces[0] === '';
}

export type Encode = (text: string) => string | null;

/** A string, number or boolean as it stands on the wire; null for what is none of these. */
export function primitiveText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? scalarText(value) : null;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}

/** An object where there is room for one string is JSON, as it is read (`literalReadings`). */
export function pieceOf(value: unknown, encode: Encode): string | null {
  const text = primitiveText(value) ?? (isObject(value) ? writeJson(value) : null);
  return text === null ? null : encode(text);
}

/** The pieces of a value between its delimiters; for an object `R,100` or, exploded, `R=100`. */
export function piecesOf(value: unknown, explode: boolean, encode: Encode): (string | null)[] {
  if (Array.isArray(value)) return value.map((item) => pieceOf(item, encode));
  if (!isObject(value)) return [pieceOf(value, encode)];
  return Object.entries(value).flatMap(([name, item]) => {
    const key = encode(name);
    if (!explode) return [key, pieceOf(item, encode)];
    return [key?.includes('=') ? null : assign(key, pieceOf(item, encode))];
  });
}

/** null where any piece is, or where there is none: an empty list is undefined in RFC 6570, 2.3. */
export function join(separator: string, pieces: readonly (string | null)[]): string | null {
  return pieces.length === 0 || pieces.includes(null) ? null : pieces.join(separator);
}

/** `name=text`. */
export function assign(name: string | null, text: string | null): string | null {
  return name === null || text === null ? null : `${name}=${text}`;
}

/** Pairs, each with a name: of a query or a form, or of a Cookie field. */
export function joinPairs(field: Field, pairs: readonly (readonly [name: string, value: unknown])[]): string | null {
  const pieces = pairs.map(([name, value]) => assign(percentEncode(name), pieceOf(value, percentEncode)));
  return join(field.in === 'cookie' ? '; ' : '&', pieces);
}

export function prefix(start: string, text: string | null): string | null {
  return text === null ? null : start + text;
}
