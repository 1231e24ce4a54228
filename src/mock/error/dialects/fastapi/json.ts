import { findJsonDefect } from '../../../../text/json.js';
import type { JsonDefect } from '../../../../text/json-defect.js';

/** Where Python's `json` module stops reading, and what it says there. */
export interface JsonDecodeError {
  readonly message: string;
  /** In characters, as Python counts them. */
  readonly position: number;
}

/** Python gives up with a RecursionError near this depth. */
const maximumDepth = 900;

/**
 * The error that Python's `json.loads` (3.11) raises for a text: FastAPI passes its message and position on. What
 * Python reads though it is not JSON (`NaN`, `Infinity`) is let through.
 * @returns null where Python finds nothing wrong
 */
export function pythonJsonError(text: string): JsonDecodeError | null {
  const defect = findJsonDefect(text, { maximumDepth, nonFinite: true, onDuplicate: () => {} });
  if (defect === null) return null;
  const isCodePoint = defect.kind === 'escape' && text[defect.offset + 1] === 'u';
  // An escape at the end of the text leaves its string unclosed.
  const isUnclosed = defect.kind === 'unclosed' || (defect.kind === 'escape' && defect.offset + 1 === text.length);
  const message = isUnclosed ? messages.unclosed : isCodePoint ? 'Invalid \\uXXXX escape' : messages[defect.kind];
  const offset = isUnclosed ? defect.start : isCodePoint ? defect.offset + 1 : defect.offset;
  return { message, position: Array.from(text.slice(0, offset)).length };
}

const messages: Readonly<Record<JsonDefect['kind'], string>> = {
  value: 'Expecting value',
  depth: 'Expecting value',
  members: 'Expecting value',
  duplicate: 'Expecting value',
  name: 'Expecting property name enclosed in double quotes',
  colon: "Expecting ':' delimiter",
  comma: "Expecting ',' delimiter",
  end: 'Extra data',
  unclosed: 'Unterminated string starting at',
  control: 'Invalid control character at',
  escape: 'Invalid \\escape',
};
