/**
 * The first item that stands in a list twice, as JSON values are equal (JSON Schema Core, 4.2.2): members in
 * any order, `1` and `1.0` the same, `1` and `true` not. In time linear to what the list holds.
 *
 * @returns The indices of both, later one first; null where all differ.
 */
export function firstDuplicate(items: readonly unknown[]): [number, number] | null {
  const seen = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    const key = equalityKey(item);
    const earlier = seen.get(key);
    if (earlier !== undefined) return [index, earlier];
    seen.set(key, index);
  }
  return null;
}

/** Whether a value is one of a list. */
export function membership(values: readonly unknown[]): (value: unknown) => boolean {
  const keys = new Set(values.map(equalityKey));
  return (value) => keys.has(equalityKey(value));
}

/** The same for two JSON values that are equal, and only for these. */
export function equalityKey(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return canonical(value);
  // Marked, so that no string is what another value is written as.
  return typeof value === 'string' ? `"${value}` : value;
}

/** One text for all that is equal. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  // -0 and 0 are one number.
  return JSON.stringify(value === 0 ? 0 : value) ?? 'undefined';
}
