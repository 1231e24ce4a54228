import { parseParameters } from '../media-type.js';
import { binaryString, decodeUtf8 } from '../text.js';

/** One part of multipart/form-data (RFC 7578). */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  /** As sent; null where the part does not say. */
  readonly mediaType: string | null;
  readonly bytes: Uint8Array;
}

export type PartsReading =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly expected: string; readonly found: string };

/**
 * Takes multipart/form-data apart (RFC 2046, 5.1.1; RFC 7578). Line ends are CRLF, as both demand.
 * @param boundary The parameter of the Content-Type; undefined where it is absent.
 */
export function readParts(bytes: Uint8Array, boundary: string | undefined): PartsReading {
  if (boundary === undefined || !/^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary)) {
    return fault(
      'a boundary of 1 to 70 characters in Content-Type',
      boundary === undefined ? 'none' : JSON.stringify(boundary),
    );
  }
  // One character a byte, so that offsets are the same in both.
  const text = binaryString(bytes);
  const parts: Part[] = [];
  const first = text.startsWith(`--${boundary}`) ? 0 : text.indexOf(`\r\n--${boundary}`) + 2;
  if (first === 1) return fault(`a first line --${boundary}`, 'no such line');
  let position = first + boundary.length + 2;
  for (;;) {
    if (text.startsWith('--', position)) return { ok: true, parts };
    const lineEnd = /[ \t]*\r\n/y;
    lineEnd.lastIndex = position;
    if (!lineEnd.test(text)) return fault('CRLF behind a boundary', 'something else');
    const start = lineEnd.lastIndex;
    const end = text.indexOf(`\r\n--${boundary}`, start - 2);
    if (end < 0) return fault(`a last line --${boundary}--`, 'the end of the body');
    const part = readPart(text, bytes, start, end, parts.length + 1);
    if ('ok' in part) return part;
    parts.push(part);
    position = end + boundary.length + 4;
  }
}

function readPart(text: string, bytes: Uint8Array, start: number, end: number, number: number): Part | PartsReading {
  // The blank line may follow the boundary at once: a part without header fields.
  const blank = text.indexOf('\r\n\r\n', start - 2);
  if (blank < 0 || blank + 2 > end)
    return fault('a blank line between header fields and content', `none in part ${number}`);
  const fields = new Map<string, string>();
  for (const line of text.slice(start, blank).split(/\r\n(?![ \t])/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    else if (line !== '')
      return fault('header fields in each part', `${JSON.stringify(line.slice(0, 40))} in part ${number}`);
  }
  const disposition = fields.get('content-disposition') ?? '';
  const semicolon = disposition.indexOf(';');
  const { parameters } = parseParameters(semicolon < 0 ? '' : disposition.slice(semicolon));
  const name = parameters.get('name');
  if (name === undefined || !/^form-data[ \t]*;/i.test(disposition)) {
    return fault('Content-Disposition: form-data with a name in each part', `none in part ${number}`);
  }
  return {
    name: fieldName(name),
    fileName: parameters.get('filename') ?? parameters.get('filename*') ?? null,
    mediaType: fields.get('content-type') ?? null,
    bytes: bytes.subarray(Math.min(blank + 4, end), end),
  };
}

/** Names are UTF-8, and what would break the header field is percent-encoded in them (WHATWG HTML, 4.10.21.8). */
function fieldName(name: string): string {
  const reading = decodeUtf8(Uint8Array.from(name, (character) => character.charCodeAt(0)));
  return (reading.ok ? reading.text : name).replace(/%22|%0D|%0A/gi, decodeURIComponent);
}

function fault(expected: string, found: string): PartsReading & { ok: false } {
  return { ok: false, expected, found };
}
