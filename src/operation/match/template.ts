import { percentDecode } from '../text.js';

/** One segment of a path template (OpenAPI 3.1, 4.8.8): a text, a parameter, or both together. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | {
      readonly kind: 'mixed';
      /** What stands before, between and after the parameters; some of it may be ''. */
      readonly literals: readonly string[];
      readonly names: readonly string[];
    };

const placeholder = /\{([^{}]+)\}/g;
const placeholderInside = /\{[^{}]+\}/;

/** The key of a Path Item Object: some documents tell operations apart by a query or a fragment behind the path. */
export interface PathKey {
  readonly path: string;
  /** Names and values, still encoded; `a` alone has the value null. */
  readonly query: readonly (readonly [name: string, value: string | null])[];
  readonly hasFragment: boolean;
}

/** Cuts `/a?b=c#d` into what it is made of. What stands in braces is no delimiter. */
export function readPathKey(key: string): PathKey {
  const {
    path = key,
    query = '',
    fragment,
  } = /^(?<path>(?:\{[^{}]*\}|[^?#])*)(?:\?(?<query>(?:\{[^{}]*\}|[^#])*))?(?<fragment>#.*)?$/s.exec(key)?.groups ?? {};
  const pairs = query.split('&').filter((pair) => pair !== '');
  return {
    path,
    query: pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? ([pair, null] as const) : ([pair.slice(0, equals), pair.slice(equals + 1)] as const);
    }),
    hasFragment: fragment !== undefined,
  };
}

/** The segments of a path template: `/items/{id}:archive` has `items` and one that is mixed. */
export function parseTemplate(template: string): Segment[] {
  return splitPath(template).map(parseSegment);
}

/** The names of the parameters in a path template, in order. */
export function templateNames(template: string): string[] {
  return Array.from(template.matchAll(placeholder), ([, name = '']) => name);
}

/** What stands between the slashes: `/a//b/` has `a`, ``, `b`, ``. */
export function splitPath(path: string): string[] {
  return (path.startsWith('/') ? path.slice(1) : path).split('/');
}

function parseSegment(text: string): Segment {
  const names = text.includes('{') ? templateNames(text) : [];
  if (names.length === 0) return { kind: 'literal', text: decode(text) };
  const [name = ''] = names;
  if (text === `{${name}}`) return { kind: 'parameter', name };
  return { kind: 'mixed', literals: text.split(placeholderInside).map(decode), names };
}

/**
 * The values, still percent-encoded, of the parameters of a mixed segment; null where it does not fit. Each takes as
 * little as it can, and at least one character; what begins at a dot, or with nothing before it, and is the last begins at the
 * last dot, as an extension does: `-15.6.json` is no number of 15. In one pass: no segment, however hostile, makes it try again.
 */
export function matchMixed({ literals }: Segment & { kind: 'mixed' }, raw: string): string[] | null {
  const { text, starts } = decodeWithPlaces(raw);
  const [first = '', ...others] = literals;
  const last = others.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const values: string[] = [];
  let from = first.length;
  for (const [index, literal] of others.entries()) {
    const isExtension = literal === '' || (literal === '.' && index === others.length - 1);
    const at = isExtension ? between(text, from, last, literal) : text.indexOf(literal, from + 1);
    if (at === -1) return null;
    values.push(raw.slice(starts(from), starts(at)));
    from = at + literal.length;
  }
  const end = text.length - last.length;
  if (end <= from) return null;
  values.push(raw.slice(starts(from), starts(end)));
  return values;
}

/** Where one parameter ends and the next begins that stands right behind it, or behind a dot: -1 where no dot is. */
function between(text: string, from: number, last: string, literal: string): number {
  // With a dot between them, each still has a character of its own.
  const dot = text.lastIndexOf('.', text.length - last.length - 1 - literal.length);
  if (dot > from) return dot;
  return literal === '' ? from + 1 : -1;
}

/** A segment decoded, and where each of its UTF-16 units begins in what was sent. */
function decodeWithPlaces(raw: string): { text: string; starts: (index: number) => number } {
  if (!raw.includes('%')) return { text: raw, starts: (index) => index };
  let text = '';
  const starts: number[] = [];
  for (const { 0: piece, index } of raw.matchAll(/(?:%[0-9A-Fa-f]{2})+|[^%]+|%/g)) {
    const decoded = decode(piece);
    const encoded = decoded !== piece;
    let start = index;
    for (const character of decoded) {
      starts.push(...Array.from({ length: character.length }, () => start));
      start += encoded ? 3 * new TextEncoder().encode(character).length : character.length;
    }
    text += decoded;
  }
  return { text, starts: (index) => starts[index] ?? raw.length };
}

/** Without its percent-encoding; as it is where that is broken. */
export function decode(segment: string): string {
  return percentDecode(segment) ?? segment;
}
