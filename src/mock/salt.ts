import type { Operation, RequestValues } from '../operation/index.js';

/**
 * What made-up data depends on besides the seed: the operation and what the request says, after decoding. So
 * another provider gets other data, and the same request the same, however it was written.
 */
export function saltOf(operation: Operation, values: RequestValues | null): string {
  return `${operation.method} ${operation.path} ${canonical({
    path: values?.path ?? {},
    query: values?.query ?? {},
    body: values?.body,
  })}`;
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
