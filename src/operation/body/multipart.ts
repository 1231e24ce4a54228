import { parseParameters } from '../media-type.js';
import { binaryString, decodeUtf8 } from '../text.js';
import { type BodyBudget, BodyLimitExceeded } from './limits.js';

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

/** One part of any multipart body (RFC 2046, 5.1): its fields by lower-case name, and its content. */
export interface Section {
  readonly fields: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
}

type Fault = PartsReading & { readonly ok: false };

/**
 * Takes multipart/form-data apart (RFC 7578).
 * @param boundary The parameter of the Content-Type; undefined where it is absent.
 */
export function readParts(bytes: Uint8Array, boundary: string | undefined, budget: BodyBudget): PartsReading {
  const read = readSections(bytes, boundary, budget);
  if (!read.ok) return read;
  const parts: Part[] = [];
  for (const [index, section] of read.sections.entries()) {
    const part = namedPart(section, index + 1);
    if ('ok' in part) return part;
    parts.push(part);
  }
  return { ok: true, parts };
}

/**
 * Takes a multipart body apart (RFC 2046, 5.1.1). Line ends are CRLF, as that demands.
 * @param isOpen whether the body may go on behind its end: a part that has not ended is none then
 */
export function readSections(
  bytes: Uint8Array,
  boundary: string | undefined,
  budget: BodyBudget,
  isOpen = false,
): { readonly ok: true; readonly sections: readonly Section[] } | Fault {
  if (boundary === undefined || !/^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary)) {
    return fault(
      'a boundary of 1 to 70 characters in Content-Type',
      boundary === undefined ? 'none' : JSON.stringify(boundary),
    );
  }
  const delimiter = latin1(`\r\n--${boundary}`);
  const sections: Section[] = [];
  // The first delimiter needs no line before it.
  const atStart = startsWith(bytes, delimiter.subarray(2), 0);
  let found = atStart ? delimitedAt(bytes, delimiter.length - 2) : nextDelimiter(bytes, delimiter, 0);
  while (found?.kind === 'part') {
    budget.spend('parts');
    const next = nextDelimiter(bytes, delimiter, found.end - 2);
    if (next === null)
      return isOpen ? { ok: true, sections } : fault(`a last line --${boundary}--`, 'the end of the body');
    const section = readSection(bytes.subarray(found.end, Math.max(found.end, next.start)), sections.length + 1);
    if ('ok' in section) return section;
    sections.push(section);
    found = next;
  }
  return found || isOpen ? { ok: true, sections } : fault(`a first line --${boundary}`, 'no such line');
}

/** A delimiter line: where it begins, what it is, and where what follows begins. */
interface Delimiter {
  readonly kind: 'part' | 'close';
  readonly start: number;
  readonly end: number;
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const hyphen = 0x2d;

function nextDelimiter(bytes: Uint8Array, delimiter: Uint8Array, from: number): Delimiter | null {
  for (let start = Math.max(0, from); start < bytes.length; start++) {
    if (bytes[start] !== carriageReturn || !startsWith(bytes, delimiter, start)) continue;
    const found = delimitedAt(bytes, start + delimiter.length, start);
    if (found) return found;
  }
  return null;
}

/** What stands behind a boundary: `--`, or blanks and the end of the line. Anything else is content that looks alike. */
function delimitedAt(bytes: Uint8Array, behind: number, start = 0): Delimiter | null {
  if (bytes[behind] === hyphen && bytes[behind + 1] === hyphen) return { kind: 'close', start, end: behind + 2 };
  let at = behind;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
  return bytes[at] === carriageReturn && bytes[at + 1] === lineFeed ? { kind: 'part', start, end: at + 2 } : null;
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function readSection(bytes: Uint8Array, number: number): Section | Fault {
  const content = contentStart(bytes);
  if (content < 0) return fault('a blank line between header fields and content', `none in part ${number}`);
  const fields = new Map<string, string>();
  for (const line of binaryString(bytes.subarray(0, content)).split(/\r\n(?![ \t])/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    else if (line !== '') {
      return fault('header fields in each part', `${JSON.stringify(line.slice(0, 40))} in part ${number}`);
    }
  }
  return { fields, bytes: bytes.subarray(content) };
}

function namedPart({ fields, bytes }: Section, number: number): Part | Fault {
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
    bytes,
  };
}

/** As long as the head of a whole request may be. */
const maximumPartHeadBytes = 16 * 1024;

/**
 * Where the content of a part begins: behind the first empty line, which may be its very first; -1 without one.
 * @throws BodyLimitExceeded where it begins too late
 */
function contentStart(bytes: Uint8Array): number {
  let lineStart = 0;
  for (;;) {
    if (lineStart > maximumPartHeadBytes) {
      throw new BodyLimitExceeded('parts', `at most ${maximumPartHeadBytes} bytes of header fields in a part`);
    }
    if (bytes[lineStart] === carriageReturn && bytes[lineStart + 1] === lineFeed) return lineStart + 2;
    const end = bytes.indexOf(carriageReturn, lineStart);
    if (end < 0) return -1;
    lineStart = bytes[end + 1] === lineFeed ? end + 2 : end + 1;
  }
}

/** Names are UTF-8, and what would break the header field is percent-encoded in them (WHATWG HTML, 4.10.21.8). */
function fieldName(name: string): string {
  const reading = decodeUtf8(latin1(name));
  return (reading.ok ? reading.text : name).replace(/%22|%0D|%0A/gi, decodeURIComponent);
}

function fault(expected: string, found: string): Fault {
  return { ok: false, expected, found };
}
