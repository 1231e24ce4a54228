import type { HttpRequest, OperationEntry, Operations } from '../operation/index.js';
import { leadsToMore } from '../schema/index.js';

/** What others can be made to wait, in milliseconds. */
const longest = 50;
/** Answers are taken to be slow to make after so many in succession that were: what is done once costs the first ones more. */
const slowInSuccession = 3;
/** They are so no longer after so many in succession that were not: it was the machine that had other things to do. */
const quickInSuccession = 20;
/** So much may lead from an operation: with more its first answer is longer in the making than others can wait. */
const mostSteps = 1000;

/** How long it takes to make answers of an operation, as far as that is known. */
export class Weight {
  #isLarge: boolean;
  #isSlow = false;
  /** How many answers in succession were otherwise than is taken for granted. */
  #others = 0;

  constructor(isLarge: boolean) {
    this.#isLarge = isLarge;
  }

  get isHeavy(): boolean {
    return this.#isLarge || this.#isSlow;
  }

  /** Notes that what it takes is large, whatever the document says of the operation itself. */
  grow(): void {
    this.#isLarge = true;
  }

  measured<Answer>(make: () => Answer): Answer {
    const began = performance.now();
    const answer = make();
    this.took(performance.now() - began);
    return answer;
  }

  /** Notes how long an answer was in the making, here or elsewhere. */
  took(milliseconds: number): void {
    const isSlow = milliseconds > longest;
    this.#others = isSlow === this.#isSlow ? 0 : this.#others + 1;
    if (this.#others < (isSlow ? slowInSuccession : quickInSuccession)) return;
    this.#isSlow = isSlow;
    this.#others = 0;
  }
}

/** Which operations take so long to answer that others would have to wait. No answer depends on it: it says only where it is made. */
export class Weights {
  readonly #operations: Operations;
  readonly #known = new Map<OperationEntry | null, Weight>();

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  of({ method, target, headers }: HttpRequest): Weight {
    const match = this.#operations.match(method, target, headers);
    const entry = match.kind === 'operation' ? match.entry : null;
    const known = this.#known.get(entry);
    if (known !== undefined) return known;
    const { document } = this.#operations;
    const weight = new Weight(entry !== null && leadsToMore(document, entry.pointer, mostSteps));
    this.#known.set(entry, weight);
    return weight;
  }
}
