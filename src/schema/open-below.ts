import type { At, Part, View } from './view.js';

/** A look that has not ended: what was found below a part, and how far of that all is closed. */
interface Walk {
  readonly found: Part[];
  readonly seen: Set<Part>;
  next: number;
}

/**
 * Whether anything at or below a schema is still open, where what is closed stays closed. Each schema is looked at once below
 * each that is asked for, and only as far as to the next one that is open: in a large document nearly all lie below one. What is
 * closed as a whole, with all below it, is not entered again.
 */
export class OpenBelow {
  readonly #view: View;
  readonly #isOpen: (part: Part) => boolean;
  readonly #closed = new WeakSet<Part>();
  readonly #walks = new WeakMap<Part, Walk>();

  /** @param isOpen of a schema itself: once false, always false */
  constructor(view: View, isOpen: (part: Part) => boolean) {
    this.#view = view;
    this.#isOpen = isOpen;
  }

  /** May be handed on by itself: whether a place is of interest, as `walkValue` asks. */
  readonly has = (at: At): boolean => {
    const start = this.#view.part(at);
    if (start === undefined || this.#closed.has(start)) return false;
    const walk = this.#walks.get(start) ?? { found: [start], seen: new Set([start]), next: 0 };
    this.#walks.set(start, walk);
    for (let part = walk.found[walk.next]; part !== undefined; part = walk.found[++walk.next]) {
      if (this.#closed.has(part)) continue;
      if (this.#isOpen(part)) return true;
      for (const inner of this.#view.heldBy(part)) {
        if (walk.seen.has(inner)) continue;
        walk.seen.add(inner);
        walk.found.push(inner);
      }
    }
    // What lies below any of them is among them.
    for (const part of walk.found) this.#closed.add(part);
    this.#walks.delete(start);
    return false;
  };
}
