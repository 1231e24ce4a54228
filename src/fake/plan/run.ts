import type { Problem } from '../../errors.js';
import type { Direction, Violation } from '../../schema/index.js';
import { keywordNamed } from '../../schema/keywords.js';
import { parsePointer } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import type { DataDemand } from '../demand.js';
import type { Plan } from '../draw.js';
import type { Conflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import type { Needs } from '../needs/needs.js';
import type { Site, Sites } from '../needs/site.js';
import type { Random } from '../random.js';

/** Which of the members that are not required a value gets: all that there can be, none, or some by chance. */
export type Optionals = 'all' | 'some' | 'none';

/** Counted down at each place, so that no schema can keep the planner busy for ever. Counted, so always the same. */
export interface Budget {
  steps: number;
  /** Forks that have been taken and wait for what is planned behind them. */
  forks: number;
  /** Whether something was left untried: that nothing was found is then no proof that there is nothing. */
  isPartial?: boolean;
}

/** One attempt at a value: what stays the same at every place in it. */
export interface Run {
  readonly sites: Sites;
  readonly direction: Direction;
  readonly optionals: Optionals;
  /** What data is asked for, or null. */
  readonly demand: DataDemand | null;
  /** How likely such a member is, where `some` are wanted: 0 to 1; null: by how deep it stands. */
  readonly optional: number | null;
  /** As little as there can be: the last resort. */
  readonly lean: boolean;
  readonly budget: Budget;
  /** Says how many steps were taken. */
  step(count: number): void;
  /** The present that moments are near to. */
  readonly now: Date;
  /** The address of a picture. */
  image(random: Random): string;
  /** Whether a value is valid under one schema, by Ajv. */
  accepts(site: Site, value: Json): boolean;
  /** Whether a string is of a format, by Ajv. One that Ajv does not know allows everything. */
  hasFormat(format: string, text: string): boolean;
  /** @param pointer to what of the schema it is about */
  warn(problem: Problem, pointer: string): void;
  plan(needs: Needs, spot: Spot): Plan | Conflict;
}

/** A place to be planned, with what the value there has to satisfy. */
export interface Situation {
  readonly run: Run;
  readonly needs: Needs;
  readonly facts: Facts;
  readonly spot: Spot;
  /** The array or object that the author shows here. */
  readonly shown?: Json;
}

/** A place in the value. */
export interface Spot {
  readonly random: Random;
  /** 0 at the root. */
  readonly level: number;
  /** The name of the member; of an item, that of its array; '' at the root. */
  readonly name: string;
  /** The name of what the member belongs to: a component, or the member that holds it. */
  readonly owner: string;
  /** Whether it is one of a list, and not a member. */
  readonly isItem: boolean;
  /** Whether it is anywhere inside of a list. */
  readonly isListed: boolean;
  /** The names of the members beside it. */
  readonly siblings: readonly string[];
  /** Which row of a list it is in: the first, 0, shows what the author shows; the others differ. */
  readonly row: number;
  /** What examples of the values around show at this place. */
  readonly shown: readonly Json[];
  /** What it has where no author shows one of its own. */
  readonly told: readonly Json[];
  readonly hint: Hint | null;
  /** The schemas of the values around this one. */
  readonly ancestors: Ancestors | null;
  /** About how many members and items there may be below, where the schema leaves that open. */
  readonly allowance: number;
}

export interface Ancestors {
  readonly schemas: ReadonlySet<object>;
  readonly outer: Ancestors | null;
}

/** Below this level, only what cannot be left out is made. */
export const usualLevels = 7;

/** Counted from the root, with the forks on the way. Deeper than any value that a person would want, and what the stack bears. */
export const maximumLevels = 600;

/** A place inside another one. */
export function below(
  spot: Spot,
  segment: string | number,
  inside: Pick<
    Spot,
    'name' | 'owner' | 'isItem' | 'isListed' | 'siblings' | 'row' | 'shown' | 'told' | 'ancestors' | 'allowance'
  >,
): Spot {
  const hint = spot.hint?.below.get(String(segment)) ?? null;
  return { random: spot.random.child(segment), level: spot.level + 1, hint, ...inside };
}

/** How often one of these schemas is among those of the values around. */
export function recurrences(schemas: ReadonlySet<object>, ancestors: Ancestors | null): number {
  let count = 0;
  for (let at = ancestors; at; at = at.outer) {
    const around = at.schemas;
    if ([...schemas].some((schema) => around.has(schema))) count += 1;
  }
  return count;
}

/** What was learned from values that were not valid: how often a place has to be planned anew. */
export class Hint {
  /** How often the place was planned before, for whatever reason. */
  tries: number;
  /** How often the value here was not valid. */
  failures = 0;
  /** By the pointer of a oneOf: the branches that the same value was valid under. */
  readonly overlaps = new Map<string, Set<number>>();
  readonly below = new Map<string, Hint>();

  constructor(tries = 0) {
    this.tries = tries;
  }

  /** Gives up what was learned about overlapping branches, here and below: it led to a contradiction. */
  forget(): boolean {
    const known = this.overlaps.size > 0;
    this.overlaps.clear();
    return [...this.below.values()].map((hint) => hint.forget()).includes(true) || known;
  }

  at(segment: string): Hint {
    const hint = this.below.get(segment) ?? new Hint();
    this.below.set(segment, hint);
    return hint;
  }
}

/** Whether a violation is that a member or an item is there at all: it is the value around that has to change. */
function isAboutPresence(keyword: string): boolean {
  const known = keywordNamed(keyword);
  return known?.asserts === 'where false' || known?.applies === 'names';
}

/** Violations beyond these say nothing new. */
const maximumLearned = 20;

/** Marks the places that have to be planned anew, and after some failures those around them. */
export function learn(hint: Hint, violations: readonly Violation[]): void {
  const marked = new Set<Hint>();
  for (const { pointer, keyword, schemaPointer, params } of violations.slice(0, maximumLearned)) {
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
