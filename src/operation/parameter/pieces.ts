/** A string, number or boolean as it stands on the wire; null for what is none of these. */
export function primitiveText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}

/** null where any piece is, or where there is none: an empty list is undefined in RFC 6570, 2.3. */
export function join(separator: string, pieces: readonly (string | null)[]): string | null {
  return pieces.length === 0 || pieces.includes(null) ? null : pieces.join(separator);
}

/** `name=text`. */
export function assign(name: string | null, text: string | null): string | null {
  return name === null || text === null ? null : `${name}=${text}`;
}
