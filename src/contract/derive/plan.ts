import {
  type HttpRequest,
  type Operation,
  type Parameter,
  readPathKey,
  serializeParameter,
} from '../../operation/index.js';
import { percentEncoded } from '../../text/percent.js';
import type { Json } from '../../text/value.js';
import { type BodyPlan, bytesOf } from './body-writer.js';

/** A parameter's value, or the text that stands for the whole parameter on the wire (for what no value gives). */
export type Choice = { readonly value: Json } | { readonly raw: string };

/** What a request is made of, before it is written down. */
export interface Plan {
  readonly parameters: ReadonlyMap<Parameter, Choice>;
  readonly body: BodyPlan | null;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export function withParameter(plan: Plan, parameter: Parameter, choice: Choice | null): Plan {
  return withParameters(plan, [[parameter, choice]]);
}

/** @param choices null: without that parameter */
export function withParameters(plan: Plan, choices: Iterable<readonly [Parameter, Choice | null]>): Plan {
  const parameters = new Map(plan.parameters);
  for (const [parameter, choice] of choices) {
    if (choice === null) parameters.delete(parameter);
    else parameters.set(parameter, choice);
  }
  return { ...plan, parameters };
}

/** Longer than this a target is refused by many a server for its length alone (RFC 9110, 4.1 asks for 8,000). */
export const longestTarget = 4_000;

/** How long a target of the operation is at least: a parameter of a path is at least one character. */
export function shortestTarget({ path }: Operation): number {
  return readPathKey(path).path.replaceAll(inBraces, 'x').length;
}

const inBraces = /\{([^{}]+)\}/g;

/** Each case varies one parameter of perhaps thousands: what is written of the others is the same. */
const written = new WeakMap<Choice, { readonly parameter: Parameter; readonly text: string | null }>();

function textOf(parameter: Parameter, choice: Choice): string | null {
  if ('raw' in choice) return choice.raw;
  const known = written.get(choice);
  if (known?.parameter === parameter) return known.text;
  const text = serializeParameter(parameter, choice.value);
  written.set(choice, { parameter, text });
  return text;
}

/**
 * The request as bytes, or null where a value has no form on the wire. Parameters stand in the order of the
 * document, so that the same plan gives the same bytes.
 */
export function writeRequest(operation: Operation, plan: Plan): HttpRequest | null {
  const key = readPathKey(operation.path);
  const inPath = new Map<string, string>();
  // What stands in braces is a parameter.
  const fixed = key.query.filter(([, value]) => value === null || !/^\{[^{}]+\}$/.test(value));
  const query = fixed.map(([name, value]) => (value === null ? name : `${name}=${value}`));
  const cookies: string[] = [];
  const headers: Record<string, string> = { accept: '*/*' };
  for (const parameter of operation.parameters) {
    const choice = plan.parameters.get(parameter);
    if (!choice) continue;
    const text = textOf(parameter, choice);
    if (text === null) return null;
    if (parameter.in === 'path') inPath.set(parameter.name, text);
    else if (parameter.in === 'query' || parameter.in === 'querystring') query.push(text);
    else if (parameter.in === 'cookie') cookies.push(text);
    else headers[parameter.name.toLowerCase()] = text;
  }
  const path = key.path.replaceAll(inBraces, (whole, name: string) => inPath.get(name) ?? whole);
  if (/\{[^/]*\}/.test(path)) return null;
  const pieces = query.filter((piece) => piece !== '');
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  let body: Uint8Array | null = null;
  if (plan.body !== null) {
    const written = bytesOf(plan.body);
    if (written === null) return null;
    headers['content-type'] = written.contentType;
    body = written.bytes;
  }
  const target = encodeLiterals(path) + (pieces.length > 0 ? `?${pieces.join('&')}` : '');
  return { method: operation.method, target, headers: { ...headers, ...plan.headers }, body };
}

/** Literal parts of a path template may hold what a request target may not (RFC 3986, 3.3). */
function encodeLiterals(path: string): string {
  return path.replaceAll(/[^\x21-\x7e]|["<>\\^`{|}]/gu, (character) => percentEncoded(character));
}
