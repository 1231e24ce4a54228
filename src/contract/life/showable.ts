import type { Operation } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import type { Life } from './life.js';
import { type Member, mayBe, shownBy } from './members.js';

/** A member as an operation shows it. */
interface Showing {
  readonly operation: Operation;
  readonly member: Member;
}

/** How a member is shown by what reads a thing, and by what these roles answer with. */
export function showingsOf(life: Life, roles: readonly ('create' | 'change')[]): (name: string) => Showing[] {
  const all = [...roles, 'read' as const].flatMap((kind) => {
    const role = life.roles[kind];
    if (role === undefined) return [];
    const operation = life.operation(role);
    return shownBy(operation, role).map((member) => ({ operation, member }));
  });
  return (name) => all.filter(({ member }) => member.name === name);
}

/** Whether a value may be shown there: what may be sent alone cannot be kept by anybody. */
export function mayBeShown(showings: readonly Showing[], value: Json): boolean {
  return showings.every(({ operation, member }) => mayBe(operation, member, value, 'response'));
}
