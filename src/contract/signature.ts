import { isObject } from '../text/value.js';
import type { Exchange } from './types.js';

/** Longer than this nobody reads an error. */
const longest = 4_000;

/** Members of error bodies that differ each time, and say nothing of why. */
const passing = /time|date|path|ur[il]|instance|trace|stack|request|host|^(.*[^a-z])?id$/i;
/** Members in which errors show what was sent. */
const shown = /^(?:value|input|found|given|actual|payload)$/i;

/** In the place of a quotation mark inside of a text: a code point that nobody uses. */
const quote = '\uE000';
/** What stands in quotation marks, or in two of each. */
const quoted = /\uE000{2}[^\uE000]+\uE000{2}|\uE000{3,}|\uE000[^\uE000]*\uE000|'[^']*'|`[^`]*`/g;

/**
 * What two answers have in common that are given for the same reason: their text without what differs from one time
 * to the next: times, ids, numbers, the address that was asked for, what is quoted from the request.
 */
export function signatureOf({ request, received }: Pick<Exchange, 'request' | 'received'>): string {
  const text = new TextDecoder().decode(received.body.subarray(0, longest));
  return (
    withoutAddress(withoutPassing(text), request.target)
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
