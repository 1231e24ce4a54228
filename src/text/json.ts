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
  | { readonly ok: false; readonly fault: JsonError };

/** Deeper than any API nests, and shallow enough for every recursive validator behind this. */
export const maximumJsonDepth = 256;

/**
 * Reads one JSON text (RFC 8259). Stricter than JSON.parse where parsers part: a byte order mark (8.1), a member
 * that is there twice (4) and nesting beyond `maximumJsonDepth` are faults. `__proto__` is a member like any other.
 * A number beyond the range of a double is the largest double, so that it stays a number.
 */
export function readJson(text: string): JsonReading {
  const read = new JsonReader(text, { maximumDepth: maximumJsonDepth }).read();
  if (!(read instanceof JsonDefect)) return { ok: true, value: read };
  const before = text.slice(0, read.offset).split(/\r\n|\n|\r/);
  const column = Array.from(before.at(-1) ?? '').length + 1;
  return { ok: false, fault: { line: before.length, column, expected: read.expected, found: read.found } };
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
