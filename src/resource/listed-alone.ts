import { findListOfOne } from './answer.js';
import type { Outlines } from './outlines.js';
import { isParameter, keyOfSteps, type PathNode, parametersOf } from './path.js';
import type { Shape } from './shape.js';
import { type List, nounOf } from './site.js';
import type { Key } from './types.js';
import { afterNoun } from './words.js';

/**
 * What a path that ends in a parameter shows of things that are listed above it: the one that it names, alone (`/domains/{domain_id}`), or
 * those that it has something of (`/products/{category}`), which is a list of them.
 * @returns null where it shows no list of them
 */
export function listedBelow(
  node: PathNode,
  lists: ReadonlyMap<PathNode, List>,
  nodes: ReadonlyMap<string, PathNode>,
  outlines: Outlines,
  keyOf: (row: Shape, noun: string, item: PathNode | null) => Key | null,
): List | 'one' | null {
  if (!isParameter(node.steps.at(-1))) return null;
  const steps = node.steps.slice(0, -1);
  const collection = nodes.get(keyOfSteps(steps));
  const list = collection && lists.get(collection);
  const outline = outlines.at(node, 'GET');
  const path = list && outline?.answer ? findListOfOne(outline.answer.shape, list.item, [list]) : null;
  if (list === undefined || outline === undefined || path === null) return null;
  const noun = nounOf(steps, node.steps.at(-1));
  const [key, plain] = [node, null].map((item) => keyOf(list.item, noun, item)?.member.join('.'));
  const last = parametersOf(node.steps).at(-1) ?? '';
  if (key !== undefined && (key === plain || afterNoun(last, noun) !== null)) return 'one';
  return { outline, node, path, item: list.item, inside: [], isKeyed: false };
}
