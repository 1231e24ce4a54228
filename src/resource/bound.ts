import type { ManyRole, RelationRole, Role } from './types.js';

/**
 * Which of the path parameters of an operation say what its resource's own paths say by theirs: by the same name, by naming a
 * thing of the same resource, and, where as many are left on either side, in their order.
 *
 * @returns for each parameter of the resource's `scope` the index in the role's, or -1 where the operation's path does not say it
 */
export function boundScope({ resource, scope }: Role | RelationRole | ManyRole): readonly number[] {
  const left = [...scope.keys()];
  return resource.scope.map((own, place) => {
    const same = left.findIndex((index) => scope[index]?.parameter === own.parameter);
    const alike = left.findIndex((index) => own.resource !== null && scope[index]?.resource === own.resource);
    const taken = same >= 0 ? same : alike >= 0 ? alike : left.length === resource.scope.length - place ? 0 : -1;
    return taken < 0 ? -1 : (left.splice(taken, 1)[0] ?? -1);
  });
}
