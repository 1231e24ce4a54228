import { generateSync } from 'json-schema-faker';
import type { Json, JsonObject } from '../document/index.js';
import type { Random } from './random.js';

/**
 * A schema that json-schema-faker cannot get wrong: one type, no references, no branches, every member and
 * item that there shall be. What the planner has already settled stands in it as `const`.
 */
export type Plan = JsonObject;

/** Draws a value for a plan. */
export function draw(plan: Plan, random: Random): Json {
  // A plan is as deep as the value has to be: its depth was limited when it was made.
  return generateSync(plan, { seed: random.seed, maxDepth: Number.POSITIVE_INFINITY }) as Json;
}

/** Whether a plan leaves nothing to be drawn. */
export function isSettled(plan: Plan): boolean {
  if (plan.const !== undefined) {
    return true;
  }
  const below = plan.properties ?? plan.prefixItems;
  return typeof below === 'object' && below !== null && Object.values(below).every((inner) => isSettled(inner as Plan));
}
