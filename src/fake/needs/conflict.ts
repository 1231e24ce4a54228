import type { Location, Problem } from '../../errors.js';
import { parsePointer } from '../../text/pointer.js';

/** Why no value can be made at a place: what of the schema cannot be satisfied, in a sentence. */
export class Conflict {
  /** Pointer to the keyword or schema that is to blame. */
  readonly pointer: string;
  readonly message: string;
  /** The message, without what it led to farther out. */
  readonly root: string;
  /** Pointers to what it contradicts, where that is known. */
  readonly against: readonly string[];

  constructor(pointer: string, message: string, root = message, against: readonly string[] = []) {
    this.pointer = pointer;
    this.message = message;
    this.root = root;
    this.against = against;
  }

  /** What is to be said of it with the places of all that contradicts one another, of which a keyword is only one. */
  toProblem(locate: (pointer: string) => Location): Problem {
    const all = [...new Set([this.pointer, ...this.against])].filter((pointer) => pointer !== '').slice(0, mostNamed);
    const places = all.map((pointer) => ({ pointer, location: locate(pointer) }));
    // What was given as an object has no lines, and what is made up here stands nowhere.
    const written = places.filter(({ location: { line, column } }) => line > 1 || column > 1);
    const said = (written.length > 0 ? written : places).map(({ pointer, location: { file, line, column } }) =>
      written.length > 0 ? `${nameOf(pointer)} at ${file}:${line}:${column}` : `${nameOf(pointer)} at ${pointer}`,
    );
    const where = said.length > 1 ? ` (${said.join(', ')})` : '';
    return { message: `${this.message}${where}`, location: locate(this.pointer) };
  }

  /** The root, to be put behind the message of what it led to. */
  get asDetail(): string {
    return `: ${this.root.charAt(0).toLowerCase()}${this.root.slice(1)}`;
  }
}

/** Places that one message names. */
const mostNamed = 4;

/** The keyword that a pointer ends at, or else what it is called. */
function nameOf(pointer: string): string {
  return parsePointer(pointer).at(-1) ?? 'it';
}

export function isConflict(result: unknown): result is Conflict {
  return result instanceof Conflict;
}
