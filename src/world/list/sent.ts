import type { RequestValues } from '../../operation/index.js';
import type { ListRole } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import type { Query } from './filter.js';

export { withSent } from '../../resource/index.js';

/** A query with the members of what asks as a whole. */
export function sentBy({ sent }: ListRole, { body, querystring }: RequestValues, query: Query): Query {
  if (sent.length === 0) return query;
  const said = [...Object.values(querystring), body as Json | undefined].filter(isObject);
  return Object.assign({}, query, ...said);
}
