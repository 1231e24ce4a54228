import { percentDecodeForm } from '../text.js';

/** Undoes the percent-encoding of one name or value; null where it is broken. */
export type Decode = (raw: string) => string | null;

/**
 * The pairs of a query, a form or a Cookie field: decoded names with values that are still encoded, since delimiters
 * (`a=1,2`) count only where they are not.
 */
export interface Pairs {
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly decode: Decode;
}

const empty: ReadonlyMap<string, readonly string[]> = new Map();

/** The pairs of the query of a request target (RFC 3986, 3.4). */
export function queryPairs(target: string): Pairs {
  const start = target.indexOf('?');
  if (start < 0) return { byName: empty, decode: percentDecodeForm };
  const end = target.indexOf('#', start);
  return formPairs(target.slice(start + 1, end < 0 ? undefined : end));
}

/**
 * The pairs of `application/x-www-form-urlencoded` text (WHATWG URL, 5.1). A name that cannot be decoded stays as it is.
 * @param onPair is called for each pair, and may throw
 */
export function formPairs(text: string, onPair?: () => void): Pairs {
  if (text === '') return { byName: empty, decode: percentDecodeForm };
  const byName = new Map<string, string[]>();
  let start = 0;
  while (start <= text.length) {
    let end = text.indexOf('&', start);
    if (end < 0) end = text.length;
    if (end > start) {
      onPair?.();
      const pair = text.slice(start, end);
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      addTo(byName, percentDecodeForm(name) ?? name, equals < 0 ? '' : pair.slice(equals + 1));
    }
    start = end + 1;
  }
  return { byName, decode: percentDecodeForm };
}

export function addTo(byName: Map<string, string[]>, name: string, value: string): void {
  const values = byName.get(name);
  if (values) values.push(value);
  else byName.set(name, [value]);
}
