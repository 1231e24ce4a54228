import type { HttpRequest, OperationEntry, Operations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { ledTo } from './led-to.js';

/** What others can be made to wait, in milliseconds. */
const longest = 50;
/** Answers are taken to be slow to make after so many in succession that were: what is done once costs the first ones more. */
const slowInSuccession = 3;
/** They are so no longer after so many in succession that were not: it was the machine that had other things to do. */
const quickInSuccession = 20;
/** So many members and items may lead from an operation: with more its first answer is longer in the making than others can wait. */
const mostMembers = 1000;
/** Texts count for one more for each so many characters: patterns, lists in one text. */
const charactersOfMember = 100;

/** How long it takes to make answers of an operation, as far as that is known. */
class Weight {
  readonly #isLarge: boolean;
  #isSlow = false;
  /** How many answers in succession were otherwise than is taken for granted. */
  #others = 0;

  constructor(isLarge: boolean) {
    this.#isLarge = isLarge;
  }

  get isHeavy(): boolean {
    return this.#isLarge || this.#isSlow;
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
    const weight = new Weight(entry !== null && hasMany(document.root, document.at(entry.pointer)));
    this.#known.set(entry, weight);
    return weight;
  }
}

/** Whether more than a bounded number of members and items lead from a value, by references too. */
function hasMany(root: Json, from: Json | undefined): boolean {
  const seen = new Set<unknown>();
  const left: (Json | undefined)[] = [from];
  let count = 0;
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') count += Math.floor(value.length / charactersOfMember);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const name in value) {
      count += 1;
      if (count > mostMembers) return true;
      const member = (value as JsonObject)[name];
      if (!shown.has(name)) left.push(ledTo(root, name, member));
    }
  }
  return false;
}

/** Members that are for people, and cost nothing. */
const shown = new Set(['description', 'summary']);
