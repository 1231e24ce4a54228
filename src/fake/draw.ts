import { generateSync } from 'json-schema-faker';
import type { Json, JsonObject } from '../document/index.js';
import type { Random } from './random.js';

/**
 * A schema that json-schema-faker cannot get wrong: one type, no references, no branches, every member and
 * item that there shall be. What the planner has already settled stands in it as `enum`.
 */
export type Plan = JsonObject;

/** Draws a value for a plan. */
export function draw(plan: Plan, random: Random): Json {
  // A plan is as deep as the value has to be: its depth was limited when it was made.
  return generateSync(plan, { seed: random.seed, maxDepth: Number.POSITIVE_INFINITY }) as Json;
}

/** A plan for a value that is known already. As `enum`: json-schema-faker clones what stands in `const`. */
export function settled(value: Json): Plan {
  return { enum: [value] };
}

/** How many different values can be drawn for a plan: 1 where it is settled. */
export function varietyOf(plan: Plan): number {
  if (Array.isArray(plan.enum)) {
    return plan.enum.length;
  }
  if (plan.type === 'integer') {
    return Number(plan.maximum) - Number(plan.minimum) + 1;
  }
  const below = Object.values((plan.properties ?? plan.prefixItems ?? {}) as Record<string, Plan>);
  return below.reduce((product, inner) => product * varietyOf(inner), 1);
}
