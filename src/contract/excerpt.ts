import { writeJson } from '../text/integers.js';
import type { Json } from '../text/value.js';

const longest = 160;

/** A value as JSON, cut where it is long: for titles, "expected" and "received". */
export function excerpt(value: unknown, length: number = longest): string {
  const text = value === undefined ? 'nothing' : (writeJson(value) ?? String(value));
  return cut(text, length);
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

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Not between the halves of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}
