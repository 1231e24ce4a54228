import type { RelationRole, Role, ScopeParameter, SeveralRole } from './types.js';

/**
 * Which of the path parameters of an operation say what its resource's own paths say by theirs: by the same name, by naming a
 * thing of the same resource, and, where as many are left on either side, in their order, unless rows say each of the two in
 * a member of its own (`/orgs/{org_id}/wlans` of what `/sites/{site_id}/wlans/{wlan_id}` names one of).
 *
 * @returns for each parameter of the resource's `scope` the index in the role's, or -1 where the operation's path does not say it
 */
export function boundScope({ resource, scope }: Role | RelationRole | SeveralRole): readonly number[] {
  const left = [...scope.keys()];
  const isInOrder = (own: ScopeParameter, place: number): boolean => {
    const next = scope[left[0] ?? -1];
    // What the rows are known by is not what they stand under.
    const isOwnKey = resource.key !== null && next?.parameter === resource.key.parameter;
    return left.length === resource.scope.length - place && next !== undefined && !isOwnKey && !areApart(own, next);
  };
  return resource.scope.map((own, place) => {
    const same = left.findIndex((index) => scope[index]?.parameter === own.parameter);
    const alike = left.findIndex((index) => own.resource !== null && scope[index]?.resource === own.resource);
    const taken = same >= 0 ? same : alike >= 0 ? alike : isInOrder(own, place) ? 0 : -1;
    return taken < 0 ? -1 : (left.splice(taken, 1)[0] ?? -1);
  });
}

/** Whether they name things of two known kinds, and a row says both. */
function areApart(one: ScopeParameter, other: ScopeParameter): boolean {
  if (one.resource === null || other.resource === null || one.resource === other.resource) return false;
  const [own, next] = [one.member, other.member];
  return own !== null && next !== null && own.join('.') !== next.join('.');
}
