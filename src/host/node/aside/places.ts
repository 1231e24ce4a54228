import type { Location } from '../../../errors.js';
import { pointerOf } from '../../../text/pointer.js';

/** Stands for every file. */
const anyFile = 'a file that this thread does not know';
const written = new RegExp(`${anyFile} (\\d+):1:2`, 'g');

/** The places of a document in a thread that knows its tree and not its files: it writes them so that another one can put in what they are. */
export class Places {
  readonly #pointers: string[] = [];

  readonly locate = (segments: readonly string[]): Location => {
    const pointer = pointerOf(...segments);
    // Not the beginning of a file, which is where what has no place would be.
    return { file: `${anyFile} ${this.#pointers.push(pointer) - 1}`, line: 1, column: 2, pointer };
  };

  /** The pointers of the places that a text names, in its order. */
  pointersIn(text: string): string[] {
    return Array.from(text.matchAll(written), ([, index]) => this.#pointers[Number(index)] ?? '');
  }
}

/** Whether a text names a place. */
export function namesPlace(text: string): boolean {
  return text.includes(anyFile);
}

/** A text with the true places in it. @param pointers what `pointersIn` has given for it */
export function withPlaces(text: string, pointers: readonly string[], locate: (pointer: string) => Location): string {
  let index = 0;
  return text.replace(written, () => {
    const { file, line, column } = locate(pointers[index++] ?? '');
    return `${file}:${line}:${column}`;
  });
}
