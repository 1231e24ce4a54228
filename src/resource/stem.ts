import { literal } from '../text/literal.js';
import { isParameter, type PathNode, type Step } from './path.js';
import type { Shape } from './shape.js';
import { isSameName } from './words.js';

/**
 * The steps that stand before the key in the `name` of a row, where that is a resource name (AIP-122): the path of its item, as its
 * description, an example or a pattern shows it, or as a parameter says that is the whole of it.
 * @param spelled parameters of the item's path that stand for several of its segments
 * @returns null where `name` is called like a name and is none
 */
export function stemOf(row: Shape, item: PathNode, spelled: readonly string[]): readonly Step[] | null {
  const name = row.members.get('name');
  const first = item.steps.findIndex((step, index) => 'word' in step && isParameter(item.steps[index + 1]));
  const steps = item.steps.slice(first, -1);
  if (first < 0 || steps.length === 0 || name?.isScalar !== true || !name.may('string')) return null;
  if (spelled.some((one) => /(?:^|\.)name$/.test(one)) || isNamedSo(row, item)) return steps;
  const shown = ['pattern', 'description', 'example'].map((keyword) => name.text(keyword).replaceAll('\\/', '/'));
  const texts = shown.filter((text) => text !== '');
  if (texts.length === 0) return null;
  const form = steps.map((step) => ('word' in step ? literal(step.word) : '[^/\\s]+')).join('/');
  const named = new RegExp(`(?<![\\w/-])\\^?${form}/[^/\\s]`);
  return texts.some((text) => named.test(text)) ? steps : null;
}

/** Whether a row has what the standards of Google's APIs have beside such a name (AIP-122, AIP-148), and the path calls its key a thing. */
function isNamedSo(row: Shape, { steps }: PathNode): boolean {
  const [collection, key] = steps.slice(-2);
  if (key === undefined || !('parameter' in key) || collection === undefined || !('word' in collection)) return false;
  const isCalled =
    isSameName(key.parameter, collection.word) && row.members.get('name')?.keyword('format') === undefined;
  return isCalled && row.memberNamed('id') === undefined && row.members.has('createTime');
}
