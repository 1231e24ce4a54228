import { isObject } from '../../../text/value.js';
import { percentEncode } from '../../text.js';
import { alternate, assign, join, joinPairs, piecesOf } from './pieces.js';
import type { Style } from './style.js';

/** `color=blue,black` or, exploded, `color=blue&color=black`; an object `color=R,100,G,200` or `R=100&G=200`. */
export const form = {
  name: 'form',
  places: ['query', 'cookie', 'querystring'],
  explodes: true,
  takesOne: true,
  bare: true,
  repeats: true,
  spreads: true,
  one: (_, raw) => [raw],
  items: ({ explode }, raws) => (explode ? raws : (raws.at(-1) ?? '').split(',')),
  members: (_, raw) => alternate(raw.split(',')),
  write(field, value) {
    if (field.explode && Array.isArray(value))
      return joinPairs(
        field,
        value.map((item) => [field.name, item] as const),
      );
    if (field.explode && isObject(value)) return joinPairs(field, Object.entries(value));
    return assign(percentEncode(field.name), join(',', piecesOf(value, false, percentEncode)));
  },
} as const satisfies Style;
