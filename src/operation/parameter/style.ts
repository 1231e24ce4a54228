import { trimBlanks } from '../text.js';
import type { Parameter } from '../types.js';
import type { Decode } from './pairs.js';

/** How a value is laid out on the wire (OpenAPI 3.1, 4.8.12: Style Values). */
export interface Layout {
  readonly name: string;
  readonly style: Parameter['style'];
  readonly explode: boolean;
  readonly decode: Decode;
  /** Header values may have blanks around their commas (RFC 9110, 5.6.1). */
  readonly trim: boolean;
}

/** Strings cut apart at the delimiters of a style; null where they do not follow it. */
export type Cut<Piece> = readonly Piece[] | null;

const queryDelimiters = {
  spaceDelimited: /%20|\+| /,
  // OpenAPI 3.0 and 3.1.0 show `|`, 3.1.1 `%7C`, which is all that RFC 3986 allows.
  pipeDelimited: /%7C|\|/i,
} as const;

/** The one string of a value that is not cut, without the prefix of its style. */
export function cutPrimitive(layout: Layout, raw: string): Cut<string> {
  if (layout.style === 'label') return raw.startsWith('.') ? [raw.slice(1)] : null;
  if (layout.style === 'matrix') {
    const named = matrixPairs(raw);
    const [only] = named ?? [];
    return named?.length === 1 && only && isNamed(layout, only) ? [only[1]] : null;
  }
  return [raw];
}

/** The items of an array. @param raws All occurrences of the name, in order. */
export function cutArray(layout: Layout, raws: readonly string[]): Cut<string> {
  const last = raws.at(-1) ?? '';
  switch (layout.style) {
    case 'matrix': {
      const named = matrixPairs(last);
      if (!named?.every((pair) => isNamed(layout, pair))) return null;
      if (layout.explode) return named.map(([, value]) => value);
      return named.length === 1 ? (named[0]?.[1] ?? '').split(',') : null;
    }
    case 'label':
      return last.startsWith('.') ? labelPieces(layout, last) : null;
    case 'simple':
      return commaPieces(layout, last);
    default:
      return layout.explode ? raws : last.split(delimiterOf(layout));
  }
}

/** The members of an object that is one string; the exploded `form` and `deepObject` are spread over several names. */
export function cutObject(layout: Layout, raws: readonly string[]): Cut<readonly [string, string]> {
  const last = raws.at(-1) ?? '';
  switch (layout.style) {
    case 'matrix': {
      const named = matrixPairs(last);
      if (layout.explode || named === null) return named;
      const [only] = named;
      return named.length === 1 && only && isNamed(layout, only) ? alternate(only[1].split(',')) : null;
    }
    case 'label': {
      if (!last.startsWith('.')) return null;
      const pieces = labelPieces(layout, last);
      return layout.explode ? assignments(pieces) : alternate(pieces);
    }
    case 'simple': {
      const pieces = commaPieces(layout, last);
      return layout.explode ? assignments(pieces) : alternate(pieces);
    }
    default:
      return alternate(last.split(delimiterOf(layout)));
  }
}

function delimiterOf(layout: Layout): RegExp | string {
  return layout.style === 'spaceDelimited' || layout.style === 'pipeDelimited' ? queryDelimiters[layout.style] : ',';
}

function commaPieces(layout: Layout, text: string): string[] {
  const pieces = text.split(',');
  return layout.trim ? pieces.map(trimBlanks) : pieces;
}

/**
 * Exploded, the pieces of a label stand behind dots. Not exploded, RFC 6570 and OpenAPI 3.1.1 put commas between them,
 * and the table of OpenAPI 3.0 and 3.1.0 dots: both are read.
 */
function labelPieces(layout: Layout, text: string): string[] {
  return text.slice(1).split(layout.explode || !text.includes(',') ? '.' : ',');
}

function isNamed(layout: Layout, [name]: readonly [string, string]): boolean {
  return layout.decode(name) === layout.name;
}

/** `;name=value;name` as pairs. */
function matrixPairs(text: string): Cut<readonly [string, string]> {
  if (!text.startsWith(';')) return null;
  const pairs: [string, string][] = [];
  for (const piece of text.slice(1).split(';')) {
    const equals = piece.indexOf('=');
    if (piece === '' || equals === 0) return null;
    pairs.push([equals < 0 ? piece : piece.slice(0, equals), equals < 0 ? '' : piece.slice(equals + 1)]);
  }
  return pairs;
}

/** `R,100,G,200` as pairs. */
function alternate(pieces: readonly string[]): Cut<readonly [string, string]> {
  if (isEmpty(pieces)) return [];
  if (pieces.length % 2 !== 0) return null;
  const pairs: [string, string][] = [];
  for (let index = 0; index < pieces.length; index += 2) pairs.push([pieces[index] ?? '', pieces[index + 1] ?? '']);
  return pairs;
}

/** `R=100,G=200` as pairs. */
function assignments(pieces: readonly string[]): Cut<readonly [string, string]> {
  if (isEmpty(pieces)) return [];
  const pairs: [string, string][] = [];
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
