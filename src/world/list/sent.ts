import type { RequestValues } from '../../operation/index.js';
import type { ListRole } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import type { Query } from './filter.js';

const known = new WeakMap<ListRole, ListRole>();

/** A list as if each member of what asks for it were a query parameter: of a body (`POST /pets/search`), or of a whole query. */
export function withSent(role: ListRole): ListRole {
  if (role.sent.length === 0) return role;
  const { kind, entry, path, resource, keyParameter, scope, answer, envelope, query, sent } = role;
  const whole = known.get(role) ?? {
    ...{ kind, entry, path, resource, keyParameter, scope, answer, envelope, sent },
    query: [...query, ...sent],
  };
  known.set(role, whole);
  return whole;
}

/** A query with the members of what asks as a whole. */
export function sentBy({ sent }: ListRole, { body, querystring }: RequestValues, query: Query): Query {
  if (sent.length === 0) return query;
  const said = [...Object.values(querystring), body as Json | undefined].filter(isObject);
  return Object.assign({}, query, ...said);
}
