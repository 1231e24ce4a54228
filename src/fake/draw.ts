import { generateSync } from 'json-schema-faker';
import type { Json, JsonObject } from '../text/value.js';
import type { Random } from './random.js';

/**
 * A schema that json-schema-faker cannot get wrong: one type, no references, no branches, every member and
 * item that there shall be. What the planner has already settled stands in it as an
 * `enum` of one.
 */
export type Plan = JsonObject;

/**
 * Draws a value for a plan. json-schema-faker draws what is not settled, each part from the seed of its own place,
 * so that a change elsewhere leaves it as it was.
 */
export function draw(plan: Plan, random: Random): Json {
  const { properties, prefixItems } = plan as { properties?: Record<string, Plan>; prefixItems?: Plan[] };
  if (Array.isArray(plan.enum) && plan.enum.length === 1) return structuredCloneOf(plan.enum[0] as Json);
  if (properties) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, draw(inner, random.child(name))]),
    );
  }
  if (prefixItems && plan.uniqueItems !== true) {
    return prefixItems.map((inner, index) => draw(inner, random.child(index)));
  }
  // A plan is as deep as the value has to be: its depth was limited when it was made.
  return generateSync(plan, { seed: random.seed, maxDepth: Number.POSITIVE_INFINITY }) as Json;
}

/** A document's own values are not handed out to be changed. */
function structuredCloneOf(value: Json): Json {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

/** A plan for a value that is known already. */
export function settled(value: Json): Plan {
  return { enum: [value] };
}

/** How many different values can be drawn for a plan: 1 where it is settled. */
export function varietyOf(plan: Plan): number {
  if (Array.isArray(plan.enum)) return plan.enum.length;
  if (plan.type === 'integer') return Number(plan.maximum) - Number(plan.minimum) + 1;
  const below = Object.values((plan.properties ?? plan.prefixItems ?? {}) as Record<string, Plan>);
  return below.reduce((product, inner) => product * varietyOf(inner), 1);
}
