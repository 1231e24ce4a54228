import type { Operation } from '../../operation/index.js';
import { viewOf } from '../../schema/view.js';
import type { Query } from './filter.js';

const defaults = new WeakMap<Operation, Query>();

/** What is left out of a query is as if its documented default had been sent. */
export function withDefaults(operation: Operation, query: Query): Query {
  const known = defaults.get(operation) ?? defaultsOf(operation);
  defaults.set(operation, known);
  return known === none ? query : { ...known, ...query };
}

const none: Query = {};

function defaultsOf({ document, parameters }: Operation): Query {
  const found = parameters.flatMap(({ in: place, name, schema }) => {
    if (place !== 'query') return [];
    const said = viewOf(document)
      .certain(schema.pointer)
      .flatMap((part) => (part.schema.default === undefined ? [] : [part.schema.default]));
    return said.slice(0, 1).map((value) => [name, value] as const);
  });
  return found.length === 0 ? none : Object.fromEntries(found);
}
