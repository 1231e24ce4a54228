import type { Program, Step } from './program.js';

/** Counts down the steps that a search may still take. */
export interface Allowance {
  steps: number;
}

/** Thrown inside this folder where a search has used up its allowance. */
export class Exhausted extends Error {}

function spend(allowance: Allowance, steps: number): void {
  allowance.steps -= steps;
  if (allowance.steps < 0) throw new Exhausted();
}

/**
 * Whether a program without back references matches anywhere in a text. All ways are followed at once, symbol by symbol
 * (Thompson), so that it takes no more than length of the text × steps of the program.
 */
export function matchesAnywhere(program: Program, text: Uint32Array, allowance: Allowance): boolean {
  return new Sweep(program, text, allowance, new Map()).run(() => true);
}

/** Follows a program from every position of a text. */
class Sweep {
  readonly #program: Program;
  readonly #text: Uint32Array;
  readonly #allowance: Allowance;
  /** For what stands in a lookaround: 1 at each position where it is found. */
  readonly #found: Map<Program, Uint8Array>;
  /** For each step, the number (from 1) of the round in which it was reached last. */
  readonly #reached: Uint32Array;
  /** The steps to be taken at this position, and those at the next. */
  readonly #pending: number[] = [];
  #next: number[] = [];

  constructor(program: Program, text: Uint32Array, allowance: Allowance, found: Map<Program, Uint8Array>) {
    this.#program = program;
    this.#text = text;
    this.#allowance = allowance;
    this.#found = found;
    this.#reached = new Uint32Array(program.steps.length);
  }

