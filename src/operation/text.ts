/** What bytes or a percent-encoded string stand for, or why they stand for nothing. */
export type TextReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly expected: string; readonly found: string };

/**
 * Undoes percent-encoding (RFC 3986, 2.1) of UTF-8.
 * @returns null where an encoding is incomplete, or what it encodes is not UTF-8.
 */
export function percentDecode(raw: string): string | null {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}

/** `percentDecode` for a query or a form, where `+` is a space (WHATWG URL, 5.1). */
export function percentDecodeForm(raw: string): string | null {
  return percentDecode(replaceInPieces(raw, '+', ' '));
}

/** Characters of a text that are looked at in one go. */
const pieceLength = 64 * 1024;
/** Characters of a match at most. */
const longestMatch = 3;

/**
 * Replaces each match of at most three characters, by cutting the text there: to replace, the engine notes all matches of a text before
 * it writes any of them, of megabytes that are nothing else forty times as much, for a second.
 * @param pattern a character, or what matches of a piece what it would in the text, where the piece ends before a match or behind it
 */
export function replaceInPieces(text: string, pattern: string | RegExp, replacement: string): string {
  if (text.length <= pieceLength) return text.replaceAll(pattern, replacement);
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + pieceLength;
    // What begins in this piece is read to its end.
    const across = text.slice(end - longestMatch + 1, end + longestMatch - 1);
    const next = end + (typeof pattern === 'string' ? 0 : beyond(across, pattern));
    pieces.push(text.slice(start, next).split(pattern).join(replacement));
    start = next;
  }
  return pieces.join('');
}

/** How many characters the match reaches over the middle of a text; 0 for none. */
function beyond(text: string, pattern: RegExp): number {
  const middle = longestMatch - 1;
  for (const { index, 0: match } of text.matchAll(pattern)) {
    if (index < middle && index + match.length > middle) return index + match.length - middle;
  }
  return 0;
}

/**
 * Percent-encodes all but the unreserved characters of RFC 3986, 2.3.
 * @returns null for a string that has no UTF-8 (a surrogate without its other half).
 */
export function percentEncode(text: string): string | null {
  try {
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    return null;
  }
}

/** Without the blanks of a field value's edges (RFC 9110, 5.6.3: space and tab, and no other white space). */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Strict UTF-8; a byte order mark stays in the text. */
export function decodeUtf8(bytes: Uint8Array): TextReading {
  try {
    return { ok: true, text: utf8.decode(bytes) };
  } catch {
    return { ok: false, expected: 'UTF-8', found: `a byte that is not UTF-8 at offset ${validUtf8Length(bytes)}` };
  }
}

/** How many bytes at the beginning are UTF-8. */
function validUtf8Length(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (valid < invalid) {
    const middle = Math.ceil((valid + invalid) / 2);
    try {
      // As a stream, so that a character cut off at the end does not count as broken.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle - 1;
    }
  }
  return valid;
}

/**
 * Text in a charset that the WHATWG Encoding Standard knows (utf-8, utf-16, iso-8859-1, windows-1252, …), without its
 * byte order mark. Bytes above 127 in us-ascii are read as windows-1252, as browsers do.
 * @param charset As in the media type; utf-8 where it is absent (RFC 7578, 5.1.2; HTML).
 */
export function decodeText(bytes: Uint8Array, charset: string | undefined): TextReading {
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    const reading = decodeUtf8(bytes);
    return reading.ok && reading.text.startsWith('\uFEFF') ? { ok: true, text: reading.text.slice(1) } : reading;
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    return { ok: false, expected: 'a charset such as utf-8', found: `charset ${JSON.stringify(charset)}` };
  }
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    return { ok: false, expected: charset, found: `bytes that are not ${charset}` };
  }
}

const chunk = 8192;

/** The bytes of a string that has a character a byte; text as it is, which stands for its UTF-8. */
export function bytesOf(text: string): string | Uint8Array {
  return /^[\0-\x7f]*$/.test(text) || !/^[\0-\xff]*$/.test(text)
    ? text
    : Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes as a string of the characters U+0000 to U+00FF, one a byte: how JSON Schema sees what is binary. */
export function binaryString(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += chunk) {
    text += String.fromCharCode(...bytes.subarray(start, start + chunk));
  }
  return text;
}
