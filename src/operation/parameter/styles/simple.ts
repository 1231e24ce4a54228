import { percentEncode, trimBlanks } from '../../text.js';
import { alternate, assignments, join, piecesOf, primitiveText } from './pieces.js';
import type { Layout, Style } from './style.js';

/** `blue,black`; an object `R,100,G,200` or, exploded, `R=100,G=200`. */
export const simple = {
  name: 'simple',
  places: ['path', 'header'],
  explodes: false,
  takesOne: true,
  bare: true,
  repeats: false,
  one: (_, raw) => [raw],
  items: (layout, raws) => cut(layout, raws.at(-1) ?? ''),
  members: (layout, raw) => (layout.explode ? assignments : alternate)(cut(layout, raw)),
  write(field, value) {
    if (field.in !== 'header') return join(',', piecesOf(value, field.explode, percentEncode));
    return typeof value === 'object' ? join(',', piecesOf(value, field.explode, headerPiece)) : primitiveText(value);
  },
} as const satisfies Style;

function cut({ trim }: Layout, raw: string): string[] {
  const pieces = raw.split(',');
  return trim ? pieces.map(trimBlanks) : pieces;
}

/** A piece of a list in a header: nothing encodes the comma there, or a blank at the edge. */
function headerPiece(text: string): string | null {
  return text.includes(',') || text.trim() !== text ? null : text;
}
