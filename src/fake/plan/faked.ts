import type { Json, JsonObject } from '../../text/value.js';
import { type Plan, settled } from '../draw.js';
import type { Needs } from '../needs/needs.js';
import { pointerTo, remember } from '../needs/site.js';
import { callFaker, problemOf } from '../x-faker.js';
import type { Run, Spot } from './run.js';

/** How often faker is asked again for a value that is valid, and how many failures of the whole end that. */
const attempts = 4;

/** The plan of a value with `x-faker`; null where there is none, or where it gives nothing that is valid. */
export function planFaked(run: Run, needs: Needs, spot: Spot): Plan | null {
  const part = needs.parts.findLast(({ schema }) => schema['x-faker'] !== undefined);
  if (!part) return null;
  const held = part.schema['x-faker'] as Json;
  const problem = remember(part.site, 'x-faker', () => ({ found: problemOf(held) })).found;
  if (problem) {
    run.warn(problem, pointerTo(part.site, 'x-faker'));
    return null;
  }
  const tries = (spot.hint?.failures ?? 0) < attempts ? attempts : 0;
  for (let count = 0; count < tries; count++) {
    const result = callFaker(held, spot.random.child(`x-faker ${count}`));
    const values = result ? coerced(result.value, part.schema) : [];
    const valid = values.find((value) => needs.parts.every(({ site }) => run.accepts(site, value)));
    if (valid !== undefined) return settled(valid);
  }
  const message = 'What x-faker gives is not valid here, so the value is made from the schema';
  run.warn({ message, found: JSON.stringify(held) }, pointerTo(part.site, 'x-faker'));
  return null;
}

/** The value, and what it can be read as where the schema asks for another type. */
function coerced(value: Json, { format }: JsonObject): Json[] {
  if (typeof value === 'boolean') return [value, String(value)];
  if (typeof value === 'number') return [value, Math.round(value), String(value)];
  if (typeof value !== 'string') return [value];
  const day = format === 'date' && /^\d{4}-\d\d-\d\dT/.test(value) ? [value.slice(0, 10)] : [];
  const number = value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value)] : [];
  return [...day, value, ...number];
}
