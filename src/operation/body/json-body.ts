import { attached } from '../../text/attached.js';
import { type LenientReading, readLenientJson } from '../../text/json.js';
import { decodeText } from '../text.js';

/** What bytes are as JSON: no text, or what one reading of it came to. */
export type JsonBody =
  | { readonly isText: false; readonly expected: string; readonly found: string }
  | ({ readonly isText: true } & LenientReading);

const known = attached<Uint8Array, JsonBody>();

/**
 * A body as one JSON text (RFC 8259), whatever its media type says; a byte order mark before it counts for nothing. It is
 * read once for all that ask for it: a body of many megabytes has as many values.
 */
export function jsonBody(body: Uint8Array): JsonBody {
  const earlier = known.get(body);
  if (earlier !== undefined) return earlier;
  // JSON is UTF-8, whatever its media type's parameters say (RFC 8259, 8.1 and 11).
  const decoded = decodeText(body, undefined);
  const read: JsonBody = decoded.ok
    ? { isText: true, ...readLenientJson(decoded.text) }
    : { isText: false, expected: decoded.expected, found: decoded.found };
  known.set(body, read);
  return read;
}
