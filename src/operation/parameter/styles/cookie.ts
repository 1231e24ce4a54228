import { alternate, assign, join, pieceOf, piecesOf } from './pieces.js';
import type { Style } from './style.js';

/**
 * `color=blue; color=black` or, not exploded, `color=blue,black`, as cookies are (RFC 6265, 4.2.1): nothing is
 * percent-encoded, and what looks so is a value as it stands (OpenAPI 3.2, 4.12.3).
 */
export const cookie = {
  name: 'cookie',
  places: ['cookie'],
  explodes: true,
  takesOne: true,
  bare: true,
  repeats: true,
  spreads: true,
  decodes: false,
  one: (_, raw) => [raw],
  items: ({ explode }, raws) => (explode ? raws : (raws.at(-1) ?? '').split(',')),
  members: (_, raw) => alternate(raw.split(',')),
  write({ name, explode }, value) {
    if (explode && typeof value === 'object' && value !== null) {
      const pairs = Array.isArray(value) ? value.map((item) => [name, item] as const) : Object.entries(value);
      return join(
        '; ',
        pairs.map(([key, item]) => assign(asName(key), pieceOf(item, asItIs))),
      );
    }
    const encode = typeof value === 'object' ? asItem : asItIs;
    return assign(asName(name), join(',', piecesOf(value, false, encode)));
  },
} as const satisfies Style;

/** What would end a cookie, or lose its edges on the way, has no form: who writes data here escapes it before. */
function asItIs(text: string): string | null {
  return /^(?![\s"])[\x20-\x3a\x3c-\x7e]*(?<!\s)$/.test(text) ? text : null;
}

function asItem(text: string): string | null {
  return text.includes(',') ? null : asItIs(text);
}

/** Names may be percent-encoded in other styles, so that they are decoded. */
function asName(name: string): string | null {
  return /^[!#$&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ? name : null;
}
