import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { comparisonCalled } from './comparison.js';

type Test = (held: readonly Json[]) => boolean;

/** `eq.3`, `not.in.(1,2)`, `gte:5`: what is compared so says it before the value (PostgREST, and others with a colon). */
const before = /^(not\.)?(eq|neq?|gte?|lte?|i?like|in|is)([.:])(.*)$/s;
/** `ge2020-01-01`, `lt5`: a prefix of numbers and dates (FHIR, 3.1.1.5.3). */
const prefixed = /^(eq|ne|gt|ge|lt|le)(-?\d+(?:\.\d+)?|\d{4}(?:-\d\d){1,2}(?:T[\d:.+Z-]+)?)$/;
const isMeasure = (held: Json): boolean =>
  typeof held === 'number' || (typeof held === 'string' && /^-?\d+(?:\.\d+)?$|^\d{4}-\d\d/.test(held));

/** What values ask that say themselves how they are compared; null where one of them does not. */
export function operatedTest(asked: readonly unknown[]): Test | null {
  const tests = asked.map((one) => (typeof one === 'string' ? testOf(one) : null));
  return tests.every((test) => test !== null) ? (held) => tests.every((test) => test(held)) : null;
}

/** The values that such values ask for by themselves (`eq.3`), none where they compare otherwise; null where they are no such values. */
export function equalTo(asked: readonly unknown[]): readonly string[] | null {
  if (asked.length === 0 || operatedTest(asked) === null) return null;
  return asked.flatMap((one) => /^eq[.:](.*)$/s.exec(scalarText(one))?.[1] ?? []);
}

function testOf(asked: string): Test | null {
  const [, prefix, measure = ''] = prefixed.exec(asked) ?? [];
  if (prefix !== undefined) return comparing(prefix, measure, isMeasure);
  const [, not, name, , value = ''] = before.exec(asked) ?? [];
  if (name === undefined) return null;
  const test = comparing(name === 'is' ? 'eq' : name, wantedBy(name, value), () => true);
  return not === undefined || test === null ? test : (held) => !test(held);
}

function comparing(name: string, wanted: Json, isMeant: (held: Json) => boolean): Test | null {
  const comparison = comparisonCalled(name);
  if (comparison === undefined) return null;
  return (held) => held.filter(isMeant).some((one) => comparison.compares(one, wanted)) !== comparison.isNegated;
}

function wantedBy(name: string, value: string): Json {
  if (name === 'in') return value.replace(/^\((.*)\)$/s, '$1').split(',');
  if (name === 'is' && value === 'null') return null;
  return name.endsWith('like') ? value.replaceAll('*', '%') : value;
}