  /** @param ended is told each position where a match ends, and says whether that is enough: then this is true */
  run(ended: (position: number) => boolean): boolean {
    const { start, backward } = this.#program;
    let here: number[] = [];
    for (let round = 1; round <= this.#text.length + 1; round++) {
      const position = backward ? this.#text.length + 1 - round : round - 1;
      this.#pending.push(start);
      for (const number of here) this.#pending.push(number);
      this.#next = [];
      if (this.#takeAll(position, round) && ended(position)) return true;
      here = this.#next;
    }
    return false;
  }

  /** Takes all steps that need no symbol, and notes where the symbol leads. Says whether a match ends here. */
  #takeAll(position: number, round: number): boolean {
    const { steps } = this.#program;
    let isEnd = false;
    let visited = 0;
    while (this.#pending.length > 0) {
      const number = this.#pending.pop() as number;
      if (this.#reached[number] === round) continue;
      this.#reached[number] = round;
      visited += 1;
      const step = steps[number] as Step;
      if (step.kind === 'end') isEnd = true;
      else this.#take(step, position);
    }
    spend(this.#allowance, visited);
    return isEnd;
  }

  #take(step: Exclude<Step, { kind: 'end' }>, position: number): void {
    const symbol = this.#text[this.#program.backward ? position - 1 : position];
    switch (step.kind) {
      case 'symbol':
        if (symbol === step.symbol) this.#next.push(step.next);
        break;
      case 'class':
        if (symbol !== undefined && step.fits(symbol)) this.#next.push(step.next);
        break;
      case 'fork':
        for (const way of step.ways) this.#pending.push(way);
        break;
      case 'edge':
        if (isAt(step.edge, this.#text, position)) this.#pending.push(step.next);
        break;
      case 'look':
        if ((this.#look(step.program)[position] === 1) === step.holds) this.#pending.push(step.next);
        break;
      default:
        this.#pending.push(step.next);
    }
  }

  #look(program: Program): Uint8Array {
    const known = this.#found.get(program);
    if (known) return known;
    const ends = new Uint8Array(this.#text.length + 1);
    new Sweep(program, this.#text, this.#allowance, this.#found).run((position) => {
      ends[position] = 1;
      return false;
    });
    this.#found.set(program, ends);
    return ends;
  }
}

/**
 * Whether a program with back references matches anywhere in a text: one way after the other, and back to the last
 * fork where one leads nowhere.
 */
export function matchesByTrying(program: Program, registers: number, text: Uint32Array, allowance: Allowance): boolean {
  const search = new Search(text, new Int32Array(registers), allowance);
  for (let position = 0; position <= text.length; position++) {
    if (search.follow(program, position)) return true;
  }
  return false;
}

class Search {
  readonly #text: Uint32Array;
  readonly #registers: Int32Array;
  readonly #allowance: Allowance;
  /** What registers held before they were changed: pairs of register and value. */
  readonly #changes: number[] = [];

  constructor(text: Uint32Array, registers: Int32Array, allowance: Allowance) {
    this.#text = text;
    this.#registers = registers.fill(-1);
    this.#allowance = allowance;
  }

  /** Whether a program matches from a position. Where it does not, the registers are as before. */
  follow({ steps, start, backward }: Program, from: number): boolean {
    /** Triples: a step, a position, and how many changes had been made. */
    const before = this.#changes.length;
    const forks: number[] = [start, from, before];
    while (forks.length > 0) {
      this.#undo(forks.pop() as number);
      let position = forks.pop() as number;
      let number = forks.pop() as number;
      while (number >= 0) {
        spend(this.#allowance, 1);
        const step = steps[number] as Step;
        if (step.kind === 'end') return true;
        if (step.kind === 'fork') {
          for (let index = step.ways.length - 1; index > 0; index--) {
            forks.push(step.ways[index] as number, position, this.#changes.length);
          }
          number = step.ways[0] as number;
        } else {
          const after = this.#after(step, position, backward);
          number = after < 0 ? -1 : step.next;
          position = after;
        }
      }
    }
    this.#undo(before);
    return false;
  }

  /** The position after a step; -1 where it leads nowhere. */
  #after(step: Exclude<Step, { kind: 'end' | 'fork' }>, position: number, backward: boolean): number {
    const at = backward ? position - 1 : position;
    const symbol = this.#text[at];
    const after = backward ? at : at + 1;
    switch (step.kind) {
      case 'symbol':
        return symbol === step.symbol ? after : -1;
      case 'class':
        return symbol !== undefined && step.fits(symbol) ? after : -1;
      case 'edge':
        return isAt(step.edge, this.#text, position) ? position : -1;
      case 'moved':
        return this.#registers[step.register] === position ? -1 : position;
      case 'again':
        return this.#afterAgain(step.indexes, position, backward);
      case 'look': {
        const before = this.#changes.length;
        const found = this.follow(step.program, position);
        if (found && !step.holds) this.#undo(before);
        return found === step.holds ? position : -1;
      }
      case 'save':
        this.#change(step.register, position);
        return position;
      case 'clear':
        spend(this.#allowance, step.registers.length);
        for (const register of step.registers) this.#change(register, -1);
        return position;
    }
  }

  #change(register: number, value: number): void {
    this.#changes.push(register, this.#registers[register] as number);
    this.#registers[register] = value;
  }

  #undo(to: number): void {
    while (this.#changes.length > to) {
      const value = this.#changes.pop() as number;
      this.#registers[this.#changes.pop() as number] = value;
    }
  }

  /** The position after what a group has captured stands once more; -1 where it does not. */
  #afterAgain(indexes: readonly number[], position: number, backward: boolean): number {
    const [registers, text] = [this.#registers, this.#text];
    const index = indexes.find((one) => (registers[2 * one] ?? -1) >= 0 && (registers[2 * one + 1] ?? -1) >= 0);
    if (index === undefined) return position;
    const [first, last] = [registers[2 * index] as number, registers[2 * index + 1] as number];
    const size = last - first;
    const begin = backward ? position - size : position;
    if (begin < 0 || begin + size > text.length) return -1;
    for (let offset = 0; offset < size; offset++) {
      if (text[first + offset] !== text[begin + offset]) return -1;
      spend(this.#allowance, 1);
    }
    return backward ? begin : begin + size;
  }
}

function isAt(
  { at, everyLine }: Extract<Step, { kind: 'edge' }>['edge'],
  text: Uint32Array,
  position: number,
): boolean {
  switch (at) {
    case 'start':
      return position === 0 || (everyLine && isLineEnd(text[position - 1]));
    case 'end':
      return position === text.length || (everyLine && isLineEnd(text[position]));
    default:
      return (isWord(text[position - 1]) !== isWord(text[position])) === (at === 'word');
  }
}

/** ECMA-262, 12.3. */
function isLineEnd(symbol: number | undefined): boolean {
  return symbol === 0x0a || symbol === 0x0d || symbol === 0x2028 || symbol === 0x2029;
}

function isWord(symbol: number | undefined): boolean {
  return symbol !== undefined && /^\w$/.test(String.fromCodePoint(symbol));
}
