/** A regular expression (ECMA-262, 22.2.1, with Annex B where it is read without the flag `u`). */
export type PatternNode =
  | { readonly kind: 'text'; readonly text: string }
  | CharacterClass
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'word' | 'inside'; readonly everyLine: boolean }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'either'; readonly options: readonly PatternNode[] }
  | Repetition
  /** Its `index` is null where it captures nothing. */
  | { readonly kind: 'group'; readonly node: PatternNode; readonly index: number | null }
  /** A back reference: of groups that share a name one at most has captured. */
  | { readonly kind: 'again'; readonly indexes: readonly number[] }
  | Look;

/** One character, as its source is written (`[a-z]`, `\d`, `\p{L}`, `.`): the engine that reads it says which. */
export interface CharacterClass {
  readonly kind: 'class';
  readonly source: string;
  /** Flags that it is compiled with. */
  readonly flags: string;
}

export interface Repetition {
  readonly kind: 'repeat';
  readonly node: PatternNode;
  readonly minimum: number;
  readonly maximum: number;
  readonly lazy: boolean;
}

/** A lookahead or a lookbehind. */
export interface Look {
  readonly kind: 'look';
  readonly ahead: boolean;
  /** Whether what stands in it is to be there, or not to be there. */
  readonly holds: boolean;
  readonly node: PatternNode;
}

/** Groups that are nested more deeply are not read. */
const maximumDepth = 250;

/**
 * Parses a pattern that compiles with the flag `u`, or without.
 *
 * @returns null where it is nested too deeply, or ignores case in a back reference or at a word's edge
 */
