import { stepsCalled } from './call.js';
import { keyOfSteps, type PathNode } from './path.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import { fold } from './words.js';

/** The collection whose rows a path counts: `/pets/count`, `/Products/$count`. */
export function countedAt({ steps }: PathNode, collections: ReadonlyMap<string, Site>): Site | undefined {
  const last = steps.at(-1);
  const isCount = last !== undefined && 'word' in last && fold(last.word) === 'count';
  return isCount ? collections.get(keyOfSteps(stepsCalled({ steps }))) : undefined;
}

/** Where in an answer a number stands alone: as the whole of it, or in its only member; null where it does not. */
export function numberIn(answer: Shape): readonly string[] | null {
  if (answer.isScalar) return answer.is('integer') || answer.is('number') ? [] : null;
  const numbers = [...answer.members].filter(([, shape]) => shape.is('integer') || shape.is('number'));
  const [only, ...others] = numbers;
  return only !== undefined && others.length === 0 && answer.members.size <= 2 ? [only[0]] : null;
}
