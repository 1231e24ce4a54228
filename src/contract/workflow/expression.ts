import { headerOf } from '../../operation/index.js';
import { parseJson } from '../../text/integers.js';
import { parsePointer, valueAt } from '../../text/pointer.js';
import { isObject, type Json, setMember } from '../../text/value.js';
import { bodyJson, headerValues } from '../checks/received.js';
import type { Exchange } from '../types.js';

/** A request, and what came back. */
type Spoken = Pick<Exchange, 'request' | 'received'>;

/** What runtime expressions may speak of. */
export interface ExpressionContext<Of extends Spoken = Exchange> {
  /** The exchange that `$request`, `$response` and `$statusCode` are of; null before it was sent. */
  readonly exchange: Of | null;
  /** Path parameters of its request, by name. */
  readonly path: Readonly<Record<string, Json>>;
  /** The other values by their first word, without the dollar: `inputs`, `steps`, `workflows`, `outputs`. */
  readonly named?: Readonly<Record<string, Json>>;
  /** Inputs that need not be given: what is one of them and has no value is left out. */
  readonly optional?: ReadonlySet<string>;
  /** What was left out for that. */
  readonly left?: string[];
}

/**
 * The value of a runtime expression (OpenAPI 3.1, 4.8.20.4; Arazzo 1.0, 4.7): alone, or in braces inside of a text.
 * What begins with no dollar is the value itself; undefined where there is nothing of that name.
 */
export function evaluate(expression: Json, context: ExpressionContext<Spoken>): Json | undefined {
  if (typeof expression !== 'string') return expression;
  const bare = /^\{(\$[^{}]*)\}$/.exec(expression)?.[1] ?? expression;
  if (bare.startsWith('$')) return valueNamed(bare, context);
  let isWhole = true;
  const text = expression.replace(/\{(\$[^{}]+)\}/g, (_all, inner: string) => {
    const value = valueNamed(inner, context);
    if (value === undefined) isWhole = false;
    return typeof value === 'string' ? value : JSON.stringify(value ?? null);
  });
  return isWhole ? text : undefined;
}

/** A value with all expressions in it evaluated, at any depth; the first without a value in place of the whole. */
export function evaluateAll(value: Json, context: ExpressionContext<Spoken>): { value: Json } | { missing: string } {
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value) {
      const found = evaluateAll(item, context);
      if ('missing' in found) return found;
      items.push(found.value);
    }
    return { value: items };
  }
  if (isObject(value)) {
    const made = {};
    for (const [name, member] of Object.entries(value)) {
      const found = evaluateAll(member, context);
      if ('missing' in found) {
        if (found.missing !== member || !context.optional?.has(inputIn(member) ?? '')) return found;
        context.left?.push(member);
        continue;
      }
      setMember(made, name, found.value);
    }
    return { value: made };
  }
  const found = evaluate(value, context);
  return found === undefined ? { missing: String(value) } : { value: found };
}

/** The input that an expression is the value of. */
export function inputIn(expression: string): string | undefined {
  return /^\{?\$inputs\.([\w-]+)\}?$/.exec(expression)?.[1];
}

function valueNamed(expression: string, { exchange, path, named = {} }: ExpressionContext<Spoken>): Json | undefined {
  const [, first = '', rest = ''] = /^\$(\w+)(?:\.(.*))?$/s.exec(expression) ?? [];
  if (first === 'request' || first === 'response') return exchange ? ofMessage(first, rest, exchange, path) : undefined;
  if (first === 'statusCode') return exchange?.received.status ?? undefined;
  if (first === 'method') return exchange?.request.method;
  if (first === 'url') return exchange?.request.target;
  // `$steps.find.outputs.id#/0`: names with dots are tried whole.
  const [names = '', pointer] = rest.split('#', 2);
  const found = ofNames(named[first], names.split('.'));
  return pointer === undefined ? found : valueAt(found, parsePointer(pointer));
}

function ofNames(value: Json | undefined, names: readonly string[]): Json | undefined {
  const [name, ...others] = names;
  if (name === undefined || name === '') return value;
  if (!isObject(value)) return undefined;
  for (let length = names.length; length > 1; length--) {
    const joined = names.slice(0, length).join('.');
    if (Object.hasOwn(value, joined)) return ofNames(value[joined], names.slice(length));
  }
  return Object.hasOwn(value, name) ? ofNames(value[name], others) : undefined;
}

function ofMessage(
  which: 'request' | 'response',
  rest: string,
  { request, received }: Spoken,
  path: Readonly<Record<string, Json>>,
): Json | undefined {
  const pointer = /^body(?:#(.*))?$/s.exec(rest);
  if (pointer !== null) {
    const body = which === 'response' ? bodyOf(bodyJson(received)) : bodyOf(parsed(request.body));
    return pointer[1] === undefined ? body : valueAt(body, parsePointer(pointer[1]));
  }
  const [, place, name = ''] = /^(header|path|query)\.(.+)$/s.exec(rest) ?? [];
  if (place === 'header') {
    return which === 'response' ? headerValues(received, name)[0] : headerOf(request, name.toLowerCase());
  }
  if (place === 'path') return path[name];
  if (place !== 'query') return undefined;
  return new URL(request.target, 'http://localhost').searchParams.get(name) ?? undefined;
}

function bodyOf(read: { readonly ok: boolean; readonly value?: unknown }): Json | undefined {
  return read.ok ? (read.value as Json) : undefined;
}

function parsed(body: Uint8Array | null): { readonly ok: boolean; readonly value?: unknown } {
  try {
    return { ok: true, value: parseJson(new TextDecoder().decode(body ?? new Uint8Array())) };
  } catch {
    return { ok: false };
  }
}
