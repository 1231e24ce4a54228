import { type DuplicateName, duplicateDefect, JsonDefect, type JsonTolerance } from './json-defect.js';
import { JsonReader } from './json-reader.js';
import type { Json } from './value.js';

/** Why a text is not one JSON text, and where: 1-based line and column, columns in characters. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

export type JsonReading =
  | { readonly ok: true; readonly value: Json }
  | {
      readonly ok: false;
      readonly fault: JsonError;
      /** Which bound was exceeded, where it is that. */
      readonly exceeded?: 'depth' | 'members';
    };

/** Deeper than any API nests, and shallow enough for every recursive validator behind this. */
export const maximumJsonDepth = 256;

interface JsonBounds {
  /** Levels of objects and arrays. */
  readonly depth: number;
  /** Members and items, at all levels. */
  readonly members: number;
  /** Is told how many members and items were read. */
  readonly onRead?: (members: number) => void;
}

const usualBounds: JsonBounds = { depth: maximumJsonDepth, members: Number.POSITIVE_INFINITY };

/** A JSON text as it was read, and the first name that stands twice in one object of it (RFC 8259, 4). */
export interface LenientReading {
  readonly reading: JsonReading;
  readonly duplicate: (Pick<DuplicateName, 'name' | 'pointer'> & { readonly fault: JsonError }) | null;
}

/**
 * Reads one JSON text (RFC 8259). Stricter than JSON.parse where parsers part: a byte order mark (8.1), a member
 * that is there twice (4) and nesting beyond a depth are faults. `__proto__` is a member like any other.
 * A number beyond the range of a double is the largest double, so that it stays a number.
 */
export function readJson(text: string, { depth, members, onRead }: JsonBounds = usualBounds): JsonReading {
  const reader = new JsonReader(text, { maximumDepth: depth, maximumMembers: members });
  const read = reader.read();
  onRead?.(reader.members);
  return readingOf(text, read);
}

/** The same for whoever wants the value of a text also where a name stands twice: the last one then counts. */
export function readLenientJson(text: string): LenientReading {
  let first: DuplicateName | null = null;
  const onDuplicate = (found: DuplicateName) => {
    first ??= found;
  };
  const read = new JsonReader(text, { maximumDepth: maximumJsonDepth, onDuplicate }).read();
  return { reading: readingOf(text, read), duplicate: first && duplicateIn(text, first) };
}

function duplicateIn(text: string, { name, pointer, offset }: DuplicateName): LenientReading['duplicate'] {
  return { name, pointer, fault: faultOf(text, duplicateDefect(name, offset)) };
}

function readingOf(text: string, read: Json | JsonDefect): JsonReading {
  if (!(read instanceof JsonDefect)) return { ok: true, value: read };
  const { kind } = read;
  const fault = faultOf(text, read);
  return kind === 'depth' || kind === 'members' ? { ok: false, fault, exceeded: kind } : { ok: false, fault };
}

function faultOf(text: string, { offset, expected, found }: JsonDefect): JsonError {
  return { ...lineAndColumn(text, offset), expected, found };
}

/** Where an offset is, without a copy of what stands before it. */
function lineAndColumn(text: string, offset: number): Pick<JsonError, 'line' | 'column'> {
  let line = 1;
  let column = 1;
  for (let index = 0; index < offset; index++) {
    const code = text.charCodeAt(index);
    // The second half of a character, or of a line end, counts for nothing.
    if (code >= 0xdc00 && code <= 0xdfff && isHighSurrogate(text.charCodeAt(index - 1))) continue;
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(index + 1) !== 0x0a)) {
      line += 1;
      column = 1;
    } else column += 1;
  }
  return { line, column };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Where a text stops being one JSON text, or null. Neither length nor depth of it exhausts the stack. */
export function findJsonDefect(text: string, tolerance: JsonTolerance): JsonDefect | null {
  const read = new JsonReader(text, tolerance).read();
  return read instanceof JsonDefect ? read : null;
}
