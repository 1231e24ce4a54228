import { FoundItemRole, type FoundResource } from './found.js';
import type { Shape } from './shape.js';
import type { Resource } from './types.js';
import { Index } from './words.js';

/**
 * The resource whose things stand below one of another, where nothing but their keys is sent there: what `/users` lists in
 * `/teams/{id}/members/{user_id}`.
 * @param alike those whose things look the same
 * @returns null where they are things of their own, or nobody can tell of which resource
 */
function joinedIn({ key, item, parent, scope }: Resource, alike: readonly Resource[]): Resource | null {
  if (key === null || item === null || parent === null) return null;
  const parameters = new Set(scope.map(({ parameter }) => parameter));
  const [only, ...others] = alike.filter(
    (other) =>
      other.key?.member.join('.') === key.member.join('.') &&
      other.scope.length < scope.length &&
      other.scope.every(({ parameter }) => parameters.has(parameter)),
  );
  return only !== undefined && others.length === 0 && only !== parent ? only : null;
}

const sendsRow = ({ roles }: Resource): boolean => roles.some((role) => role instanceof FoundItemRole && role.sendsRow);

/** Whether things of it are made without a word of what is sent: that none is sent below another one either says nothing then. */
const isUndescribed = (resource: Resource): boolean =>
  resource.roles.some(({ kind }) => kind === 'create') && !sendsRow(resource);

/**
 * Lets those say whose things they are that are no things of their own.
 * @param many resources of which several are made at once: their things are their own where that is the one way to make some
 */
export function joinAlike(all: readonly FoundResource[], many: ReadonlySet<Resource>): void {
  const alike = new Index<Shape, FoundResource>();
  for (const one of all) if (one.key !== null && one.item !== null) alike.add(one.row.core, one);
  for (const resource of all) {
    const others = alike.get(resource.row.core);
    if (others.length < 2 || (many.has(resource) && !isUndescribed(resource)) || sendsRow(resource)) continue;
    const joined = joinedIn(resource, others);
    if (joined !== null && !isUndescribed(joined)) resource.joins = joined;
  }
}
