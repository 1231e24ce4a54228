import { isJson, type Operation } from '../../operation/index.js';
import type { ListRole } from '../../resource/index.js';
import { defaultOf, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { BaseCollection } from '../base-collection.js';
import { type Query, saidBy, testsOf } from './filter.js';

const defaults = new WeakMap<Operation, Query>();

/** What is left out of a query, or of a body that asks, is as if its documented default had been sent. */
export function withDefaults(operation: Operation, query: Query): Query {
  const known = defaults.get(operation) ?? defaultsOf(operation);
  defaults.set(operation, known);
  if (known === none) return query;
  // What the document does not know of the query, no list looks at.
  const sent = operation.parameters.filter(({ in: place, name }) => place === 'query' && Object.hasOwn(query, name));
  return { ...known, ...Object.fromEntries(sent.map(({ name }) => [name, query[name]])) };
}

const none: Query = {};

const idle = new WeakMap<BaseCollection, Map<ListRole, readonly string[]>>();

/** A query without filters by a documented default that no row of the base world has: it would always empty the list. */
export function withoutIdle(role: ListRole, operation: Operation, query: Query, base: BaseCollection): Query {
  const usual = withDefaults(operation, none);
  if (usual === none) return query;
  const ofBase = idle.get(base) ?? new Map<ListRole, readonly string[]>();
  idle.set(base, ofBase);
  const found = ofBase.get(role) ?? idleIn(role, usual, base);
  ofBase.set(role, found);
  const left = found.filter((name) => scalarText(query[name]) === scalarText(usual[name]));
  return left.length === 0 ? query : Object.fromEntries(Object.entries(query).filter(([name]) => !left.includes(name)));
}

function idleIn(role: ListRole, usual: Query, base: BaseCollection): readonly string[] {
  const filters = role.query.filter((each) => each.role === 'filter' && saidBy(each, usual) !== undefined);
  const rows = filters.length === 0 ? [] : Array.from({ length: base.size }, (_, index) => base.row(index));
  if (rows.length === 0) return [];
  return filters.flatMap((filter) => {
    const tests = testsOf({ query: [filter] }, usual, []);
    const isThere = rows.some((row) => row !== undefined && tests.every(({ passes }) => passes(row)));
    return isThere || filter.within.length > 0 ? [] : [filter.parameter];
  });
}

function defaultsOf({ document, parameters, requestBody }: Operation): Query {
  const view = viewOf(document);
  const inQuery = parameters.flatMap(({ in: place, name, schema }) =>
    place === 'query' ? [{ name, parts: view.certain(schema.pointer) }] : [],
  );
  const body = requestBody?.content.find(
    ({ mediaType, schema }) => isJson(mediaType) && schema?.problem === null,
  )?.schema;
  const members = body ? [...view.members(view.certain(body.pointer))] : [];
  const inBody = members.map(([name, edges]) => ({ name, parts: view.certain(...edges.map(({ to }) => to)) }));
  const found = [...inBody, ...inQuery].flatMap(({ name, parts }) => {
    const value = defaultOf(parts);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === 0 ? none : Object.fromEntries(found);
}
