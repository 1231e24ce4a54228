import { type ListRole, type QueryRole, readAt, valuesAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { addAll } from '../../text/many.js';
import type { Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { conditionTest } from './conditions.js';
import { expressionTest } from './expression.js';
import { equalTo, operatedTest } from './operated.js';
import { selectorTest } from './selector.js';
import { compared } from './values.js';

/** What a row has to be. */
export interface Test {
  /** Whether a row with such JSON could pass: most that cannot are known by it, without being read. */
  readonly mayPass: (text: string) => boolean;
  readonly passes: (row: Json) => boolean;
}

type FilterRole = Extract<QueryRole, { role: 'filter' }>;

/** What a query says where a role stands in it. */
export function saidBy({ parameter, within }: Pick<QueryRole, 'parameter' | 'within'>, query: Query): unknown {
  const value = query[parameter];
  return within.length === 0 ? value : readAt(value as Json | undefined, within);
}

export const isLabelSelector = (name: string): boolean => phraseOf(name) === 'label selector';

export type Query = Readonly<Record<string, unknown>>;

/**
 * What the query, and parameters of the path that are no keys, ask of rows.
 * @param path such parameters, with their values
 */
export function testsOf(
  { query }: Pick<ListRole, 'query'>,
  values: Query,
  path: readonly { readonly member: readonly string[] | null; readonly value: string }[],
): Test[] {
  const tests = query.flatMap((role) => testOf(role, saidBy(role, values)) ?? []);
  for (const { member, value } of path) {
    if (member === null) continue;
    const passes = (row: Json): boolean =>
      valuesAt(row, member)
        .flat()
        .some((held) => scalarText(held) === value);
    tests.push({ mayPass: hasIn([value], false), passes });
  }
  return tests;
}

/** What one role asks of rows; null where it asks for nothing. */
function testOf(role: QueryRole, value: unknown): Test | null {
  if (role.role === 'expression') {
    const passes = expressed(role.parameter, value);
    return passes && { mayPass: anything, passes };
  }
  const neutral = role.role === 'filter' ? role.neutral : [];
  const asked = askedFor(value).filter((one) => !neutral.includes(scalarText(one)));
  if (asked.length === 0) return null;
  if (role.role === 'filter') return filterTest(role, asked);
  if (role.role !== 'search') return null;
  const said = asked.join(' ');
  const passes = conditional.test(said) ? expressionTest(said) : null;
  if (passes !== null) return { mayPass: anything, passes };
  const text = said.toLowerCase();
  return { mayPass: hasIn([text], true), passes: (row) => holdsText(row, text) };
}

/** What is searched for begins so where it says what members are: `status:'active' AND total>100`. */
const conditional = /^\s*\(?[A-Za-z_][\w.]*(?::\s*['"]|[<>]=?\s*\d)/;

/** What an expression asks, or conditions in a body; null where that cannot be read. */
function expressed(parameter: string, value: unknown): Test['passes'] | null {
  if (typeof value === 'object' && value !== null && !isTexts(value)) return conditionTest(value as Json);
  const asked = askedFor(value);
  if (asked.length === 0) return null;
  return isLabelSelector(parameter) ? selectorTest(asked.join(',')) : expressionTest(asked.join(' '));
}

const isTexts = (value: object): boolean =>
  Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);

const anything = (): boolean => true;

/** Whether the JSON of a row has one of some texts in it, as a value or inside of one. */
function hasIn(texts: Iterable<string>, isCaseless: boolean): Test['mayPass'] {
  const written = Array.from(texts, (text) => JSON.stringify(isCaseless ? text.toLowerCase() : text).slice(1, -1));
  // Half of a character is written otherwise than in a text that has the whole, and what a sigma becomes depends on its place.
  if (written.some((text) => /\\ud[89a-f]|[σς]/.test(text))) return anything;
  const [only = ''] = written;
  if (!isCaseless)
    return written.length === 1 ? (row) => row.includes(only) : (row) => written.some((one) => row.includes(one));
  return (row) => {
    const lower = row.toLowerCase();
    return written.some((one) => lower.includes(one));
  };
}

/** What a parameter says, as a list; empty where it says nothing. */
function askedFor(value: unknown): readonly Plain[] {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === 'number' || typeof one === 'boolean' || (typeof one === 'string' && one !== ''),
  );
  return list as Plain[];
}

/** The values that a filter asks for, each as a text; none where it asks for nothing. */
export function textsAsked({ operator, neutral }: FilterRole, value: unknown): readonly string[] {
  const asked = askedFor(value).filter((one) => !neutral.includes(scalarText(one)));
  const equal = operator === 'eq' ? equalTo(asked) : null;
  return equal ?? wantedBy(operator, asked).map(scalarText);
}

type Plain = string | number | boolean;

function wantedBy(operator: FilterRole['operator'], asked: readonly Plain[]): readonly Plain[] {
  const isAny = operator === 'in' || operator === 'contains';
  return asked.flatMap((one): readonly Plain[] => (isAny && typeof one === 'string' ? one.split(',') : [one]));
}

function filterTest({ member, operator, parameter, isCaseless = false }: FilterRole, asked: readonly Plain[]): Test {
  const wanted = wantedBy(operator, asked);
  // A comma may also belong to a value: `Smith, Jones and Partners`.
  const texts = new Set([...asked, ...wanted].map(scalarText));
  const first = wanted[0] as Plain;
  const isSame = operator === 'eq' || operator === 'in';
  const mayPass =
    isSame || operator === 'contains' || operator === 'starts' ? hasIn(texts, !isSame || isCaseless) : anything;
  const operated = operator === 'eq' ? operatedTest(asked) : null;
  const lower = new Set(isCaseless ? [...texts].map((text) => text.toLowerCase()) : []);
  const isAsked = (value: Json): boolean =>
    texts.has(scalarText(value)) ||
    lower.has(scalarText(value).toLowerCase()) ||
    wanted.some((one) => isWrittenAs(value, one));
  // Of a moment the day alone counts where it is asked for by that (`created__date__lte`), or up to that, or after it.
  const isOfDay = operator === 'lte' || operator === 'gt' || /(?:__|[[.])date(?:__|[\].]|$)/i.test(parameter);
  const isByDay = isOfDay && /^\d{4}-\d\d-\d\d$/.test(String(first));
  const dayOf = (value: Json): Json => (typeof value === 'string' ? value.slice(0, 10) : value);
  const passes = (row: Json): boolean => {
    const values = valuesAt(row, member).flat();
    const held = isByDay ? values.map(dayOf) : values;
    switch (operator) {
      case 'ne':
        return !held.some(isAsked);
      case 'lt':
        return held.some((value) => compared(value, first) < 0);
      case 'lte':
        return held.some((value) => compared(value, first) <= 0);
      case 'gt':
        return held.some((value) => compared(value, first) > 0);
      case 'gte':
        return held.some((value) => compared(value, first) >= 0);
      case 'absent':
        return held.every((value) => (value ?? null) === null) === (String(first) === 'true');
      case 'starts':
        return held.some((value) => beginsSo(scalarText(value ?? ''), String(first)));
      case 'contains':
        return held.some(
          (value) => texts.has(scalarText(value)) || (typeof value === 'string' && hasAny(value, texts)),
        );
      default:
        return held.some(isAsked) || operated?.(held) === true;
    }
  };
  return { mayPass: operated === null ? mayPass : anything, passes };
}

/** Whether a text is of the day that is asked for, or writes the number, with more than that: `2026-01-31T12:00:00Z`, `2.0`. */
function isWrittenAs(held: Json, asked: Plain): boolean {
  if (typeof held !== 'string') return false;
  if (typeof asked === 'number') return Number(held) === asked && held.includes(scalarText(asked));
  return (
    typeof asked === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(asked) &&
    /^[T ]\d/i.test(held.slice(asked.length)) &&
    held.startsWith(asked)
  );
}

const beginsSo = (text: string, beginning: string): boolean => text.toLowerCase().startsWith(beginning.toLowerCase());

function hasAny(text: string, wanted: ReadonlySet<string>): boolean {
  const lower = text.toLowerCase();
  return [...wanted].some((one) => lower.includes(one.toLowerCase()));
}

/** Values of one row that are searched, its own members before those of what it holds. */
const maximumSearched = 500;

function holdsText(row: Json, text: string): boolean {
  const open: Json[] = [row];
  for (let count = 0; count < maximumSearched; count++) {
    const value = open[count];
    if (value === undefined) return false;
    if (typeof value === 'object' && value !== null) addAll(open, Object.values(value));
    else if (scalarText(value).toLowerCase().includes(text)) return true;
  }
  return false;
}