export function parsePattern(pattern: string, unicode: boolean): PatternNode | null {
  try {
    return new PatternParser(pattern, unicode).parse();
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

class Unsupported extends Error {}

/** Flags in the order in which they are held: `i`, `m`, `s`. */
type Modifiers = { readonly i: boolean; readonly m: boolean; readonly s: boolean };

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v', f: '\f', 0: '\0' };

class PatternParser {
  readonly #source: string;
  readonly #unicode: boolean;
  /** How many groups there are in all, and which of them have which name. */
  readonly #total: number;
  readonly #names = new Map<string, number[]>();
  #position = 0;
  #groups = 0;
  #depth = 0;
  #modifiers: Modifiers = { i: false, m: false, s: false };

  constructor(source: string, unicode: boolean) {
    this.#source = source;
    this.#unicode = unicode;
    let total = 0;
    for (const [opening, name] of source.matchAll(
      /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?<([^=!>][^>]*)>|(?!\?))/g,
    )) {
      if (!opening.startsWith('(')) continue;
      total += 1;
      if (name !== undefined) this.#names.set(name, [...(this.#names.get(name) ?? []), total]);
    }
    this.#total = total;
  }

  parse(): PatternNode {
    const node = this.#either();
    if (this.#position < this.#source.length) throw new Unsupported();
    return node;
  }

  #either(): PatternNode {
    this.#depth += 1;
    if (this.#depth > maximumDepth) throw new Unsupported();
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth -= 1;
    return options.length === 1 ? (options[0] as PatternNode) : { kind: 'either', options };
  }

  #sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    let text = '';
    const endText = () => {
      if (text !== '') nodes.push({ kind: 'text', text });
      text = '';
    };
    while (this.#position < this.#source.length && !/[|)]/.test(this.#source[this.#position] as string)) {
      const atom = this.#atom();
      const node = this.#repeated(atom);
      if (node.kind === 'text') text += node.text;
      else {
        endText();
        nodes.push(node);
      }
    }
    endText();
    return nodes.length === 1 ? (nodes[0] as PatternNode) : { kind: 'sequence', nodes };
  }

  #repeated(node: PatternNode): PatternNode {
    const quantifier = this.#match(/[*+?]|\{(\d+)(,?)(\d*)\}/y);
    if (!quantifier) return node;
    const lazy = this.#take('?');
    const [whole, low = '', comma, high = ''] = quantifier;
    const unlimited = Number.POSITIVE_INFINITY;
    if (!whole.startsWith('{')) {
      const [minimum, maximum] = [whole === '+' ? 1 : 0, whole === '?' ? 1 : unlimited];
      return { kind: 'repeat', node, minimum, maximum, lazy };
    }
    const maximum = comma === '' ? Number(low) : high === '' ? unlimited : Number(high);
    return { kind: 'repeat', node, minimum: Number(low), maximum, lazy };
  }

  #atom(): PatternNode {
    const character = this.#character();
    switch (character) {
      case '(':
        return this.#group();
      case '[': {
        const rest = this.#match(/(?:\\[\s\S]|[^\]\\])*\]/y);
        return this.#class(`[${rest?.[0]}`);
      }
      case '\\':
        return this.#escape();
      case '.':
        return this.#class('.');
      case '^':
        return { kind: 'edge', at: 'start', everyLine: this.#modifiers.m };
      case '$':
        return { kind: 'edge', at: 'end', everyLine: this.#modifiers.m };
      default:
        return this.#text(character);
    }
  }

  /** After its opening parenthesis. */
  #group(): PatternNode {
    const look = this.#match(/\?(<?)([=!])/y);
    const modifiers = look ? null : this.#match(/\?([ims]*)(?:-([ims]*))?:/y);
    const captures = !look && !modifiers;
    if (captures) this.#match(/\?<[^>]*>/y);
    const index = captures ? ++this.#groups : null;
    const outer = this.#modifiers;
    if (modifiers) this.#modifiers = modified(outer, modifiers[1] ?? '', modifiers[2] ?? '');
    const node = this.#either();
    this.#modifiers = outer;
    if (!this.#take(')')) throw new Unsupported();
    return look
      ? { kind: 'look', ahead: look[1] === '', holds: look[2] === '=', node }
      : { kind: 'group', node, index };
  }

  /** After its backslash. */
  #escape(): PatternNode {
    const set = this.#match(this.#unicode ? /[dDsSwW]|[pP]\{[^}]*\}/y : /[dDsSwW]/y);
    if (set) return this.#class(`\\${set[0]}`);
    const edge = this.#match(/[bB]/y);
    if (edge) {
      if (this.#modifiers.i) throw new Unsupported();
      return { kind: 'edge', at: edge[0] === 'b' ? 'word' : 'inside', everyLine: false };
    }
    return this.#again() ?? this.#text(this.#escapedCharacter());
  }

  #again(): PatternNode | null {
    const named = this.#unicode || this.#names.size > 0 ? this.#match(/k<([^>]+)>/y) : null;
    const numbered = named ? null : /[1-9]\d*/y;
    let indexes = named ? (this.#names.get(named[1] as string) ?? []) : [];
    if (numbered) {
      numbered.lastIndex = this.#position;
      const number = numbered.exec(this.#source)?.[0];
      if (number === undefined || !(this.#unicode || Number(number) <= this.#total)) return null;
      this.#position += number.length;
      indexes = [Number(number)];
    }
    if (this.#modifiers.i) throw new Unsupported();
    return { kind: 'again', indexes };
  }

  #escapedCharacter(): string {
    const octal = this.#unicode ? null : this.#match(/[0-3][0-7]{0,2}|[4-7][0-7]?/y);
    if (octal) return String.fromCharCode(Number.parseInt(octal[0], 8));
    const pair = this.#unicode ? this.#match(/u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/y) : null;
    if (pair) return String.fromCharCode(...pair.slice(1).map((unit) => Number.parseInt(unit, 16)));
    const code = this.#match(
      this.#unicode ? /x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]+)\}/y : /x([\da-fA-F]{2})|u([\da-fA-F]{4})/y,
    );
    if (code) return String.fromCodePoint(Number.parseInt((code[1] ?? code[2] ?? code[3]) as string, 16));
    const control = this.#match(/c([A-Za-z])/y);
    if (control) return String.fromCharCode((control[1] as string).charCodeAt(0) % 32);
    // Annex B: `\c` before anything else is a backslash, and the `c` stands for itself.
    if (this.#source[this.#position] === 'c') return '\\';
    const character = this.#character();
    return Object.hasOwn(controls, character) ? (controls[character] as string) : character;
  }

  #text(text: string): PatternNode {
    return this.#modifiers.i ? this.#class(text.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')) : { kind: 'text', text };
  }

  #class(source: string): PatternNode {
    const { i, s } = this.#modifiers;
    return { kind: 'class', source, flags: `${this.#unicode ? 'u' : ''}${i ? 'i' : ''}${s ? 's' : ''}` };
  }

  /** A character: a code point with the flag `u`, a code unit without. */
  #character(): string {
    const code = this.#unicode ? this.#source.codePointAt(this.#position) : this.#source.charCodeAt(this.#position);
    const character = String.fromCodePoint(code as number);
    this.#position += character.length;
    return character;
  }

  #take(character: string): boolean {
    if (this.#source[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  /** @param expression sticky */
  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#position;
    const found = expression.exec(this.#source);
    if (found) this.#position += found[0].length;
    return found;
  }
}

function modified(outer: Modifiers, added: string, removed: string): Modifiers {
  const has = (flag: 'i' | 'm' | 's') => (outer[flag] || added.includes(flag)) && !removed.includes(flag);
  return { i: has('i'), m: has('m'), s: has('s') };
}

const tests = new Map<string, (symbol: number) => boolean>();

/** Whether a class has a character is for the engine to say; what it says of the first 256 is kept. */
export function classTest({ source, flags }: CharacterClass): (symbol: number) => boolean {
  const key = `${flags} ${source}`;
  let fits = tests.get(key);
  if (!fits) {
    const expression = new RegExp(`^${source}$`, flags);
    const low = Uint8Array.from({ length: 256 }, (_, code) => Number(expression.test(String.fromCharCode(code))));
    fits = (symbol) => (symbol < 256 ? low[symbol] === 1 : expression.test(String.fromCodePoint(symbol)));
    tests.set(key, fits);
  }
  return fits;
}
