import { isObject, type Json } from '../../text/value.js';
import { comparisonCalled, held, same, type Test } from './comparison.js';

/** What an operand stands for in a row: all values, where a list is on the way. */
type Operand = (row: Json) => readonly (Json | undefined)[];

/**
 * What an expression asks of a row: `Price gt 5 and contains(Name,'a')` (OData 4.01, part 2, 5.1.1), `userName sw "b"` (SCIM, RFC 7644,
 * 3.4.2.2), `state="ACTIVE" AND size > 3` (AIP-160), `metadata.name=web` (field selectors of Kubernetes),
 * `and(equals(name,'a'),any(kind,'b','c'))` (JsonApiDotNetCore).
 * @returns null where it is none of these, or has parts that are not known
 */
export function expressionTest(text: string): Test | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const reader = new Reader(tokens);
  const test = reader.either();
  return test !== null && reader.isAtEnd ? test : null;
}

/** Texts in quotes; signs of comparison; parentheses and commas; names, numbers, dates and other words. */
const token =
  /\s*(?:'((?:[^']|'')*)'|"((?:[^"\\]|\\.)*)"|(==|!=|<>|>=|<=|=|>|<|:)|(&&|\|\||[(),!])|([^\s'"()=<>!,&|:]+(?::[\d:][^\s'"()=<>!,&|]*)?))/y;

interface Token {
  readonly kind: 'text' | 'sign' | 'mark' | 'word';
  readonly text: string;
}

