import type { Verb } from './call.js';
import type { Outline } from './outline.js';
import { lastWordOf, type PathNode } from './path.js';
import type { Shape } from './shape.js';
import { isState } from './state-word.js';
import type { ItemRole } from './types.js';

/** What a call does with the thing that it names: what its verb says, or what its last word makes of it (`/conversations.archive`). */
export function calledKind(
  verb: Exclude<Verb, 'list'> | undefined,
  { entry }: Outline,
  { steps }: PathNode,
  row: Shape,
): ItemRole['kind'] | null {
  if (verb !== undefined) return verb;
  return entry.method === 'POST' && isState(lastWordOf(steps), row) ? 'action' : null;
}
