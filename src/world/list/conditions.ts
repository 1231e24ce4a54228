import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { comparisonCalled, held, type Test } from './comparison.js';

/**
 * What conditions in a body ask of a row: `{ "status": "done" }`, `{ "price": { "gte": 5 } }`, `{ "field": "price", "operator": ">",
 * "value": 5 }`, `{ "property": "Status", "select": { "equals": "done" } }`, lists of these that all have to hold, and `and`, `or`, `not`
 * around them.
 * @returns null where some of it is none of these, or nothing is asked
 */
export function conditionTest(asked: Json, depth = 0): Test | null {
  if (depth > maximumDepth) return null;
  if (Array.isArray(asked)) return joined(asked, depth, every);
  if (!isObject(asked)) return null;
  const tests = Object.entries(asked).map(([name, value]) => {
    const join = joins.get(name.replace(/^\$/, '').toLowerCase());
    return join === undefined ? undefined : joined([value].flat(), depth, join);
  });
  if (tests.some((test) => test !== undefined)) return all(tests.map((test) => test ?? null));
  return aboutOne(asked) ?? all(Object.entries(asked).map(([name, value]) => ofMember(name, value)));
}

const maximumDepth = 20;

type Join = (tests: readonly Test[], row: Json) => boolean;

const every: Join = (tests, row) => tests.every((test) => test(row));
const some: Join = (tests, row) => tests.some((test) => test(row));
const joins: ReadonlyMap<string, Join> = new Map([
  ['and', every],
  ['all', every],
  ['or', some],
  ['any', some],
  ['not', (tests, row) => !every(tests, row)],
]);

function joined(list: readonly Json[], depth: number, join: Join): Test | null {
  const tests = list.map((one) => conditionTest(one, depth + 1)).filter((test) => test !== null);
  return tests.length === 0 || tests.length < list.length ? null : (row) => join(tests, row);
}

const all = (tests: readonly (Test | null)[]): Test | null => {
  const known = tests.filter((test) => test !== null);
  return known.length === 0 || known.length < tests.length ? null : (row) => every(known, row);
};

/** A condition that says by members of its own which member it is about, how, and which value; null where it is none. */
function aboutOne(asked: JsonObject): Test | null {
  const entries = Object.entries(asked).map(([name, value]) => [phraseOf(name), value] as const);
  const called = (names: RegExp) => entries.find(([name]) => names.test(name))?.[1];
  const by = called(/^(?:property|field|column|attribute|member|key|field name|property name)$/);
  if (typeof by !== 'string') return null;
  const how = called(/^(?:operator|op|comparison|comparator|condition|operation)$/) ?? 'eq';
  const value = called(/^values?$/);
  if (value !== undefined) return typeof how === 'string' ? compare(by, how, value) : null;
  // What is left says the kind of the member, and inside how it is compared.
  const [inside, ...others] = entries.filter(([, one]) => isObject(one));
  return inside === undefined || others.length > 0 ? null : ofMember(by, inside[1]);
}

/** A value, one of several, or an object that says how it is compared. */
function ofMember(name: string, value: Json): Test | null {
  if (!isObject(value)) return compare(name, Array.isArray(value) ? 'in' : 'eq', value);
  return all(Object.entries(value).map(([how, wanted]) => compare(name, how, wanted)));
}

/** null where nobody can tell how it is compared. A row that has no such member has nothing to be told by. */
function compare(name: string, how: string, wanted: Json): Test | null {
  const comparison = comparisonCalled(how);
  if (comparison === undefined || isObject(wanted)) return null;
  const { compares, isNegated, isOfPresence } = comparison;
  return (row) => {
    const values = held(row, name.split('.'));
    if (!isNegated && !isOfPresence && values.every((value) => value === undefined)) return true;
    return values.some((value) => compares(value, wanted)) !== isNegated;
  };
}
