import { isObject, type Json } from '../../text/value.js';
import { compared, memberCalled } from './values.js';

/** What a row has to be. */
export type Test = (row: Json) => boolean;
type Compare = (held: Json | undefined, wanted: Json) => boolean;

/** How one value is compared with another one. */
export interface Comparison {
  readonly compares: Compare;
  /** It asks that no value compares so. */
  readonly isNegated: boolean;
  /** It asks whether there is a value, so that a row without the member has an answer to it. */
  readonly isOfPresence: boolean;
}

/**
 * A comparison as filters call it: by a sign (`>=`), by a word of OData (4.01, part 2, 5.1.1.1), SCIM (RFC 7644, 3.4.2.2) or MongoDB
 * (`$gte`), or by words of everyday (`greater_than_or_equal_to`), whatever separates these.
 */
export function comparisonCalled(name: string): Comparison | undefined {
  const word = name.toLowerCase().replaceAll(/[\s_$-]/g, '');
  const opposite = opposites.get(word);
  const compares = comparisons.get(opposite ?? word);
  if (compares === undefined) return undefined;
  return { compares, isNegated: opposite !== undefined, isOfPresence: compares === isLacking };
}

export const same: Compare = (held, wanted) =>
  wanted === null ? (held ?? null) === null : held !== undefined && compared(held, wanted) === 0;

/** Whether a text has another one in it, whatever the case of both: attributes of SCIM are mostly compared so. */
const inText =
  (has: (held: string, wanted: string) => boolean): Compare =>
  (held, wanted) =>
    typeof held === 'string' && has(held.toLowerCase(), String(wanted).toLowerCase());

const contains = inText((text, part) => text.includes(part));
const isLacking: Compare = (held, wanted) => ((held ?? '') === '') === (wanted !== false);

const comparisons: ReadonlyMap<string, Compare> = byName([
  ['eq equals equal equalto is = ==', same],
  ['gt greaterthan after >', (held, wanted) => compared(held, wanted) > 0],
  ['gte ge greaterthanorequalto greaterthanorequal onorafter >=', (held, wanted) => compared(held, wanted) >= 0],
  ['lt lessthan before <', (held, wanted) => compared(held, wanted) < 0],
  ['lte le lessthanorequalto lessthanorequal onorbefore <=', (held, wanted) => compared(held, wanted) <= 0],
  ['co contains', contains],
  ['like ilike', inText((text, part) => text.includes(part.replaceAll('%', '')))],
  ['sw startswith beginswith', inText((text, part) => text.startsWith(part))],
  ['ew endswith', inText((text, part) => text.endsWith(part))],
  // As AIP-160 has it.
  [':', (held, wanted) => same(held, wanted) || contains(held, wanted)],
  ['in oneof anyof', (held, wanted) => [wanted].flat().some((one) => same(held, one))],
  ['isempty isnull', isLacking],
]);

const opposites: ReadonlyMap<string, string> = byName([
  ['ne neq notequals notequal doesnotequal isnot != <> not', 'eq'],
  ['notin nin noneof', 'in'],
  ['doesnotcontain notcontains notlike', 'contains'],
  ['isnotempty isnotnull', 'isempty'],
]);

function byName<T>(rows: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([names, meaning]) => names.split(' ').map((name) => [name, meaning] as const)));
}

/** What a row has at a path of members, written in whichever way; one undefined where it has nothing there. */
export function held(value: Json | undefined, path: readonly string[]): readonly (Json | undefined)[] {
  if (Array.isArray(value)) return value.flatMap((item) => held(item, path));
  const [step, ...others] = path;
  if (step === undefined) return [value];
  const name = value === undefined ? undefined : memberCalled(value, step);
  return name === undefined || !isObject(value) ? [undefined] : held(value[name], others);
}
