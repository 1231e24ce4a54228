import type { RequestValues } from '../../operation/index.js';
import type { ListRole } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import type { Query } from './filter.js';

const known = new WeakMap<ListRole, ListRole>();

/** A list as if what its body asks for stood in its query: `POST /pets/search`. */
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

/** A query with what stands in the body. */
export function sentBy({ sent }: ListRole, { body }: RequestValues, query: Query): Query {
  const said = body as Json | undefined;
  return sent.length > 0 && isObject(said) ? { ...query, ...said } : query;
}
