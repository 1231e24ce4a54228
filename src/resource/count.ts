import { wordsOf } from '../text/words.js';
import { stepsCalled } from './call.js';
import { stateCalled } from './counted.js';
import { keyOfSteps, type PathNode } from './path.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { Counted } from './types.js';

/** The collection whose rows a path counts: `/pets/count`, `/Products/$count`, and `/messages/unread_count` those in a state. */
export function countedAt({ steps }: PathNode, collections: ReadonlyMap<string, Site>): CountedSite | undefined {
  const last = steps.at(-1);
  const words = last !== undefined && 'word' in last ? wordsOf(last.word) : [];
  const others = words.filter((word) => word !== 'count');
  if (others.length === words.length || others.length > 1) return undefined;
  const site = collections.get(keyOfSteps(stepsCalled({ steps })));
  const only = others[0] === undefined ? null : site && stateCalled(others[0], site.row);
  return site === undefined || only === undefined ? undefined : { site, only };
}

interface CountedSite {
  readonly site: Site;
  /** What those are alone that it counts; null: it counts all. */
  readonly only: Counted['only'];
}

/** Where in an answer a number stands alone: as the whole of it, or in its only member; null where it does not. */
export function numberIn(answer: Shape): readonly string[] | null {
  if (answer.isScalar) return answer.is('integer') || answer.is('number') ? [] : null;
  const numbers = [...answer.members].filter(([, shape]) => shape.is('integer') || shape.is('number'));
  const [only, ...others] = numbers;
  return only !== undefined && others.length === 0 && answer.members.size <= 2 ? [only[0]] : null;
}
