import type { Refusal } from '../refer/reference.js';

/** Most bytes of a document with all that it refers to, where nobody says otherwise. */
const usualBytes = 64 * 1024 * 1024;

/** How many bytes may be read for one document. */
export class Allowance {
  readonly #most: number;
  #left: number;

  constructor(bytes: number = usualBytes) {
    this.#most = bytes;
    this.#left = bytes;
  }

  /** How many may still be read. */
  get left(): number {
    return this.#left;
  }

  /** Notes that so many were read. */
  take(bytes: number): void {
    this.#left -= bytes;
  }

  /** Notes that a text was read; false where it is longer than what is left. */
  takeText(text: string): boolean {
    // Three bytes are the most that a code unit of UTF-16 has in UTF-8.
    const bytes = text.length * 3 <= this.#left ? text.length : new TextEncoder().encode(text).length;
    if (bytes > this.#left) return false;
    this.take(bytes);
    return true;
  }

  /** What to say of a file that is longer than what is left. */
  refusal(name: string): Refusal {
    const most = `${this.#most.toLocaleString('en-US')} bytes, which is all that is read of a document`;
    const what = this.#left < this.#most ? `What was read is with ${name}` : `${name} is`;
    return {
      message: `${what} longer than ${most} and of what it refers to`,
      remedy: 'Leave out what is not needed, or allow more: --max-document SIZE, in code maxDocumentBytes.',
      forbidden: false,
    };
  }
}
