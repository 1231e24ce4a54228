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

/** Some names: a set of them, or whatever else tells which belong to it. The same object always says the same of a name. */
export interface Names {
  has(name: string): boolean;
}

/** The pairs of the query of a request target (RFC 3986, 3.4). @param names leaves out all others */
export function queryPairs(target: string, names?: Names): Pairs {
  const { byName, decode } = formPairs(queryOf(target));
  return { byName: names === undefined ? byName : new Map([...byName].filter(([name]) => names.has(name))), decode };
}

/** The pairs of a query that have one of these names, as they stand in it and in their order; '' where there is none. */
export function queryTextOf(target: string, names: Names): string {
  let said = '';
  eachPair(queryOf(target), (name, _, pair) => {
    if (names.has(name)) said = said === '' ? pair : `${said}&${pair}`;
  });
  return said;
}

/** The query of a request target, without its question mark; '' where there is none. */
export function queryOf(target: string): string {
  const start = target.indexOf('?');
  if (start < 0) return '';
  const end = target.indexOf('#', start);
  return target.slice(start + 1, end < 0 ? undefined : end);
}

/**
 * The pairs of `application/x-www-form-urlencoded` text (WHATWG URL, 5.1). A name that cannot be decoded stays as it is.
 * @param onPair is called for each pair, and may throw
 */
export function formPairs(text: string, onPair?: () => void): Pairs {
  if (text === '') return { byName: empty, decode: percentDecodeForm };
  const byName = new Map<string, string[]>();
  eachPair(text, (name, value) => {
    onPair?.();
    addTo(byName, name, value);
  });
  return { byName, decode: percentDecodeForm };
}

/** @param visit gets the decoded name, the value as it is encoded, and the whole pair */
function eachPair(text: string, visit: (name: string, value: string, pair: string) => void): void {
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('&', start);
    if (end < 0) end = text.length;
    if (end > start) {
      const pair = text.slice(start, end);
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      visit(percentDecodeForm(name) ?? name, equals < 0 ? '' : pair.slice(equals + 1), pair);
    }
    start = end + 1;
  }
}

export function addTo(byName: Map<string, string[]>, name: string, value: string): void {
  const values = byName.get(name);
  if (values) values.push(value);
  else byName.set(name, [value]);
}
