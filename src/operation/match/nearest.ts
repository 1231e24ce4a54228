import { nearest } from '../../text/nearest.js';
import type { Route } from './servers.js';
import { decode, matchMixed, parseTemplate, type Segment } from './template.js';

interface Candidate {
  readonly path: string;
  readonly segments: readonly Segment[];
}

/**
 * Finds the path template that a path that matches none was most likely meant for, with its base path; null where none is
 * near. Forgives a slash too many or too few, case, an empty parameter, and typing errors in fixed segments.
 */
export function createNearest(routes: readonly Route[]): (path: string) => string | null {
  let candidates: Candidate[] | undefined;
  return (path) => {
    candidates ??= candidatesOf(routes);
    const wanted = path.split('/').filter((segment) => segment !== '');
    let best: string | null = null;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const candidate of candidates) {
      const score = difference(wanted, candidate.segments, bestScore);
      if (score < bestScore) {
        bestScore = score;
        best = candidate.path;
      }
    }
    return best;
  };
}

function candidatesOf(routes: readonly Route[]): Candidate[] {
  const paths = new Set(routes.flatMap(({ entry, basePaths }) => [...basePaths, ''].map((base) => base + entry.path)));
  return [...paths].map((path) => ({
    path,
    segments: parseTemplate(path).filter((segment) => segment.kind !== 'literal' || segment.text !== ''),
  }));
}

/** 0 for the same segments; infinite where they are not near each other. */
function difference(wanted: readonly string[], segments: readonly Segment[], bound: number): number {
  const missing = segments.length - wanted.length;
  if (missing < 0 || missing > 1 || (missing === 1 && segments.at(-1)?.kind !== 'parameter')) {
    return Number.POSITIVE_INFINITY;
  }
  let score = missing;
  for (const [index, text] of wanted.entries()) {
    if (score >= bound) return score;
    score += segmentDifference(decode(text), segments[index]);
  }
  return score;
}

function segmentDifference(text: string, segment: Segment | undefined): number {
  if (segment === undefined) return Number.POSITIVE_INFINITY;
  if (segment.kind === 'literal') {
    if (segment.text === text) return 0;
    if (segment.text.toLowerCase() === text.toLowerCase()) return 0.5;
    return nearest(text, [segment.text], 1).length > 0 ? 1 : Number.POSITIVE_INFINITY;
  }
  // A templated segment fits anything, but less well than the same text.
  return segment.kind === 'parameter' || matchMixed(segment, text) ? 0.25 : Number.POSITIVE_INFINITY;
}
