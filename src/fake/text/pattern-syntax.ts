import { charactersOf } from './character-class.js';

/** A regular expression (ECMA-262, 22.2.1) as far as writing a text that matches it needs it. */
export type PatternNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'class'; readonly characters: readonly string[] }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'either'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'group'; readonly node: PatternNode; readonly names: readonly string[] }
  | { readonly kind: 'again'; readonly name: string }
  | { readonly kind: 'ahead'; readonly node: PatternNode };

const empty: PatternNode = { kind: 'text', text: '' };

/** Parses a pattern that compiles. null where it is of a kind that is not known here. */
export function parsePattern(pattern: string): PatternNode | null {
  try {
    return new PatternParser(pattern).parse();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

class PatternParser {
  private at = 0;
  private groups = 0;
  private readonly source: readonly string[];

  constructor(pattern: string) {
    this.source = [...pattern];
  }

  parse(): PatternNode {
    const node = this.either();
    if (this.at < this.source.length) throw new SyntaxError(`unexpected ${this.source[this.at]}`);
    return node;
  }

  private either(): PatternNode {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    return options.length === 1 ? (options[0] as PatternNode) : { kind: 'either', options };
  }

  private sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      nodes.push(this.repeated(this.atom()));
    }
    return nodes.length === 1 ? (nodes[0] as PatternNode) : { kind: 'sequence', nodes };
  }

  private repeated(node: PatternNode): PatternNode {
    const quantifier = this.match(/^(?:[*+?]|\{(\d+)(,?)(\d*)\})/);
    if (!quantifier) return node;
    this.take('?');
    const [whole, low = '', comma, high = ''] = quantifier;
    const unlimited = Number.POSITIVE_INFINITY;
    if (!whole.startsWith('{')) {
      return { kind: 'repeat', node, minimum: whole === '+' ? 1 : 0, maximum: whole === '?' ? 1 : unlimited };
    }
    const maximum = comma === '' ? Number(low) : high === '' ? unlimited : Number(high);
    return { kind: 'repeat', node, minimum: Number(low), maximum };
  }

  private atom(): PatternNode {
    const character = this.source[this.at] as string;
    if (character === '(') return this.group();
    if (character === '[') return { kind: 'class', characters: charactersOf(this.bracketed()) };
    this.at += 1;
    if (character === '\\') return this.escape();
    if (character === '.') return { kind: 'class', characters: charactersOf('.') };
    return character === '^' || character === '$' ? empty : { kind: 'text', text: character };
  }

  private group(): PatternNode {
    const [opening = '', name] = this.match(/^\((?:\?(?:[:=!]|<[=!]|<([^>]+)>))?/) ?? [];
    const capturing = opening === '(' || name !== undefined;
    const names = capturing ? [String(++this.groups), ...(name === undefined ? [] : [name])] : [];
    const node = this.either();
    if (!this.take(')')) throw new SyntaxError('a group without an end');
    if (opening === '(?=') return { kind: 'ahead', node };
    return opening.endsWith('!') || opening === '(?<=' ? empty : { kind: 'group', node, names };
  }

  private bracketed(): string {
    const start = this.at;
    for (this.at += 1; this.at < this.source.length; this.at++) {
      if (this.source[this.at] === '\\') {
        this.at += 1;
      } else if (this.source[this.at] === ']') {
        this.at += 1;
        return this.source.slice(start, this.at).join('');
      }
    }
    throw new SyntaxError('a class without an end');
  }

  private escape(): PatternNode {
    const known = this.match(/^(?:[dDsSwW]|[pP]\{[^}]*\})/);
    if (known) return { kind: 'class', characters: charactersOf(`\\${known[0]}`) };
    if (this.match(/^[bB]/)) return empty;
    const back = this.match(/^(?:([1-9]\d*)|k<([^>]+)>)/);
    if (back) return { kind: 'again', name: (back[1] ?? back[2]) as string };
    const code = this.match(/^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]+)\})/);
    if (code) {
      return {
        kind: 'text',
        text: String.fromCodePoint(Number.parseInt((code[1] ?? code[2] ?? code[3]) as string, 16)),
      };
    }
    const control = this.match(/^c([A-Za-z])/);
    if (control) return { kind: 'text', text: String.fromCharCode((control[1] as string).charCodeAt(0) % 32) };
    const character = this.source[this.at++] ?? '\\';
    const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v', f: '\f', 0: '\0' };
    return { kind: 'text', text: controls[character] ?? character };
  }

  private take(character: string): boolean {
    if (this.source[this.at] === character) {
      this.at += 1;
      return true;
    }
    return false;
  }

  private match(expression: RegExp): RegExpMatchArray | null {
    const found = this.source
      .slice(this.at, this.at + 80)
      .join('')
      .match(expression);
    if (found) this.at += [...found[0]].length;
    return found;
  }
}
