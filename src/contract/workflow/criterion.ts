import type { JsonPathQuery } from '../../document/index.js';
import { compilePattern } from '../../schema/pattern/pattern.js';
import { parseJson } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { type ExpressionContext, evaluate } from './expression.js';

/** A Criterion Object (Arazzo 1.0, 4.6.13). */
export interface Criterion {
  readonly condition: string;
  readonly type: 'simple' | 'regex' | 'jsonpath' | 'xpath';
  /** What a pattern is held against. */
  readonly context: string | null;
}

/**
 * Whether a criterion holds; a sentence where nobody here can tell. A JSONPath holds where it selects anything.
 *
 * @param query null where no criterion is known to need it
 */
export function holds(
  { condition, type, context: of }: Criterion,
  context: ExpressionContext,
  query: JsonPathQuery | null,
): boolean | string {
  if (type === 'jsonpath' && query !== null) {
    const about = of === null ? undefined : evaluate(of, context);
    const selected = about === undefined ? [] : query(condition, about);
    return typeof selected === 'string'
      ? `the JSONPath cannot be read: ${condition}: ${selected}`
      : selected.length > 0;
  }
  if (type === 'jsonpath' || type === 'xpath') return `conditions of the type ${type} are not judged: ${condition}`;
  if (type === 'simple') return new Condition(condition, context).value();
  const pattern = compilePattern(condition);
  if (pattern === null) return `the pattern cannot be read: ${condition}`;
  const value = of === null ? undefined : evaluate(of, context);
  if (value === undefined) return false;
  return pattern.test(typeof value === 'string' ? value : JSON.stringify(value));
}

const token =
  /\s*(\|\||&&|==|!=|<=|>=|<|>|!|\(|\)|'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|\$(?:[^\s()=!<>&|]|\{[^}]*\})+|[^\s()=!<>&|]+)/y;

/** A condition in the grammar of Arazzo 1.0, 4.6.13.1: comparisons, `!`, `&&`, `||` and parentheses. */
class Condition {
  readonly #tokens: string[] = [];
  readonly #context: ExpressionContext;
  readonly #text: string;
  #at = 0;

  constructor(text: string, context: ExpressionContext) {
    this.#context = context;
    this.#text = text;
    token.lastIndex = 0;
    for (let found = token.exec(text); found !== null; found = token.exec(text)) this.#tokens.push(found[1] ?? '');
  }

  value(): boolean | string {
    const { length } = this.#tokens;
    const value = this.#or();
    return length === 0 || this.#at < length ? `the condition cannot be read: ${this.#text}` : value;
  }

  #takes(...tokens: readonly string[]): string | undefined {
    const next = this.#tokens[this.#at];
    if (next === undefined || !tokens.includes(next)) return undefined;
    this.#at++;
    return next;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#takes('||')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#takes('&&')) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    if (this.#takes('!')) return !this.#not();
    if (this.#takes('(')) {
      const value = this.#or();
      this.#takes(')');
      return value;
    }
    const left = this.#operand();
    const operator = this.#takes('==', '!=', '<', '<=', '>', '>=');
    if (operator === undefined) return left !== undefined && left !== null && left !== false;
    return compared(left, operator, this.#operand());
  }

  #operand(): Json | undefined {
    const text = this.#tokens[this.#at++] ?? '';
    if (text.startsWith('$')) return evaluate(text, this.#context);
    if (/^'.*'$/s.test(text)) return text.slice(1, -1).replaceAll("''", "'");
    try {
      return parseJson(text) as Json;
    } catch {
      return text;
    }
  }
}

/** Texts are compared without regard to case. */
function compared(a: Json | undefined, operator: string, b: Json | undefined): boolean {
  const fold = (value: Json | undefined) => (typeof value === 'string' ? value.toLowerCase() : value);
  const [left, right] = [fold(a), fold(b)];
  const isSame =
    JSON.stringify(left) === JSON.stringify(right) ||
    (typeof left !== typeof right && String(left) === String(right) && left !== undefined && right !== undefined);
  if (operator === '==') return isSame;
  if (operator === '!=') return !isSame;
  const difference = Number(left) - Number(right);
  const order = Number.isNaN(difference) ? String(left).localeCompare(String(right)) : difference;
  if (left === undefined || right === undefined || left === null || right === null) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}
