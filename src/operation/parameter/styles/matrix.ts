import { isObject } from '../../../text/value.js';
import { percentEncode } from '../../text.js';
import { alternate, assign, join, pieceOf, piecesOf, prefix } from './pieces.js';
import type { Cut, Layout, Pair, Style } from './style.js';

/** `;color=blue,black` or, exploded, `;color=blue;color=black`; an object `;color=R,100,G,200` or `;R=100;G=200`. */
export const matrix = {
  name: 'matrix',
  places: ['path'],
  explodes: false,
  takesOne: true,
  bare: false,
  repeats: true,
  one(layout, raw) {
    const value = onlyValue(layout, raw);
    return value === null ? null : [value];
  },
  items(layout, raws) {
    const raw = raws.at(-1) ?? '';
    if (!layout.explode) return onlyValue(layout, raw)?.split(',') ?? null;
    const pairs = cut(raw);
    return pairs?.every((pair) => isNamed(layout, pair)) ? pairs.map(([, value]) => value) : null;
  },
  members(layout, raw) {
    if (layout.explode) return cut(raw);
    const value = onlyValue(layout, raw);
    return value === null ? null : alternate(value.split(','));
  },
  write({ name, explode }, value) {
    if (!explode || !(Array.isArray(value) || isObject(value))) {
      return prefix(';', named(name, join(',', piecesOf(value, explode, percentEncode))));
    }
    const pairs = Array.isArray(value) ? value.map((item) => [name, item] as const) : Object.entries(value);
    const pieces = pairs.map(([key, item]) => (key === '' ? null : named(key, pieceOf(item, percentEncode))));
    return prefix(';', join(';', pieces));
  },
} as const satisfies Style;

/** `;name=value;name` as pairs. */
function cut(text: string): Cut<Pair> {
  if (!text.startsWith(';')) return null;
  const pairs: Pair[] = [];
  for (const piece of text.slice(1).split(';')) {
    const equals = piece.indexOf('=');
    if (piece === '' || equals === 0) return null;
    pairs.push([equals < 0 ? piece : piece.slice(0, equals), equals < 0 ? '' : piece.slice(equals + 1)]);
  }
  return pairs;
}

function onlyValue(layout: Layout, raw: string): string | null {
  const [only, ...others] = cut(raw) ?? [];
  return only && others.length === 0 && isNamed(layout, only) ? only[1] : null;
}

function isNamed(layout: Layout, [name]: Pair): boolean {
  return layout.decode(name) === layout.name;
}

/** An empty value has no `=` (RFC 6570, 3.2.7). */
function named(key: string, text: string | null): string | null {
  return text === '' ? percentEncode(key) : assign(percentEncode(key), text);
}
