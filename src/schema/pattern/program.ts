import { classTest, type Look, type PatternNode, type Repetition } from './syntax.js';
import { asClass } from './work.js';

/** A step of a program; `next` is the number of the step after it. */
export type Step =
  | { readonly kind: 'end' }
  | { readonly kind: 'symbol'; readonly symbol: number; readonly next: number }
  | { readonly kind: 'class'; readonly fits: (symbol: number) => boolean; readonly next: number }
  /** Several ways on, the one to be tried first first. */
  | { readonly kind: 'fork'; readonly ways: readonly number[] }
  | { readonly kind: 'edge'; readonly edge: Extract<PatternNode, { kind: 'edge' }>; readonly next: number }
  | { readonly kind: 'look'; readonly holds: boolean; readonly program: Program; readonly next: number }
  /** Puts the position into a register. */
  | { readonly kind: 'save'; readonly register: number; readonly next: number }
  /** Empties registers: what a group has captured is forgotten when it is repeated. */
  | { readonly kind: 'clear'; readonly registers: readonly number[]; readonly next: number }
  /** Goes on where the position is not the one in the register: a round that takes nothing ends a repetition. */
  | { readonly kind: 'moved'; readonly register: number; readonly next: number }
  | { readonly kind: 'again'; readonly indexes: readonly number[]; readonly next: number };

/** What a pattern, or what stands in a lookaround, is compiled to. */
export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
  /** Whether it reads a text from its end to its beginning. */
  readonly backward: boolean;
}

/** More steps than this are not made: repetitions of repetitions would be written out without end. */
const maximumSteps = 60_000;

/** A code point with the flag `u`, a code unit without. */
export function symbolsOf(text: string, unicode: boolean): Uint32Array {
  if (!unicode) return Uint32Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  const symbols = new Uint32Array(text.length);
  let count = 0;
  for (const character of text) symbols[count++] = character.codePointAt(0) as number;
  return symbols.subarray(0, count);
}

export class Compiler {
  readonly #unicode: boolean;
  /** Whether registers are kept: only back references ask for them. */
  readonly #keeps: boolean;
  #size = 0;
  #registers = 0;

  constructor(unicode: boolean, keeps: boolean, groups: number) {
    this.#unicode = unicode;
    this.#keeps = keeps;
    this.#registers = 2 * (groups + 1);
  }

  /** So many steps in this program and in those of its lookarounds. */
  get size(): number {
    return this.#size;
  }

  /** The registers: two for each group, and one for each repetition. */
  get registers(): number {
    return this.#registers;
  }

  /** @returns null where the program would be too long */
  compile(node: PatternNode): Program | null {
    try {
      return this.#program(node, false);
    } catch (error) {
      if (error instanceof TooLong) return null;
      throw error;
    }
  }

  #program(node: PatternNode, backward: boolean): Program {
    const steps: Step[] = [];
    const add = (step: Step): number => {
      this.#size += 1;
      if (this.#size > maximumSteps) throw new TooLong();
      return steps.push(step) - 1;
    };
    const end = add({ kind: 'end' });
    const write = (one: PatternNode, next: number): number => {
      switch (one.kind) {
        case 'text': {
          const symbols = symbolsOf(one.text, this.#unicode);
          const ordered = backward ? symbols : symbols.reverse();
          return ordered.reduce((after, symbol) => add({ kind: 'symbol', symbol, next: after }), next);
        }
        case 'class':
          return add({ kind: 'class', fits: classTest(one), next });
        case 'edge':
          return add({ kind: 'edge', edge: one, next });
        case 'sequence': {
          const ordered = backward ? one.nodes : [...one.nodes].reverse();
          return ordered.reduce((after, inner) => write(inner, after), next);
        }
        case 'either': {
          const merged = asClass(one);
          if (merged) return write(merged, next);
          return add({ kind: 'fork', ways: one.options.map((option) => write(option, next)) });
        }
        case 'group': {
          if (one.index === null || !this.#keeps) return write(one.node, next);
          const [first, last] = [2 * one.index, 2 * one.index + 1];
          const inner = write(one.node, add({ kind: 'save', register: backward ? first : last, next }));
          return add({ kind: 'save', register: backward ? last : first, next: inner });
        }
        case 'again':
          return add({ kind: 'again', indexes: one.indexes, next });
        case 'look':
          return add({ kind: 'look', holds: one.holds, program: this.#look(one), next });
        case 'repeat':
          return repeat(one, next);
      }
    };
    const repeat = (one: Repetition, next: number): number => {
      const { node, minimum, maximum, lazy } = one;
      const captured = this.#keeps ? groupsIn(node).flatMap((index) => [2 * index, 2 * index + 1]) : [];
      const round = (after: number): number => {
        const inner = write(node, after);
        return captured.length > 0 ? add({ kind: 'clear', registers: captured, next: inner }) : inner;
      };
      /** A round that has to take something. */
      const further = (after: number): number => {
        if (!this.#keeps) return round(after);
        const register = this.#registers++;
        return add({ kind: 'save', register, next: round(add({ kind: 'moved', register, next: after })) });
      };
      const orNot = (way: number): number[] => (lazy ? [next, way] : [way, next]);
      let entry = next;
      if (maximum === Number.POSITIVE_INFINITY) {
        const ways: number[] = [];
        entry = add({ kind: 'fork', ways });
        ways.push(...orNot(further(entry)));
      } else {
        for (let count = minimum; count < maximum; count++) entry = add({ kind: 'fork', ways: orNot(further(entry)) });
      }
      for (let count = 0; count < minimum; count++) {
        const before = round(entry);
        if (before === entry) break;
        entry = before;
      }
      return entry;
    };
    const start = write(node, end);
    return { steps, start, backward };
  }

  /**
   * Where registers are kept, what stands in a lookaround is tried from the place where it stands. Else all places
   * where it can begin are found in one pass over the text, from where it can end.
   */
  #look({ ahead, node }: Look): Program {
    return this.#program(node, this.#keeps ? !ahead : ahead);
  }
}

class TooLong extends Error {}

export function groupsIn(node: PatternNode): number[] {
  switch (node.kind) {
    case 'group':
      return [...(node.index === null ? [] : [node.index]), ...groupsIn(node.node)];
    case 'sequence':
      return node.nodes.flatMap(groupsIn);
    case 'either':
      return node.options.flatMap(groupsIn);
    case 'repeat':
    case 'look':
      return groupsIn(node.node);
    default:
      return [];
  }
}
