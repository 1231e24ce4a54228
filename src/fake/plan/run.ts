import type { Problem } from '../../errors.js';
import type { Direction } from '../../schema/index.js';
import type { Json } from '../../text/value.js';
import type { Plan } from '../draw.js';
import type { Conflict } from '../needs/conflict.js';
import type { Needs } from '../needs/needs.js';
import type { Site, Sites } from '../needs/site.js';
import type { Random } from '../random.js';
import type { Hint } from './hint.js';

/** Which of the members that are not required a value gets: all that there can be, none, or some by chance. */
export type Optionals = 'all' | 'some' | 'none';

/** Counted down at each place, so that no schema can keep the planner busy for ever. Counted, so always the same. */
export interface Budget {
  steps: number;
}

/** One attempt at a value: what stays the same at every place in it. */
export interface Run {
  readonly sites: Sites;
  readonly direction: Direction;
  readonly optionals: Optionals;
  /** As little as there can be: the last resort. */
  readonly lean: boolean;
  readonly budget: Budget;
  /** Whether a value is valid under one schema, by Ajv. */
  accepts(site: Site, value: Json): boolean;
  /** Whether a string is of a format, by Ajv. One that Ajv does not know allows everything. */
  hasFormat(format: string, text: string): boolean;
  /** @param pointer to what of the schema it is about */
  warn(problem: Problem, pointer: string): void;
  plan(needs: Needs, spot: Spot): Plan | Conflict;
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
export const levelLimit = 7;

/** Counted from the root. Deeper than any value that a person would want, and what the stack bears. */
export const deepest = 600;

/** A place inside another one. */
export function below(
  spot: Spot,
  segment: string | number,
  inside: Pick<Spot, 'name' | 'owner' | 'ancestors' | 'allowance'>,
): Spot {
  const hint = spot.hint?.below.get(String(segment)) ?? null;
  return { random: spot.random.child(segment), level: spot.level + 1, hint, ...inside };
}

/** How often one of these schemas is among those of the values around. */
export function recurrences(schemas: ReadonlySet<object>, ancestors: Ancestors | null): number {
  let count = 0;
  for (let at = ancestors; at; at = at.outer) {
    for (const schema of schemas) {
      if (at.schemas.has(schema)) {
        count += 1;
        break;
      }
    }
  }
  return count;
}
