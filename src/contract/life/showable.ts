import type { Operation } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { completed } from './differences.js';
import type { Life } from './life.js';
import { type Member, mayBe, shownBy } from './members.js';

/** A member as an operation shows it. */
interface Showing {
  readonly operation: Operation;
  readonly member: Member;
}

/** How a member is shown by what reads a thing, and by what these roles answer with. */
export function showingsOf(life: Life, roles: readonly ('create' | 'change' | 'list')[]): (name: string) => Showing[] {
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

/**
 * Members that were sent as what reading them may not show: who answers with them as they were sent cannot keep them so.
 * @param shown what was answered, which may have more inside of them
 */
export function unreadable(life: Life, sent: JsonObject, shown: JsonObject): string[] {
  const read = showingsOf(life, []);
  const isReadable = (name: string, value: Json): boolean => mayBeShown(read(name), completed(value, shown[name]));
  return Object.entries(sent).flatMap(([name, value]) => (isReadable(name, value) ? [] : [name]));
}
