import { writeJson } from '../text/integers.js';
import type { Json } from '../text/value.js';

const longest = 160;

/** A value as JSON, cut where it is long: for titles, "expected" and "received". */
export function excerpt(value: unknown, length: number = longest): string {
  if (typeof value === 'object' && value !== null && length <= longest) return cut(beginningOf(value), length);
  const text = value === undefined ? 'nothing' : (writeJson(value) ?? String(value));
  return cut({ text, length: text.length }, length);
}

interface Beginning {
  readonly text: string;
  /** Of all of it. */
  readonly length: number;
}

/** Answers are shown by many complaints, and may have megabytes. */
const beginnings = new WeakMap<object, Beginning>();

function beginningOf(value: object): Beginning {
  let known = beginnings.get(value);
  if (known === undefined) {
    const text = writeJson(value);
    // Written anew: what is cut from a long text keeps all of it.
    known = { text: text.length > longest ? [...text.slice(0, longest + 1)].join('') : text, length: text.length };
    beginnings.set(value, known);
  }
  return known;
}

/** So many characters of a sentence are shown, of a list of names, and of what stands in one field of a report. */
const longestText = 1_000;

/** A text of a report, cut where it is long, with how long it is. */
export function shortened(text: string, length: number = longestText): string {
  return cut({ text, length: text.length }, length);
}

/** A value as titles of cases say it. */
export function excerptForTitle(value: Json): string {
  return excerpt(value, 60);
}

/** Bytes as a person reads them: text where they are UTF-8, hexadecimal where they are not; cut where long. */
export function excerptBytes(bytes: Uint8Array, length: number = longest): string {
  if (bytes.length === 0) return 'an empty body';
  const head = bytes.subarray(0, length * 4);
  try {
    // `stream` leaves out a character that the cut has split.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head, { stream: true });
    const shown = writeJson(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\uFEFF', '\\ufeff');
    return bytes.length > head.length || shown.length > length
      ? `${shown.slice(0, length)}… (${bytes.length} bytes)`
      : shown;
  } catch {
    const shown = [...bytes.subarray(0, 24)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return `${shown}${bytes.length > 24 ? '…' : ''} (${bytes.length} bytes that are not UTF-8)`;
  }
}

function cut({ text, length: whole }: Beginning, length: number): string {
  if (whole <= length) return text;
  // Not between the halves of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)}… (${whole} characters)`;
}
