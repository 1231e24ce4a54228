import { percentEncode } from '../../text.js';
import { alternate, assign, join, joinPairs, piecesOf } from './pieces.js';
import type { Style } from './style.js';

/** `color=blue%20black`; a `+`, or a blank as it is, is read, too. */
export const spaceDelimited = delimited('spaceDelimited', '%20', /%20|\+| /);

/** `color=blue%7Cblack`: OpenAPI 3.0 and 3.1.0 show `|`, 3.1.1 `%7C`, which is all that RFC 3986 allows. */
export const pipeDelimited = delimited('pipeDelimited', '%7C', /%7C|\|/i);

function delimited<Name extends string>(name: Name, delimiter: string, delimiters: RegExp) {
  /** A delimiter that is percent-encoded itself cannot be told from one in a value. */
  const encode = (text: string) => {
    const encoded = percentEncode(text);
    return encoded?.includes(delimiter) ? null : encoded;
  };
  return {
    name,
    places: ['query'],
    explodes: false,
    takesOne: false,
    bare: false,
    repeats: true,
    one: (_, raw) => [raw],
    items: ({ explode }, raws) => (explode ? raws : (raws.at(-1) ?? '').split(delimiters)),
    members: (_, raw) => alternate(raw.split(delimiters)),
    write(field, value) {
      if (typeof value !== 'object') return null;
      if (!field.explode) return assign(percentEncode(field.name), join(delimiter, piecesOf(value, false, encode)));
      return Array.isArray(value)
        ? joinPairs(
            field,
            value.map((item) => [field.name, item] as const),
          )
        : null;
    },
  } as const satisfies Style;
}
