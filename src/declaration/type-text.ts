import { isObject, type Json } from '../text/value.js';
import { literal, memberName } from './names.js';

/** A type as it is written, and what binds it together: a list or a union of it may need brackets. */
export interface TypeText {
  readonly text: string;
  readonly is: 'one' | 'union' | 'intersection';
}

export const one = (text: string): TypeText => ({ text, is: 'one' });
export const unknown = one('unknown');
export const never = one('never');

/** Any of these. */
export function union(types: readonly TypeText[]): TypeText {
  if (types.some(({ text }) => text === 'unknown')) return unknown;
  const distinct = distinctOf(types.filter(({ text }) => text !== 'never'));
  const [first, second] = distinct;
  if (first === undefined) return never;
  if (second === undefined) return first;
  const texts = distinct.map((type) => (type.is === 'intersection' ? `(${type.text})` : type.text));
  return { text: texts.join(' | '), is: 'union' };
}

/** All of these together. */
export function intersection(types: readonly TypeText[]): TypeText {
  const distinct = distinctOf(types.filter(({ text }) => text !== 'unknown'));
  const [first, second] = distinct;
  if (first === undefined) return unknown;
  if (second === undefined) return first;
  const texts = distinct.map((type) => (type.is === 'union' ? `(${type.text})` : type.text));
  return { text: texts.join(' & '), is: 'intersection' };
}

export function listOf(item: TypeText): TypeText {
  return one(item.is === 'one' ? `${item.text}[]` : `(${item.text})[]`);
}

function distinctOf(types: readonly TypeText[]): TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()];
}

/** A value as the type of that value alone. */
export function literalOf(value: Json): TypeText {
  if (typeof value === 'string') return one(literal(value));
  if (Array.isArray(value)) return one(`[${value.map((item) => literalOf(item).text).join(', ')}]`);
  if (!isObject(value)) return one(String(value));
  const members = Object.entries(value).map(([name, member]) => `${memberName(name)}: ${literalOf(member).text}`);
  return one(members.length === 0 ? 'Record<string, never>' : `{ ${members.join('; ')} }`);
}
