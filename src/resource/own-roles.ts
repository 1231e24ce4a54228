import type { ItemRole, ListRole, Resource, Role } from './types.js';
import { afterNoun, isSameName } from './words.js';

/** What lists the things of a resource as such: on the path of their collection, or called by a verb where they have none. */
export function listOf({ roles, collection }: Pick<Resource, 'roles' | 'collection'>): ListRole | undefined {
  const lists = roles.filter((role): role is ListRole => role.kind === 'list');
  return lists.find(({ path }) => path === collection) ?? (collection === null ? lists[0] : undefined);
}

/** What reads one of them: on its path, or called by a verb where they have none. */
export function readOf({ roles, item }: Pick<Resource, 'roles' | 'item'>): ItemRole | undefined {
  const reads = roles.filter((role): role is ItemRole => role.kind === 'read');
  return reads.find(({ path }) => path === item) ?? (item === null ? reads.find(({ naming }) => naming) : undefined);
}

/** What an operation names one thing by: a parameter of its path, or what a call is sent; null where it names none so. */
export function nameIn(role: Role): string | null {
  if (role.keyParameter !== null || role.kind === 'list') return role.keyParameter;
  return role.naming?.member.join('.') ?? null;
}

/**
 * By what of a thing a member names it where that is not its key, which its path has: `id` for `projectId` beside `/projects/{slug}`.
 * Null where it says the key, or does not say what it says.
 */
export function namedOtherwise(
  member: readonly string[],
  { key, name }: Pick<Resource, 'key' | 'name'>,
): string | null {
  const [own, said = ''] = [key?.member.at(-1), member.at(-1)];
  // A channel's own key may be its `channel_id`, as what stands below it says.
  if (own === undefined || isSameName(said, own)) return null;
  const other = afterNoun(said, name.split('.').at(-1) ?? '');
  return other === null || other === '' || isSameName(other, own) ? null : other;
}

/** Whether anything asks for one of the things by its key. */
export function isNamed({ key, roles }: Pick<Resource, 'key' | 'roles'>): boolean {
  return key !== null && (key.parameter !== null || roles.some((role) => role.kind !== 'list' && role.naming !== null));
}

const known = new WeakMap<ListRole, ListRole>();

/** A list as if what its body asks for stood in its query: `POST /pets/search`. */
export function withSent(role: ListRole): ListRole {
  if (role.sent.length === 0) return role;
  const { kind, entry, path, resource, keyParameter, scope, answer, envelope, query, sent } = role;
  const whole = known.get(role) ?? {
    ...{ kind, entry, path, resource, keyParameter, scope, answer, envelope },
    query: [...query, ...sent],
    sent: [],
  };
  known.set(role, whole);
  return whole;
}
