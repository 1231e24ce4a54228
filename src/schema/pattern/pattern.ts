import { Compiler, groupsIn, symbolsOf } from './program.js';
import { Exhausted, matchesAnywhere, matchesByTrying } from './run.js';
import { type PatternNode, parsePattern } from './syntax.js';
import { backtrackingSteps, shortestMatch } from './work.js';

/** A regular expression of a document, which answers in bounded time whatever the text. */
export interface Pattern {
  /** As written. */
  readonly source: string;
  /** Its parts; null where it is of a kind that is not read here. */
  readonly node: PatternNode | null;
  /** Whether it is known of every text whether it matches. */
  readonly decided: boolean;
  /** Whether it matches somewhere in a text. What cannot be decided within the bound counts as matching. */
  test(text: string): boolean;
}

/** So many steps for each character of a text are taken to match it or not: a body of a megabyte costs seconds, not years. */
const stepsPerCharacter = 300;
/** A short text may take as many steps as one of so many characters. */
const leastLength = 40;

const patterns = new Map<string, Pattern | null>();

/** Escapes that mean something in other languages, and without the flag `u` would be read as the letter. */
const misread = /^(?:[^\\]|\\[^ACEGHIJKLMNOPQRTUVXYZaeghijlmopqyz])*\\[ACEGHIJKLMNOPQRTUVXYZaeghijlmopqyz]/;

/**
 * A regular expression of a schema (JSON Schema Core, 6.4): ECMA-262 with the flag `u`. Real documents have
 * ones that only compile without (`[\w-.]`, `\-`): these are taken without it, but where an escape would be read as a letter
 * that another language means something by. null: it does not compile.
 */
export function compilePattern(pattern: string): Pattern | null {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    const expression = tryPattern(pattern, 'u') ?? (misread.test(pattern) ? null : tryPattern(pattern, ''));
    compiled = expression && new BoundedPattern(expression, pattern);
    patterns.set(pattern, compiled);
  }
  return compiled;
}

function tryPattern(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}

/**
 * The engine's own matcher where its steps are few by the shape of the pattern and the length of the text; else one that
 * follows all ways at once. With back references there is none that is always fast: there the ways are tried one after
 * the other, up to a number of steps.
 */
class BoundedPattern implements Pattern {
  readonly source: string;
  readonly node: PatternNode | null;
  readonly #expression: RegExp;
  readonly #shortest: number;
  /** Whether the engine's own matcher will do, by the number of bits of the length of a text. */
  readonly #native: boolean[] = [];
  #search: Search | null | undefined;

  constructor(expression: RegExp, source: string) {
    this.source = source;
    this.node = parsePattern(source, expression.unicode);
    this.#expression = expression;
    this.#shortest = this.node ? shortestMatch(this.node) : 0;
  }

  get decided(): boolean {
    const search = this.#searched();
    return lengths.every((length) => this.#isNative(length) || (search?.decides(length) ?? false));
  }

  test(text: string): boolean {
    if (text.length < this.#shortest) return false;
    if (!this.#isNative(text.length)) return this.#searched()?.test(text) ?? true;
    try {
      return this.#expression.test(text);
    } catch {
      // Engines compile when they first match, and may then find that a pattern is too large.
      this.#native.fill(false);
      return this.#searched()?.test(text) ?? true;
    }
  }

  /** What Ajv tells patterns apart by. */
  toString(): string {
    return String(this.#expression);
  }

  #isNative(length: number): boolean {
    const bits = 32 - Math.clz32(length);
    this.#native[bits] ??= this.#isNativeBelow(2 ** bits);
    return this.#native[bits];
  }

  #isNativeBelow(limit: number): boolean {
    return this.node !== null && backtrackingSteps(this.node, limit - 1) <= allowanceFor(limit / 2);
  }

  #searched(): Search | null {
    if (this.#search === undefined) this.#search = this.node && createSearch(this.node, this.#expression.unicode);
    return this.#search;
  }
}

/** The longest text of each number of bits. */
const lengths = Array.from({ length: 27 }, (_, bits) => 2 ** bits - 1);

function allowanceFor(length: number): number {
  return stepsPerCharacter * (length + leastLength);
}

interface Search {
  /** Whether it comes to an end for every text of a length. */
  decides(length: number): boolean;
  test(text: string): boolean;
}

/** null where it would be too long. */
function createSearch(node: PatternNode, unicode: boolean): Search | null {
  const hasBackReference = includesAgain(node);
  const compiler = new Compiler(unicode, hasBackReference, hasBackReference ? groupsIn(node).length : 0);
  const program = compiler.compile(node);
  if (!program) return null;
  const { size, registers } = compiler;
  return {
    decides: (length) => !hasBackReference && size * (length + 1) <= allowanceFor(length),
    test(text) {
      const allowance = { steps: allowanceFor(text.length) };
      const symbols = symbolsOf(text, unicode);
      try {
        return hasBackReference
          ? matchesByTrying(program, registers, symbols, allowance)
          : matchesAnywhere(program, symbols, allowance);
      } catch (error) {
        if (error instanceof Exhausted) return true;
        throw error;
      }
    },
  };
}

function includesAgain(node: PatternNode): boolean {
  switch (node.kind) {
    case 'again':
      return true;
    case 'sequence':
      return node.nodes.some(includesAgain);
    case 'either':
      return node.options.some(includesAgain);
    case 'group':
    case 'repeat':
    case 'look':
      return includesAgain(node.node);
    default:
      return false;
  }
}
