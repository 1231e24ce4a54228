import { type DuplicateName, JsonDefect, type JsonTolerance } from './json-defect.js';
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

/**
 * Reads one JSON text (RFC 8259). Stricter than JSON.parse where parsers part: a byte order mark (8.1), a member
 * that is there twice (4) and nesting beyond a depth are faults. `__proto__` is a member like any other.
 * A number beyond the range of a double is the largest double, so that it stays a number.
 */
export function readJson(text: string, { depth, members, onRead }: JsonBounds = usualBounds): JsonReading {
  const reader = new JsonReader(text, { maximumDepth: depth, maximumMembers: members });
  const read = reader.read();
  onRead?.(reader.members);
  if (!(read instanceof JsonDefect)) return { ok: true, value: read };
  const { kind, offset, expected, found } = read;
  const fault = { ...lineAndColumn(text, offset), expected, found };
  return kind === 'depth' || kind === 'members' ? { ok: false, fault, exceeded: kind } : { ok: false, fault };
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

/** The first name that stands twice in one object of a JSON text (RFC 8259, 4), and in which object; or null. */
export function findDuplicateName(text: string): Pick<DuplicateName, 'name' | 'pointer'> | null {
  let first: Pick<DuplicateName, 'name' | 'pointer'> | null = null;
  findJsonDefect(text, {
    onDuplicate({ name, pointer }) {
      first ??= { name, pointer };
    },
  });
  return first;
}
