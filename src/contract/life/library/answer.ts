import type { Json } from '../../../text/value.js';
import type { Received } from '../../types.js';

/** What a server of a test answers with: a value as JSON; undefined: nothing. */
export function answer(status: number, value?: Json, ...headers: readonly (readonly [string, string])[]): Received {
  const body = new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value));
  const type: [string, string][] = value === undefined ? [] : [['Content-Type', 'application/json']];
  return {
    status,
    headers: [...type, ...headers.map(([a, b]): [string, string] => [a, b])],
    raw: body,
    body,
    problems: [],
    duration: 1,
  };
}
