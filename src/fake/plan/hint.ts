import type { Violation } from '../../schema/index.js';
import { keywordNamed } from '../../schema/keywords.js';
import { parsePointer } from '../../text/pointer.js';

/** What was learned from values that were not valid: how often a place has to be planned anew. */
export class Hint {
  /** How often the value here was not valid. */
  failures = 0;

  /** @param tries how often the place was planned before, for whatever reason */
  constructor(public tries = 0) {}

  /** By the pointer of a oneOf: the branches that the same value was valid under. */
  readonly overlaps = new Map<string, Set<number>>();
  readonly below = new Map<string, Hint>();

  /** Gives up what was learned about overlapping branches, here and below: it led to a contradiction. */
  forget(): boolean {
    const known = this.overlaps.size > 0;
    this.overlaps.clear();
    return [...this.below.values()].map((hint) => hint.forget()).includes(true) || known;
  }

  at(segment: string | number): Hint {
    const name = String(segment);
    const hint = this.below.get(name) ?? new Hint();
    this.below.set(name, hint);
    return hint;
  }
}

/** Whether a violation is that a member or an item is there at all: it is the value around that has to change. */
function isAboutPresence(keyword: string): boolean {
  const known = keywordNamed(keyword);
  return known?.asserts === 'where false' || known?.applies === 'names';
}

/** Violations beyond these say nothing new. */
const mostLearned = 20;

/** Marks the places that have to be planned anew, and after some failures those around them. */
export function learn(hint: Hint, violations: readonly Violation[]): void {
  const marked = new Set<Hint>();
  for (const { pointer, keyword, schemaPointer, params } of violations.slice(0, mostLearned)) {
    const whole = pathTo(hint, pointer);
    const path = isAboutPresence(keyword) && whole.length > 1 ? whole.slice(0, -1) : whole;
    const place = path.at(-1) as Hint;
    if (Array.isArray(params.passing)) {
      const known = place.overlaps.get(schemaPointer) ?? new Set();
      place.overlaps.set(schemaPointer, new Set([...known, ...params.passing]));
    }
    if (!marked.has(place)) {
      marked.add(place);
      retry(path);
    }
  }
}

/** One try more for a place; every third time, for the one around it as well. */
function retry(path: readonly Hint[]): void {
  for (const place of [...path].reverse()) {
    place.tries += 1;
    place.failures += 1;
    if (place.tries % 3 !== 0) return;
  }
}

function pathTo(root: Hint, pointer: string): Hint[] {
  const path = [root];
  for (const segment of parsePointer(pointer)) path.push((path.at(-1) as Hint).at(segment));
  return path;
}
