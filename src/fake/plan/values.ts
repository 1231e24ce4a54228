import type { Json } from '../../document/index.js';
import { equalityKey } from '../../operation/schema/equality.js';
import type { Plan } from '../draw.js';
import { Conflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import { pointerTo } from '../needs/site.js';
import { chanceOfNull } from './choose.js';
import type { Run, Spot } from './run.js';

/** One of given values: json-schema-faker picks. */
export function planValues(run: Run, facts: Facts, spot: Spot, values: readonly Json[]): Plan | Conflict {
  const restricted = facts.values !== null && needsAjv(facts);
  const structured = (value: Json): boolean => typeof value === 'object' && value !== null;
  const fit = values.filter(
    (value) =>
      !facts.negations.some((negation) => forbids(negation, value)) &&
      (!(structured(value) || restricted) || facts.parts.every(({ site }) => run.accepts(site, value))),
  );
  const part =
    facts.parts.find(({ schema }) => schema.enum !== undefined || schema.const !== undefined) ?? facts.parts[0];
  if (fit.length === 0) {
    const keyword = part?.schema.const === undefined ? 'enum' : 'const';
    return new Conflict(part ? pointerTo(part.site, keyword) : '', `No value of this ${keyword} is valid here`);
  }
  const others = fit.filter((value) => value !== null);
  const isNull = others.length === 0 || (others.length < fit.length && spot.random.child('null').chance(chanceOfNull));
  return { enum: isNull ? [null] : others };
}

function needsAjv({ parts }: Facts): boolean {
  return parts.some(({ schema }) =>
    Object.keys(schema).some((keyword) => !unrestricting.has(keyword) && !keyword.startsWith('x-')),
  );
}

/** Keywords that have had their say when values are left over. */
const unrestricting = new Set([
  ...['type', 'enum', 'const', '$ref', '$defs', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not'],
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment'],
]);

/** Whether `not` with `const` or `enum` refuses a value. */
export function forbids(negation: Record<string, Json>, value: Json): boolean {
  const refused = 'const' in negation ? [negation.const as Json] : negation.enum;
  return Array.isArray(refused) && refused.some((one) => equalityKey(one) === equalityKey(value));
}
