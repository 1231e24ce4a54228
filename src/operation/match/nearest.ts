import { nearest } from '../../nearest.js';
import type { Route } from './matcher.js';
import { decode, matchMixed, parseTemplate, type Segment } from './template.js';

/**
 * The path template that a path that matches none was most likely meant for, with its base path; null where none is
 * near. Forgives a slash too many or too few, case, an empty parameter, and typing errors in fixed segments.
 */
export function nearestPath(path: string, routes: readonly Route[]): string | null {
  const wanted = path.split('/').filter((segment) => segment !== '');
  let best: string | null = null;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const template of candidates(routes)) {
    const score = difference(wanted, template);
    if (score < bestScore) {
      bestScore = score;
      best = template;
    }
  }
  return best;
}

function candidates(routes: readonly Route[]): Set<string> {
  const templates = new Set<string>();
  for (const { entry, basePaths } of routes) {
    for (const base of [...basePaths, '']) {
      templates.add(base + entry.path);
    }
  }
  return templates;
}

/** 0 for the same segments; infinite where they are not near each other. */
function difference(wanted: readonly string[], template: string): number {
  const segments = parseTemplate(template).filter((segment) => segment.kind !== 'literal' || segment.text !== '');
  const missing = segments.length - wanted.length;
  if (missing < 0 || missing > 1 || (missing === 1 && segments.at(-1)?.kind !== 'parameter')) {
    return Number.POSITIVE_INFINITY;
  }
  let score = missing;
  for (const [index, text] of wanted.entries()) {
    score += segmentDifference(decode(text), segments[index]);
  }
  return score;
}

function segmentDifference(text: string, segment: Segment | undefined): number {
  if (segment === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  if (segment.kind === 'literal') {
    if (segment.text === text) {
      return 0;
    }
    if (segment.text.toLowerCase() === text.toLowerCase()) {
      return 0.5;
    }
    return nearest(text, [segment.text], 1).length > 0 ? 1 : Number.POSITIVE_INFINITY;
  }
  // A templated segment fits anything, but less well than the same text.
  return segment.kind === 'parameter' || matchMixed(segment, text) ? 0.25 : Number.POSITIVE_INFINITY;
}
