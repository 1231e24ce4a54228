/** Where a thing stands among those of its resource: smaller is better, whichever answer came first. */
export type Rank = readonly (number | string)[];

/** By the first part in which two differ. */
export function compareRanks(a: Rank, b: Rank): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
