import { equalityKey } from '../../schema/equality.js';
import { keywordNamed } from '../../schema/keywords.js';
import type { Json } from '../../text/value.js';
import type { Plan } from '../draw.js';
import { Conflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import type { Needs } from '../needs/needs.js';
import { pointerTo } from '../needs/site.js';
import { chanceOfNull } from './choose.js';
import type { Run, Spot } from './run.js';

/** One of the values that `const` and `enum` leave: json-schema-faker picks. Forks need not be taken, Ajv knows. */
export function planValues(run: Run, needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  const values = facts.values ?? [];
  const unclear = needs.fork !== null || facts.parts.some(({ schema }) => Object.keys(schema).some(restricts));
  const fit = values.filter(
    (value) =>
      !facts.negations.some((negation) => forbids(negation, value)) &&
      (!(unclear || (typeof value === 'object' && value !== null)) ||
        needs.demands.every(({ site }) => run.accepts(site, value))),
  );
  if (fit.length === 0) {
    const part = facts.parts.find(({ schema }) => schema.enum !== undefined || schema.const !== undefined);
    const keyword = part?.schema.const === undefined ? 'enum' : 'const';
    const site = part?.site ?? needs.demands[0]?.site;
    return new Conflict(site ? pointerTo(site, keyword) : '', `No value of this ${keyword} is valid here`);
  }
  const others = fit.filter((value) => value !== null);
  const isNull = others.length === 0 || (others.length < fit.length && spot.random.child('null').chance(chanceOfNull));
  return { enum: isNull ? [null] : others };
}

/** Keywords that have had their say when values are left over. */
const unrestricting = new Set(['type', 'enum', 'const', '$ref', 'allOf']);

function restricts(keyword: string): boolean {
  return keywordNamed(keyword)?.about !== undefined && !unrestricting.has(keyword);
}

/** Whether `not` with `const` or `enum` refuses a value. */
export function forbids(negation: Record<string, Json>, value: Json): boolean {
  const refused = 'const' in negation ? [negation.const as Json] : negation.enum;
  return Array.isArray(refused) && refused.some((one) => equalityKey(one) === equalityKey(value));
}
