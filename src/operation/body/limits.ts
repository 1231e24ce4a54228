import { type JsonReading, maximumJsonDepth, readJson } from '../../text/json.js';

/** How much structure a body may have, however few bytes it takes. */
export interface BodyLimits {
  /** Objects and arrays, or elements, inside of each other. */
  readonly depth: number;
  /** Members of objects, items of arrays, fields of a form, elements, attributes and texts of XML: all together. */
  readonly members: number;
  /** Parts of a multipart body, at all levels. */
  readonly parts: number;
}

/** What the body of a request may have, where nobody says otherwise: more than any form or page sends. */
export const requestBodyLimits: BodyLimits = { depth: maximumJsonDepth, members: 100_000, parts: 1_000 };

/** What a body may have whose bytes are bounded, and whose sender is not to be refused. */
export const openBodyLimits: BodyLimits = {
  depth: maximumJsonDepth,
  members: Number.POSITIVE_INFINITY,
  parts: Number.POSITIVE_INFINITY,
};

const words: Readonly<Record<keyof BodyLimits, string>> = {
  depth: 'levels inside of each other',
  members: 'members and items',
  parts: 'parts',
};

/** A body has more structure than is read. Whoever reads it leaves off at once. */
export class BodyLimitExceeded extends Error {
  constructor(
    readonly limit: keyof BodyLimits,
    /** Completes "expected …". */
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** Counts what a reader has found of one body. */
export class BodyBudget {
  readonly #limits: BodyLimits;
  readonly #spent = { members: 0, parts: 0 };

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** @throws BodyLimitExceeded where there are more than may be */
  spend(limit: 'members' | 'parts', count = 1): void {
    this.#spent[limit] += count;
    if (this.#spent[limit] > this.#limits[limit]) this.#exceeded(limit);
  }

  /** @throws BodyLimitExceeded where so many levels are too many */
  reach(depth: number): void {
    if (depth > this.#limits.depth) this.#exceeded('depth');
  }

  /**
   * Reads a JSON text that is the body, or a part of it.
   * @throws BodyLimitExceeded
   */
  readJson(text: string): JsonReading {
    const { depth, members } = this.#limits;
    const onRead = (count: number) => {
      this.#spent.members += count;
    };
    const reading = readJson(text, { depth, members: members - this.#spent.members, onRead });
    if (!reading.ok && reading.exceeded !== undefined) this.#exceeded(reading.exceeded);
    return reading;
  }

  #exceeded(limit: keyof BodyLimits): never {
    throw new BodyLimitExceeded(limit, `at most ${this.#limits[limit]} ${words[limit]}`);
  }
}
