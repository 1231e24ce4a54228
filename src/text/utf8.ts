import type { Problem } from '../errors.js';
import type { Work } from './slices.js';

/** So many bytes are decoded in a moment. */
const partLength = 1_000_000;

/** The text that bytes are in UTF-8, without its byte order mark; or why they are not. Piece by piece. */
export function* decodingText(
  name: string,
  bytes: Uint8Array,
): Work<{ readonly text: string } | { readonly problem: Problem }> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { problem: notText(name, 1, 1, 'UTF-16') };
  }
  const packed = packedAs(bytes);
  if (packed !== null) return { problem: { ...notText(name, 1, 1, packed), remedy: 'Unpack it first.' } };
  // Decoding without `fatal` is several times faster, and only a replaced character needs a second look.
  let text = '';
  let isReplaced = false;
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    end = start + partLength;
    // No part begins within a character.
    while (((bytes[end] ?? 0) & 0xc0) === 0x80) end += 1;
    const part = new TextDecoder('utf-8', { ignoreBOM: start > 0 }).decode(bytes.subarray(start, end));
    isReplaced ||= part.includes('\uFFFD');
    text += part;
    yield null;
  }
  if (isReplaced && !isUtf8(bytes)) {
    return { problem: notText(name, invalidLine(bytes), 1, 'bytes that are not UTF-8') };
  }
  // Of a text with one character beyond Latin-1 each other has a byte that is 0: the bytes are looked through many times faster.
  if (!bytes.includes(0)) return { text };
  const nul = text.indexOf('\0');
  const before = text.slice(0, nul);
  return { problem: notText(name, before.split('\n').length, nul - before.lastIndexOf('\n'), 'a NUL character') };
}

/** What holds files, by its first bytes (RFC 1952, 2.3.1; APPNOTE 4.3.7); null where it is nothing of the kind. */
function packedAs([first, second, third, fourth]: Uint8Array): string | null {
  if (first === 0x1f && second === 0x8b) return 'a gzip file';
  return first === 0x50 && second === 0x4b && third === 3 && fourth === 4 ? 'a ZIP archive' : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function notText(file: string, line: number, column: number, found: string): Problem {
  return {
    message: 'The file is not text in UTF-8',
    expected: 'YAML or JSON in UTF-8',
    found,
    location: { file, line, column, pointer: '' },
    remedy: 'Save it as UTF-8, or give another file.',
  };
}

/** No character of UTF-8 has the byte of a line feed in it, so each line can be decoded by itself. */
function invalidLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop + 1;
  }
  return line;
}