const maximumTokens = 500;

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const trimmed = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const [all, single, double, sign, mark, word] = token.exec(trimmed) ?? [];
    if (all === undefined || tokens.length >= maximumTokens) return null;
    if (single !== undefined) tokens.push({ kind: 'text', text: single.replaceAll("''", "'") });
    else if (double !== undefined) tokens.push({ kind: 'text', text: double.replaceAll(/\\(.)/g, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push(mark === undefined ? { kind: 'word', text: word ?? '' } : { kind: 'mark', text: mark });
  }
  return tokens;
}

/** Functions that answer with yes or no. */
const questions: ReadonlyMap<string, (text: string, part: string) => boolean> = new Map([
  ['contains', (text: string, part: string) => text.includes(part)],
  ['startswith', (text: string, part: string) => text.startsWith(part)],
  ['endswith', (text: string, part: string) => text.endsWith(part)],
  // As OData was before its version 4, the part first.
  ['substringof', (part: string, text: string) => text.includes(part)],
]);

/** Functions that compare as an operator does: `greaterThan(price,'5')`. */
const comparing: ReadonlyMap<string, string> = new Map([
  ['equals', 'eq'],
  ['greaterthan', 'gt'],
  ['greaterorequal', 'ge'],
  ['lessthan', 'lt'],
  ['lessorequal', 'le'],
]);

/** Functions of one text. */
const changes: ReadonlyMap<string, (text: string) => Json> = new Map<string, (text: string) => Json>([
  ['tolower', (text) => text.toLowerCase()],
  ['toupper', (text) => text.toUpperCase()],
  ['trim', (text) => text.trim()],
  ['length', (text) => text.length],
  ['year', (text) => Number(text.slice(0, 4))],
  ['month', (text) => Number(text.slice(5, 7))],
  ['day', (text) => Number(text.slice(8, 10))],
]);

/** Reads an expression by descent: or, and, not, and what is compared. null where it cannot be read. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  either(): Test | null {
    return this.#joined(
      () => this.#both(),
      ['or', '||'],
      (tests) => (row) => tests.some((test) => test(row)),
    );
  }

  #both(): Test | null {
    return this.#joined(
      () => this.#one(),
      ['and', '&&', ','],
      (tests) => (row) => tests.every((test) => test(row)),
    );
  }

  #joined(part: () => Test | null, words: readonly string[], join: (tests: readonly Test[]) => Test): Test | null {
    const tests: Test[] = [];
    do {
      const test = part();
      if (test === null) return null;
      tests.push(test);
    } while (this.#takes(...words));
    return tests.length === 1 ? (tests[0] ?? null) : join(tests);
  }

  #one(): Test | null {
    if (this.#takes('not', '!')) {
      const test = this.#one();
      return test && ((row) => !test(row));
    }
    if (this.#takes('(')) {
      const test = this.either();
      return test !== null && this.#takes(')') ? test : null;
    }
    const name = this.#tokens[this.#at]?.text.toLowerCase() ?? '';
    const isCall = this.#tokens[this.#at + 1]?.text === '(';
    const question = isCall ? questions.get(name) : undefined;
    if (question !== undefined) return this.#question(question);
    return (isCall ? this.#called(name) : undefined) ?? this.#comparison();
  }

  /** What a function asks of rows: all or one of some tests, or a comparison; undefined where it is another one. */
  #called(name: string): Test | null | undefined {
    const operator = comparing.get(name);
    if (name !== 'and' && name !== 'or' && name !== 'any' && operator === undefined) return undefined;
    this.#at += 2;
    if (name === 'and' || name === 'or') {
      const tests: Test[] = [];
      do {
        const test = this.#one();
        if (test === null) return null;
        tests.push(test);
      } while (this.#takes(','));
      if (!this.#takes(')')) return null;
      return name === 'and' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
    }
    const left = this.#operand();
    const wanted: Json[] = [];
    while (left !== null && this.#takes(',')) {
      const one = this.#literal();
      if (one === undefined) return null;
      wanted.push(one);
    }
    if (left === null || wanted.length === 0 || !this.#takes(')')) return null;
    const compares = comparisonCalled(operator ?? 'eq')?.compares ?? same;
    return (row) => left(row).some((value) => wanted.some((one) => compares(value, one)));
  }

  #question(asks: (one: string, other: string) => boolean): Test | null {
    this.#at += 2;
    const one = this.#operand();
    const other = this.#takes(',') ? this.#operand() : null;
    if (one === null || other === null || !this.#takes(')')) return null;
    // Said once more: `contains(Name,'a') eq true`.
    const isNot = this.#takes('eq') ? this.#takes('false') || !this.#takes('true') : false;
    return (row) => {
      const found = one(row).some((a) =>
        other(row).some((b) => typeof a === 'string' && typeof b === 'string' && asks(a, b)),
      );
      return found !== isNot;
    };
  }

  #comparison(): Test | null {
    const left = this.#operand();
    const sign = this.#tokens[this.#at];
    if (left === null || sign === undefined || sign.kind === 'text') return null;
    this.#at += 1;
    const word = sign.text.toLowerCase();
    if (word === 'pr') return (row) => left(row).some((held) => (held ?? null) !== null);
    if (word === 'in') {
      const list = this.#list();
      return list && ((row) => left(row).some((held) => list.some((one) => same(held, one))));
    }
    const wanted = this.#literal();
    const comparison = comparisonCalled(word);
    if (wanted === undefined || comparison === undefined) return null;
    const { compares, isNegated } = comparison;
    return (row) => left(row).some((held) => compares(held, wanted)) !== isNegated;
  }

  #list(): readonly Json[] | null {
    const list: Json[] = [];
    if (!this.#takes('(')) return null;
    do {
      const one = this.#literal();
      if (one === undefined) return null;
      list.push(one);
    } while (this.#takes(','));
    return this.#takes(')') ? list : null;
  }

  /** One value. A word that is no number stands for itself: a date, an id, or a text as AIP-160 has it. */
  #literal(): Json | undefined {
    const next = this.#tokens[this.#at];
    if (next === undefined || next.kind === 'sign' || next.kind === 'mark') return undefined;
    this.#at += 1;
    if (next.kind === 'text') return next.text;
    const value = constants.get(next.text.toLowerCase());
    return value === undefined ? numberOr(next.text) : value;
  }

  #operand(): Operand | null {
    const next = this.#tokens[this.#at];
    if (next === undefined || next.kind === 'sign' || next.kind === 'mark') return null;
    this.#at += 1;
    if (next.kind === 'text') return () => [next.text];
    if (!this.#takes('(')) return (row) => heldIn(row, next.text.split(/[./]/));
    const change = changes.get(next.text.toLowerCase());
    const inner = change && this.#operand();
    if (!inner || !this.#takes(')')) return null;
    return (row) => inner(row).map((value) => (typeof value === 'string' ? change?.(value) : undefined));
  }

  #takes(...texts: readonly string[]): boolean {
    const next = this.#tokens[this.#at];
    if (next === undefined || next.kind === 'text' || !texts.includes(next.text.toLowerCase())) return false;
    this.#at += 1;
    return true;
  }
}

/** What a row has, also where it keeps what it says in one object, as rows of JSON:API do. */
function heldIn(row: Json, path: readonly string[]): readonly (Json | undefined)[] {
  const found = held(row, path);
  if (found.some((one) => one !== undefined) || !isObject(row) || !isObject(row.attributes)) return found;
  return held(row.attributes, path);
}

const constants: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function numberOr(word: string): Json {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(word) ? Number(word) : word;
}
