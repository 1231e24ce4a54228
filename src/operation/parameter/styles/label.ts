import { percentEncode } from '../../text.js';
import { alternate, assignments, join, piecesOf, prefix } from './pieces.js';
import type { Layout, Style } from './style.js';

/** `.blue,black` or, exploded, `.blue.black`; an object `.R,100,G,200` or `.R=100.G=200`. */
export const label = {
  name: 'label',
  places: ['path'],
  explodes: false,
  takesOne: true,
  bare: false,
  repeats: false,
  one: (_, raw) => (raw.startsWith('.') ? [raw.slice(1)] : null),
  items: (layout, raws) => cut(layout, raws.at(-1) ?? ''),
  members(layout, raw) {
    const pieces = cut(layout, raw);
    return pieces && (layout.explode ? assignments : alternate)(pieces);
  },
  write: ({ explode }, value) => prefix('.', join(explode ? '.' : ',', piecesOf(value, explode, encode))),
} as const satisfies Style;

/**
 * Exploded, the pieces stand behind dots. Not exploded, RFC 6570 and OpenAPI 3.1.1 put commas between them, and the
 * table of OpenAPI 3.0 and 3.1.0 dots: both are read.
 */
function cut({ explode }: Layout, raw: string): string[] | null {
  return raw.startsWith('.') ? raw.slice(1).split(explode || !raw.includes(',') ? '.' : ',') : null;
}

/** Dots delimit, and are unreserved: within a value they have to be encoded all the same. */
function encode(text: string): string | null {
  return percentEncode(text)?.replaceAll('.', '%2E') ?? null;
}
