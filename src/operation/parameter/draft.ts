import type { Schema, Violation } from '../../schema/index.js';
import { greatest } from '../../text/many.js';
import { setMember } from '../../text/value.js';

/** A place in a drafted value that what was sent can be read at in more than one way. */
interface Choice {
  holder: object;
  key: string | number;
  readonly readings: readonly unknown[];
  /** Relative to the drafted value. */
  readonly pointer: string;
  chosen: number;
}

/**
 * A value from the wire, before it is settled how each of its strings is meant. `5` under `anyOf: [integer, string]`
 * has two readings; the value is valid if it is with any of them.
 */
export class Draft {
  readonly #root: { value: unknown } = { value: undefined };
  readonly #choices: Choice[] = [];

  get value(): unknown {
    return this.#root.value;
  }

  /** A draft whose whole value has these readings, the likelier first. */
  static of(readings: readonly unknown[]): Draft {
    const draft = new Draft();
    draft.put(draft.#root, 'value', '', readings);
    return draft;
  }

  /** A draft of a container, to be filled with `put` and `adopt`. */
  static container(container: object): Draft {
    const draft = new Draft();
    draft.#root.value = container;
    return draft;
  }

  put(holder: object, key: string | number, pointer: string, readings: readonly unknown[]): void {
    setMember(holder, key, readings[0]);
    if (readings.length > 1) this.#choices.push({ holder, key, readings, pointer, chosen: 0 });
  }

  /** Places what another draft made, with the choices that it left open. */
  adopt(holder: object, key: string | number, pointer: string, part: Draft): void {
    setMember(holder, key, part.value);
    for (const choice of part.#choices) {
      const atRoot = choice.holder === part.#root;
      this.#choices.push({
        ...choice,
        holder: atRoot ? holder : choice.holder,
        key: atRoot ? key : choice.key,
        pointer: pointer + choice.pointer,
      });
    }
  }

  /**
   * Settles on the first readings with which the schema accepts the value.
   * @param at The pointer that violations give for the value.
   * @returns the violations of the likeliest readings where no reading is valid.
   */
  settle(schema: Schema, where: Violation['in'], at: string): Violation[] {
    if (schema.accepts(this.value)) return [];
    const violations = schema.validate(this.value, where, at);
    if (this.#choices.length === 0) return violations;
    if (this.#followViolations(schema, where, at, violations)) return [];
    this.#reset();
    // A union is violated where it stands, and by what is inside of it.
    const within = this.#choices.filter(({ pointer }) =>
      violations.some((each) => isWithin(at + pointer, each.pointer)),
    );
    for (const choices of within.length < this.#choices.length ? [within, this.#choices] : [within]) {
      if (this.#tryCombinations(schema, choices)) return [];
      this.#reset();
    }
    return violations;
  }

  /** Moves every choice that a violation points at to its next reading, as long as there is one. */
  #followViolations(schema: Schema, where: Violation['in'], at: string, first: readonly Violation[]): boolean {
    let violations = first;
    for (let round = 0; round < maximumRounds; round++) {
      const blamed = placesOf(violations);
      let moved = false;
      for (const choice of this.#choices) {
        if (!blamed.has(at + choice.pointer) || choice.chosen + 1 >= choice.readings.length) continue;
        choose(choice, choice.chosen + 1);
        moved = true;
      }
      if (!moved) return false;
      if (schema.accepts(this.value)) return true;
      violations = schema.validate(this.value, where, at);
    }
    return false;
  }

  /** All combinations where they are few; otherwise only those in which every choice has its second, third, … reading. */
  #tryCombinations(schema: Schema, choices: readonly Choice[]): boolean {
    const total = choices.reduce((product, choice) => product * choice.readings.length, 1);
    if (total > maximumCombinations) {
      const most = greatest(choices.map((choice) => choice.readings.length));
      for (let reading = 1; reading < most; reading++) {
        for (const choice of choices) choose(choice, Math.min(reading, choice.readings.length - 1));
        if (schema.accepts(this.value)) return true;
      }
      return false;
    }
    for (let combination = 1; combination < total; combination++) {
      let rest = combination;
      for (const choice of choices) {
        choose(choice, rest % choice.readings.length);
        rest = Math.floor(rest / choice.readings.length);
      }
      if (schema.accepts(this.value)) return true;
    }
    return false;
  }

  #reset(): void {
    for (const choice of this.#choices) choose(choice, 0);
  }
}

const maximumCombinations = 64;
/** A string has three readings at most; an array in its place is a fourth. */
const maximumRounds = 4;

function choose(choice: Choice, index: number): void {
  choice.chosen = index;
  setMember(choice.holder, choice.key, choice.readings[index]);
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** The places that violations name, and all that these are in. */
function placesOf(violations: readonly Violation[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { pointer } of violations) {
    for (
      let end = pointer.length;
      end > 0 && !places.has(pointer.slice(0, end));
      end = pointer.lastIndexOf('/', end - 1)
    ) {
      places.add(pointer.slice(0, end));
    }
  }
  return places;
}
