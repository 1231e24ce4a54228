import { keyOf, type Place } from '../place.js';
import type { Surveyor } from './survey.js';
import type { AjvError, Validator } from './validator.js';

interface Outcome {
  readonly isValid: boolean;
  readonly errors: readonly AjvError[] | null;
  readonly evaluated: Validator['evaluated'];
}

/** In more ways than these, not each of them can be gone for every value. */
const manyWays = 1000;

/** Of more schemas for the same value it is not looked where they lead together. */
const mostTogether = 100;

/** So many errors of one value are enough then: each way would tell them once more. */
const tangledErrors = 64;

/** What validators have said of the values of one call: they remember it until the outermost of them returns. */
export class Pass {
  #depth = 0;
  readonly #known = new Set<Map<string, Map<unknown, Outcome>>>();

  readonly #ways = new Map<string, number>();
  /** What several branches lead to for one value inside of theirs. */
  readonly #shared = new Set<string>();
  readonly #survey: Pick<Surveyor, 'behind' | 'within'>;

  constructor(survey: Pick<Surveyor, 'behind' | 'within'>) {
    this.#survey = survey;
  }

  /**
   * A validator that looks at each value once in a call, where more ways lead to it than can be gone. Asked of a schema before those
   * that it leads to are met.
   */
  of(place: Place, validate: Validator): Validator {
    this.#noteShared(place);
    return this.#shared.has(keyOf(place)) || this.#isTangled(place) ? this.#remembering(validate) : validate;
  }

  /**
   * Where two branches lead to one schema for the same member, each level of a value would double the ways to what is below it: a tree
   * of expressions whose kinds all have a left and a right side is such a schema.
   */
  #noteShared(place: Place): void {
    const met = new Map<string, Place>([[keyOf(place), place]]);
    const known = new Set<string>();
    for (const one of met.values()) {
      for (const { steps, to } of this.#survey.within(one)) {
        const way = `${steps} ${keyOf(to)}`;
        if (known.has(way)) this.#shared.add(keyOf(to));
        known.add(way);
      }
      // A Map grows while it is iterated.
      if (met.size < mostTogether) for (const to of this.#survey.behind(one)) met.set(keyOf(to), to);
    }
  }

  /** Whether a schema leads to others for the same value in too many ways. */
  #isTangled(place: Place): boolean {
    return this.#waysFrom(place) >= manyWays;
  }

  #waysFrom(place: Place): number {
    const key = keyOf(place);
    let ways = this.#ways.get(key);
    if (ways === undefined) {
      // What leads back to itself is left out.
      this.#ways.set(key, 0);
      ways = 0;
      for (const to of this.#survey.behind(place)) if (ways < manyWays) ways += 1 + this.#waysFrom(to);
      this.#ways.set(key, ways);
    }
    return ways;
  }

  /**
   * A validator that looks at each value once in a call, however many ways lead to it: schemas of one value that lead to
   * each other in many ways make more ways than can be gone. Not for what depends on the dynamic scope.
   */
  #remembering(validate: Validator): Validator {
    const byPath = new Map<string, Map<unknown, Outcome>>();
    const remembering: Validator = (data, context) => {
      const path = context?.instancePath ?? '';
      const known = byPath.get(path) ?? new Map<unknown, Outcome>();
      byPath.set(path, known);
      this.#known.add(byPath);
      const outcome = known.get(data) ?? this.#ask(validate, data, context);
      known.set(data, outcome);
      // Whoever called adds to the errors.
      remembering.errors = outcome.errors?.slice() ?? null;
      if (outcome.evaluated) remembering.evaluated = outcome.evaluated;
      if (this.#depth === 0) this.#forget();
      return outcome.isValid;
    };
    return remembering;
  }

  #ask(validate: Validator, data: unknown, context: Parameters<Validator>[1]): Outcome {
    this.#depth += 1;
    try {
      const isValid = validate(data, context);
      const { errors = null, evaluated } = validate;
      return { isValid, errors: errors?.slice(0, tangledErrors) ?? null, evaluated };
    } finally {
      this.#depth -= 1;
    }
  }

  #forget(): void {
    for (const byPath of this.#known) byPath.clear();
    this.#known.clear();
  }
}
