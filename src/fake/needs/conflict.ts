/** Why no value can be made at a place: what of the schema cannot be satisfied, in a sentence. */
export class Conflict {
  /** Pointer to the keyword or schema that is to blame. */
  readonly pointer: string;
  readonly message: string;
  /** The message, without what it led to farther out. */
  readonly root: string;

  constructor(pointer: string, message: string, root = message) {
    this.pointer = pointer;
    this.message = message;
    this.root = root;
  }

  /** The root, to be put behind the message of what it led to. */
  get asDetail(): string {
    return `: ${this.root.charAt(0).toLowerCase()}${this.root.slice(1)}`;
  }
}

export function isConflict(result: unknown): result is Conflict {
  return result instanceof Conflict;
}
