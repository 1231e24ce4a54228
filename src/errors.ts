import { visibleLines } from './text/visible.js';

/** Where something stands in a file: 1-based line and column, and the JSON Pointer (RFC 6901) into the document. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

/** One thing that is wrong with what the user gave: data, collected and shown together. */
export interface Problem {
  /** A whole sentence without a final period: what is wrong. */
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly location?: Location;
  /** What to do about it, as an instruction. */
  readonly remedy?: string;
}

/**
 * Every code that the package throws or exits with, with its exit code.
 * 2 means "could not run"; 1 is kept for "ran, and the answer is no".
 */
export const errorCodes = {
  DOCUMENT_UNREADABLE: { exitCode: 2 },
  DOCUMENT_INVALID: { exitCode: 2 },
  REFERENCE_FORBIDDEN: { exitCode: 2 },
  OVERLAY_INVALID: { exitCode: 2 },
  FIXTURE_INVALID: { exitCode: 2 },
  HANDLER_INVALID: { exitCode: 2 },
  CONFIGURATION_INVALID: { exitCode: 2 },
  USAGE: { exitCode: 2 },
  PORT_UNAVAILABLE: { exitCode: 2 },
  STATE_UNREADABLE: { exitCode: 2 },
  WORKER_FAILED: { exitCode: 2 },
  TARGET_UNREACHABLE: { exitCode: 2 },
  UNSATISFIABLE_SCHEMA: { exitCode: 2 },
} as const satisfies Record<string, { exitCode: number }>;

export type ErrorCode = keyof typeof errorCodes;

/** Of more problems at once than these nobody reads the words: `problems` has them all. */
const mostSaid = 100;

/**
 * Thrown for misuse and for input that cannot be used. What is wrong in a request or a
 * response is never thrown: it is a violation, and violations are data.
 */
export class CounterproofError extends Error {
  override readonly name = 'CounterproofError';
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: Problem | readonly Problem[]) {
    const list = Array.isArray(problems) ? problems : [problems as Problem];
    const said = list.slice(0, mostSaid).map(formatProblem);
    super((list.length > mostSaid ? [...said, 'and more: these come first'] : said).join('\n'));
    this.code = code;
    this.problems = list;
  }

  get exitCode(): number {
    return errorCodes[this.code].exitCode;
  }
}

/**
 * One problem as a person reads it: place, sentence, expectation, remedy, on one to three lines. What documents, files and
 * clients have in them is made visible, and cut where it is long.
 */
export function formatProblem(problem: Problem): string {
  const { location, message, expected, found, remedy } = problem;
  const place = location
    ? `${location.file}:${location.line}:${location.column}${location.pointer ? ` at ${location.pointer}` : ''}: `
    : '';
  const details = [expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join(', ');
  const sentence = `${visibleLines(place)}${visibleLines(message)}${details ? ` (${visibleLines(details)})` : ''}`;
  return [sentence, remedy && `  ${visibleLines(remedy)}`].filter(Boolean).join('\n');
}
