import type { Resource } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json, JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { isLabelSelector, type Query, testsOf } from '../list/filter.js';
import { selectorTest } from '../list/selector.js';
import { memberCalled } from '../list/values.js';

/** Which rows a query describes: by the filters that their list has, or by members that are as it says. */
export function described(resource: Resource, query: Query): (row: Json) => boolean {
  const list = resource.roles.find((role) => role.kind === 'list');
  const filters =
    list?.query.filter(({ role, parameter }) => role === 'filter' && Object.hasOwn(query, parameter)) ?? [];
  const tests = testsOf({ query: filters }, query, []);
  const names = new Set(filters.map(({ parameter }) => parameter));
  const others = Object.entries(query).filter(([name]) => !names.has(name));
  return (row) => tests.every(({ passes }) => passes(row)) && others.every(([name, value]) => isSaid(row, name, value));
}

/** Names of parameters that say which things are meant, in a language that is not ours. */
const isSelector = (name: string): boolean =>
  /(^|\b)(selector|filter|query|search|where|expression|condition|criteria|match|q)s?$/.test(phraseOf(name));

function isSaid(row: Json, name: string, value: unknown): boolean {
  const selected = isLabelSelector(name) && typeof value === 'string' ? selectorTest(value) : null;
  if (selected !== null) return selected(row);
  const member = memberCalled(row, name);
  if (member === undefined) return value === undefined || value === '' || !isSelector(name);
  return [value].flat().some((one) => scalarText(one) === scalarText((row as JsonObject)[member]));
}
