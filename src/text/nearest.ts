/**
 * The candidates that a person most likely meant by `word`, best first. Case, separators and a few
 * typing errors (an optimal string alignment distance of at most a third of the word) are forgiven, and what stands before a dot.
 * @param limit at most so many are returned (3)
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = fold(word);
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const bound = Math.max(1, Math.floor(wanted.length / 3));
    const behind = fold(candidate.slice(candidate.indexOf('.') + 1));
    const score = distance(wanted, fold(candidate), bound) ?? distance(wanted, behind, bound);
    if (score !== null) scored.push({ candidate, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/**
 * Asks whether one of these words was meant, as a sentence: `Did you mean "port" or "host"?`
 * @returns undefined where there are none
 */
export function didYouMean(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : `Did you mean ${words.map((word) => JSON.stringify(word)).join(' or ')}?`;
}

/** The same question as the end of a message: `; did you mean "port"?`, or nothing where there are none. */
export function didYouMeanClause(words: readonly string[]): string {
  return didYouMean(words)?.replace('D', '; d') ?? '';
}

/** Longer words are compared by this many characters: enough to tell names apart, and bounded. */
const comparedLength = 200;

function fold(word: string): string {
  return word
    .slice(0, comparedLength)
    .toLowerCase()
    .replaceAll(/[\s_.-]/g, '');
}

/** Optimal string alignment distance, or null when it is above `bound`. A word that starts with the other is near. */
function distance(a: string, b: string, bound: number): number | null {
  if (a === b) return 0;
  // Who writes much more than a candidate has means another one.
  const continues = b.startsWith(a) || (a.startsWith(b) && b.length * 2 >= a.length);
  if (a.length >= 3 && b.length >= 3 && continues) return 0.5;
  if (Math.abs(a.length - b.length) > bound) return null;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + substitution,
      );
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, at(beforePrevious, column - 2) + 1);
      }
      current.push(best);
    }
    if (Math.min(...current) > bound) return null;
    beforePrevious = previous;
    previous = current;
  }
  const result = at(previous, b.length);
  return result <= bound ? result : null;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
