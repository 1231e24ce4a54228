type Names = Pick<ReadonlySet<string>, 'size' | 'has' | 'keys'>;

/** How much of the smaller of two sets of names the other has as well, from 0 to 1: of one name alone half. */
export function shareOf(one: Names, other: Names): number {
  const [smaller, larger] = one.size < other.size ? [one, other] : [other, one];
  if (smaller.size === 0) return 0;
  let shared = 0;
  for (const name of smaller.keys()) if (larger.has(name)) shared += 1;
  return smaller.size === 1 ? shared / 2 : shared / smaller.size;
}
