import { type ListRole, type QueryRole, readAt, valuesAt } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

export type Test = (row: Json) => boolean;

type FilterRole = Extract<QueryRole, { role: 'filter' }>;

/** What a query says where a role stands in it. */
export function saidBy({ parameter, within }: Pick<QueryRole, 'parameter' | 'within'>, query: Query): unknown {
  const value = query[parameter];
  return within.length === 0 ? value : readAt(value as Json | undefined, within);
}

export type Query = Readonly<Record<string, unknown>>;

/**
 * What the query, and parameters of the path that are no keys, ask of rows.
 * @param path such parameters, with their values
 */
export function testsOf(
  { query }: ListRole,
  values: Query,
  path: readonly { readonly member: readonly string[] | null; readonly value: string }[],
): Test[] {
  const tests: Test[] = [];
  for (const role of query) {
    const neutral = role.role === 'filter' ? role.neutral : [];
    const asked = askedFor(saidBy(role, values)).filter((one) => !neutral.includes(String(one)));
    if (asked.length === 0) continue;
    if (role.role === 'filter') tests.push(filterTest(role, asked));
    if (role.role === 'search') {
      const text = asked.join(' ').toLowerCase();
      tests.push((row) => holdsText(row, text));
    }
  }
  for (const { member, value } of path) {
    if (member !== null)
      tests.push((row) =>
        valuesAt(row, member)
          .flat()
          .some((held) => String(held) === value),
      );
  }
  return tests;
}

/** What a parameter says, as a list; empty where it says nothing. */
function askedFor(value: unknown): readonly (string | number | boolean)[] {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === 'number' || typeof one === 'boolean' || (typeof one === 'string' && one !== ''),
  );
  return list as (string | number | boolean)[];
}

function filterTest({ member, operator }: FilterRole, asked: readonly (string | number | boolean)[]): Test {
  const isAny = operator === 'in' || operator === 'contains';
  const wanted: readonly (string | number | boolean)[] = asked.flatMap((one): readonly (string | number | boolean)[] =>
    isAny && typeof one === 'string' ? one.split(',') : [one],
  );
  const texts = new Set(wanted.map(String));
  const first = wanted[0] as string | number | boolean;
  return (row) => {
    const held = valuesAt(row, member).flat();
    switch (operator) {
      case 'ne':
        return !held.some((value) => texts.has(String(value)));
      case 'lt':
        return held.some((value) => compared(value, first) < 0);
      case 'lte':
        return held.some((value) => compared(value, first) <= 0);
      case 'gt':
        return held.some((value) => compared(value, first) > 0);
      case 'gte':
        return held.some((value) => compared(value, first) >= 0);
      case 'contains':
        return held.some((value) => texts.has(String(value)) || (typeof value === 'string' && hasAny(value, texts)));
      default:
        return held.some((value) => texts.has(String(value)));
    }
  };
}

function hasAny(text: string, wanted: ReadonlySet<string>): boolean {
  const lower = text.toLowerCase();
  return [...wanted].some((one) => lower.includes(one.toLowerCase()));
}

const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/** Below 0, 0, above 0, as numbers, instants or texts; NaN where there is no order between them. */
export function compared(a: unknown, b: unknown): number {
  if (a === null || a === undefined || b === null || b === undefined) return Number.NaN;
  if (typeof a === 'number' && isDate(b)) return a - Date.parse(b) / (a > 1e11 ? 1 : 1000);
  const apart = isDate(a) && isDate(b) ? Date.parse(a) - Date.parse(b) : Number.NaN;
  if (!Number.isNaN(apart)) return apart;
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right) && a !== '' && b !== '') return left - right;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** Values of one row that are searched. */
const maximumSearched = 500;

function holdsText(row: Json, text: string): boolean {
  const open: Json[] = [row];
  for (let count = 0; count < maximumSearched; count++) {
    const value = open.pop();
    if (value === undefined) return false;
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
    else if (String(value).toLowerCase().includes(text)) return true;
  }
  return false;
}

/** The member of a row that has a name, written in whichever way; undefined where it has none. */
export function memberCalled(row: Json, name: string): string | undefined {
  if (!isObject(row)) return undefined;
  if (Object.hasOwn(row, name)) return name;
  const words = phraseOf(name);
  return Object.keys(row).find((member) => phraseOf(member) === words);
}
