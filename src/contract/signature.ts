import { type Operation, percentDecode } from '../operation/index.js';
import { parseJson } from '../text/integers.js';
import { isObject } from '../text/value.js';
import type { Exchange } from './types.js';

/** Longer than this nobody reads an error. */
const longest = 4_000;

/** Members of error bodies that differ each time, and say nothing of why. */
const passing = /time|date|path|ur[il]|instance|trace|stack|request|host|^(.*[^a-z])?id$/i;
/** Members in which errors show what was sent. */
const shown = /^(?:value|input|found|given|actual|payload)$/i;

/** Shorter texts of a request stand in an error by chance, and larger bodies are not looked through. */
const shortestSent = 3;
const largestSent = 4_000;

/** In the place of a quotation mark inside of a text: a code point that nobody uses. */
const quote = '\uE000';
/** What stands in quotation marks, or in two of each. */
const quoted = /\uE000{2}[^\uE000]+\uE000{2}|\uE000{3,}|\uE000[^\uE000]*\uE000|'[^']*'|`[^`]*`/g;

/**
 * What two answers have in common that are given for the same reason: their text without what differs from one time
 * to the next: times, ids, numbers, the address that was asked for, what is said again or quoted from the request.
 */
export function signatureOf({
  request,
  received,
  operation,
}: Pick<Exchange, 'request' | 'received'> & { readonly operation: Pick<Operation, 'path'> }): string {
  const text = new TextDecoder().decode(received.body.subarray(0, longest));
  return (
    withoutSent(withoutAddress(withoutPassing(text), request.target), valuesSent(request, operation.path))
      // However often it was quoted again on its way: `\\\"` in a text that is JSON within JSON.
      .replace(/\\+"/g, quote)
      .replace(quoted, 'quoted')
      .replace(/\b[0-9a-f]{8}[0-9a-f-]*\b/gi, '0')
      .replace(/\d+(?:[.:,-]\d+)*/g, '0')
      .replace(/\s+/g, ' ')
      .slice(0, 600)
  );
}

/** The address as a server has it, below whatever it is served, with whatever it was asked. */
function withoutAddress(text: string, target: string): string {
  const [path = ''] = target.split('?');
  if (path.length < 2 || !text.includes(path)) return text;
  return text
    .split(/(?<=[\s"'`<>()])|(?=[\s"'`<>()])/)
    .map((part) => (part.includes(path) ? 'address' : part))
    .join('');
}

/** What a request tells the server: the segments that its path leaves open, and texts of its query and its JSON body. */
function valuesSent({ target, body }: Exchange['request'], template: string): readonly string[] {
  const [path = '', query = ''] = target.split('?', 2);
  const open = template.split('/');
  const values = path.split('/').filter((segment, index) => segment !== open[index]);
  values.push(...query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1)));
  const plain = values.map((value) => percentDecode(value) ?? value);
  if (body !== null && body.length <= largestSent) collectTexts(jsonOf(body), plain);
  return [...new Set(plain)].filter(({ length }) => length >= shortestSent).sort((a, b) => b.length - a.length);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === 'string') into.push(value);
  else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) collectTexts(member, into);
  }
}

/** Whole words of it alone: `ad` is not in `bad`. */
function withoutSent(text: string, values: readonly string[]): string {
  let without = text;
  for (const value of values) {
    if (!without.includes(value)) continue;
    without = without.replaceAll(value, (found, at: number) => {
      const isWhole = !isOfWord(without[at - 1]) && !isOfWord(without[at + found.length]);
      return isWhole ? 'sent' : found;
    });
  }
  return without;
}

function isOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}

function withoutPassing(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) => {
      if (shown.test(name)) return undefined;
      if (name === '' || !passing.test(name)) return value;
      return isObject(value as never) ? Object.keys(value as object) : undefined;
    });
  } catch {
    return text;
  }
}
