import { namedOtherwise, type Role, readAt } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { Thing } from './harvest.js';

type Values = Readonly<Record<string, Json>>;

/**
 * What the path of an operation names above the thing that it is about, as the thing says itself, or was told of there: `{ownerId}` of
 * `/owners/{ownerId}/pets/{petId}` where pets have a path of their own, and say whose they are.
 * @param values of the path, which are settled
 */
export function saidAbove(
  role: Role | undefined,
  parameter: string,
  { resource, row, under }: Thing,
  values: Values,
): Values {
  if (role === undefined || role.resource !== resource || role.keyParameter !== parameter) return {};
  return Object.fromEntries(
    role.scope.flatMap(({ parameter: name, resource: above, member }): [string, Json][] => {
      const isOpen = values[name] === undefined && resource.scope.every((one) => one.parameter !== name);
      const isSaid = member !== null && above !== null && namedOtherwise(member, above) === null;
      const value = isOpen ? ((isSaid ? readAt(row ?? {}, member) : undefined) ?? under[name]) : undefined;
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}
