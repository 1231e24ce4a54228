import { resultOf, type Work } from '../../operation/index.js';
import { isCall, type Role } from '../../resource/index.js';
import type { Things } from '../things/things.js';
import { isUnsafe } from '../types.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';

/**
 * Operations in the order in which they are sent: what only reads comes first, then what creates, what
 * changes, and what deletes (RFC 9110, 9.2). Nothing of a later phase is sent before an earlier one is done.
 */
const phases: readonly (readonly string[])[] = [
  ['GET', 'HEAD', 'OPTIONS', 'TRACE'],
  ['POST'],
  ['PUT', 'PATCH'],
  ['DELETE'],
];

const changing = phases.findIndex((methods) => methods.includes('PUT'));

/** What calls do is done where its method would be, were it no call: `POST /users.delete` comes last. */
const asMethods: Readonly<Partial<Record<Role['kind'], string>>> = {
  list: 'GET',
  read: 'GET',
  exists: 'HEAD',
  delete: 'DELETE',
  merge: 'PATCH',
  action: 'PATCH',
};

/** The method that says what an operation does. */
export function methodOf({ entry: { id, path, method } }: OperationTally, { resources }: Things): string {
  return (isCall(path) && asMethods[resources.roleOf(id)?.kind ?? 'create']) || method;
}

/** How much a method may change for what is sent after it: an index of `phases`. */
export function phaseOf(method: string): number {
  const phase = phases.findIndex((methods) => methods.includes(method));
  return phase === -1 ? (isUnsafe(method) ? changing : 0) : phase;
}

/** What a path is called that ends the session of whoever asks. */
const ending = /\/(?:log|sign)[-_]?(?:out|off)$/i;

/** Whether an operation takes from the run the credential with which it asks: it is sent when all else has been. */
export function endsSession({ entry }: OperationTally): boolean {
  return ending.test(entry.path);
}

/**
 * Within a phase what stands above comes first: a list before what it lists, a parent before its children; what deletes comes
 * in the other order. What ends the session is in none.
 */
export function byPhase(state: RunState): readonly (readonly OperationTally[])[] {
  return resultOf(findingPhases(state));
}

/** What `byPhase` does, in pieces; afterwards it is known. */
export function* findingPhases(state: RunState): Work<readonly (readonly OperationTally[])[]> {
  const { tallies, things } = state;
  if (state.phases !== null) return state.phases;
  const phased = phases.map(() => new Map<number, OperationTally[]>());
  for (const tally of tallies) {
    yield null;
    if (endsSession(tally)) continue;
    const levels = phased[phaseOf(methodOf(tally, things))];
    const depth = depthOf(tally);
    const level = levels?.get(depth) ?? [];
    levels?.set(depth, level);
    level.push(tally);
  }
  state.phases = phased.flatMap((byDepth, phase) => {
    const levels = [...byDepth].sort(([a], [b]) => a - b).map(([, level]) => level);
    return phases[phase]?.includes('DELETE') ? levels.reverse() : levels;
  });
  return state.phases;
}

const depthOf = ({ entry }: OperationTally): number => entry.path.split('{').length;
