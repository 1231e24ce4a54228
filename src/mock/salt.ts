import type { Operation, RequestValues } from '../operation/index.js';
import { viewOf } from '../schema/view.js';

/**
 * What made-up data depends on besides the seed: the operation and what the request says, after decoding. So
 * another provider gets other data, and the same request the same, however it was written: also with a documented default
 * said outright.
 */
export function saltOf(operation: Operation, values: RequestValues | null): string {
  return lazySaltOf(operation, values)();
}

/** The same, worked out when it is first asked for: what is answered from rows or examples depends on none of it. */
export function lazySaltOf(operation: Operation, values: RequestValues | null): () => string {
  let salt: string | undefined;
  return () => {
    salt ??= workedOut(operation, values);
    return salt;
  };
}

function workedOut(operation: Operation, values: RequestValues | null): string {
  return `${operation.method} ${operation.path} ${canonical({
    path: values?.path ?? {},
    query: withoutDefaults(operation, values?.query ?? {}),
    body: values?.body,
  })}`;
}

const known = new WeakMap<Operation, ReadonlyMap<string, string>>();

/** The documented defaults of query parameters, by name. */
function defaultsOf(operation: Operation): ReadonlyMap<string, string> {
  const earlier = known.get(operation);
  if (earlier !== undefined) return earlier;
  const view = viewOf(operation.document);
  const defaults = new Map<string, string>();
  for (const { in: place, name, schema } of operation.parameters) {
    if (place !== 'query') continue;
    const said = view.certain(schema.pointer).find((part) => part.schema.default !== undefined);
    if (said !== undefined) defaults.set(name, canonical(said.schema.default));
  }
  known.set(operation, defaults);
  return defaults;
}

function withoutDefaults(operation: Operation, query: RequestValues['query']): RequestValues['query'] {
  const defaults = defaultsOf(operation);
  if (defaults.size === 0) return query;
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => defaults.get(name) !== canonical(value)));
}

/** JSON with the members in alphabetical order. Deep values are cut: they would differ before that. */
function canonical(value: unknown, depth = 0): string {
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (depth > 64) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  if (value instanceof Uint8Array) return `<${value.length}>`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member, depth + 1)}`).join(',')}}`;
}
