import type { Outline } from './outline.js';
import { isParameter, keyOfSteps, type PathNode } from './path.js';
import { judgeBelowCollection, judgeBelowItem, judgeOnCollection, judgeOnItem, type Verdict } from './roles.js';
import { RowsOf } from './rows-of.js';
import type { Site } from './site.js';
import type { Sites } from './sites.js';
import { isSameName } from './words.js';

/**
 * What makes a thing of another kind of one, or below it: `POST /carts/{id}/checkout` answers with an order, `POST /boards/{id}/cards`
 * with a card that `/cards/{id}` shows.
 */
function madeBy(
  outline: Outline,
  above: Site,
  sites: Sites,
  { verdict, words }: { readonly verdict: Verdict | null; readonly words: readonly string[] },
): readonly [Site, Verdict] | null {
  const rows = new RowsOf(outline, above);
  const isAction = typeof verdict === 'object' && verdict?.kind === 'action';
  if (!outline.isMaking || rows.isExactly(above) || (verdict !== null && !isAction)) return null;
  // What stands below others, or is not read by itself, is another look at the same things.
  const isByItself = ({ item, steps }: Site): boolean =>
    item?.entries.some(({ method }) => method === 'GET') === true && !steps.some(isParameter);
  const made = [...sites.all].find(
    (site) =>
      site !== above &&
      !site.isSingleton &&
      site.key !== null &&
      isByItself(site) &&
      rows.isExactly(site) &&
      (isAction || isSameName(site.noun, words.join(' ')) || outline.answer?.response === '201'),
  );
  return made === undefined ? null : [made, { kind: 'create', namesOne: false, rows: new RowsOf(outline, made) }];
}

/** What an operation does with the things of a site, of which its path is that, or stands below it. */
export function judgeAt(outline: Outline, node: PathNode, sites: Sites): readonly [Site | undefined, Verdict] {
  const refusal = sites.refusals.get(node);
  const listed = sites.byList.get(node);
  const item = sites.byItem.get(node.key);
  if (item && !listed) return [item, judgeOnItem(outline, item)];
  const collection = listed ?? sites.byCollection.get(node.key);
  if (collection) return [collection, judgeOnCollection(outline, collection, node, refusal)];
  // A path below one thing, or below a collection: the nearest above counts.
  const words: string[] = [];
  for (let length = node.steps.length - 1; length > 0; length--) {
    const step = node.steps[length];
    if (!step || !('word' in step)) break;
    words.unshift(step.word);
    const key = keyOfSteps(node.steps.slice(0, length));
    const above = sites.byItem.get(key);
    const beside = sites.byCollection.get(key);
    const verdict = above
      ? judgeBelowItem(outline, above, words)
      : beside && judgeBelowCollection(outline, beside, words);
    const made = above && verdict !== undefined ? madeBy(outline, above, sites, { verdict, words }) : null;
    if (made) return made;
    if (verdict) return [above ?? beside, verdict];
    if (above || beside) break;
  }
  return [undefined, refusal ?? whyNot(outline)];
}

/** Why an operation whose path belongs to no resource has no role. */
function whyNot(outline: Outline): string {
  const { method } = outline.entry;
  const types = outline.answerMediaTypes;
  if (method !== 'GET') return 'Its path names no known thing, and it shows none';
  if (outline.answer === null)
    return types.length === 0 ? 'Its answer has no schema' : `It answers with ${types[0]} of no schema`;
  return 'It answers with no object and no list of objects';
}
