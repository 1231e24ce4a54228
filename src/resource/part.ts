import { wordsOf } from '../text/words.js';
import type { Outline } from './outline.js';
import { keyOfSteps, lastWordOf, type PathNode, type Step } from './path.js';
import { RowsOf } from './roles.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { Sites } from './sites.js';
import type { Part } from './types.js';
import { fold, isSameName } from './words.js';

const changes: Readonly<Record<string, Part['change']>> = { PUT: 'replace', PATCH: 'merge', DELETE: 'remove' };

/** What tells the things of a list apart that has no path of its own. */
const keyNames = ['id', 'uuid', 'key', 'code', 'sku'];

interface FoundPart {
  readonly part: Part;
  readonly site: Site;
  readonly rows: RowsOf;
  /** Of the steps of the row's own path. */
  readonly length: number;
}

/** The same where the path stands below that of a row, and the answer shows that. */
export function partAt(
  outline: Outline,
  { steps }: PathNode,
  { byItem }: Pick<Sites, 'byItem'>,
  nodes: ReadonlyMap<string, PathNode>,
): FoundPart | undefined {
  for (const length of [steps.length - 1, steps.length - 2]) {
    const site = byItem.get(keyOfSteps(steps.slice(0, length)));
    const part = site === undefined || site.isSingleton ? null : partOf(outline, site.row, steps.slice(length));
    if (site === undefined || part === null) continue;
    const rows = new RowsOf(outline, site);
    const list = nodes.get(keyOfSteps(steps.slice(0, length + 1)));
    const isListed = list?.entries.some(({ method }) => method === 'GET');
    // What answers with a thing that others show by itself has made one of those.
    const isOthers = !rows.isExactly(site) && [...byItem.values()].some((other) => rows.isExactly(other));
    // What is listed alone as well is the same where it is called so.
    if (isOthers || !rows.answersWithRow || (isListed && !isSameName(part.member, lastWordOf(list?.steps ?? []))))
      return undefined;
    return { part, site, rows, length };
  }
  return undefined;
}

/**
 * What an operation does with one of the things that a row shows in a list: `POST /carts/{id}/items`, and
 * `DELETE /carts/{id}/items/{item_id}`. Whether it answers with the row is for others to judge.
 * @param below the steps behind the row's own
 * @returns null where it is about something else
 */
function partOf({ entry, bodies }: Outline, row: Shape, [step, last, ...others]: readonly Step[]): Part | null {
  if (step === undefined || !('word' in step) || others.length > 0) return null;
  const word = wordsOf(step.word).at(-1) ?? '';
  const [[member, { item = undefined } = {}] = []] = [...row.members].filter(
    ([name, shape]) => shape.item?.isObject === true && (isSameName(name, step.word) || isSameName(name, word)),
  );
  if (member === undefined || item === undefined) return null;
  if (last === undefined)
    return entry.method === 'POST' && bodies[0]?.shape.isObject
      ? { member, change: 'add', parameter: null, key: null }
      : null;
  const change = entry.method === 'POST' ? 'merge' : changes[entry.method];
  if (change === undefined || !('parameter' in last)) return null;
  const names = [fold(last.parameter), ...keyNames];
  const key = names.flatMap((name) => item.memberNamed(name) ?? []).find((name) => item.members.get(name)?.isScalar);
  return key === undefined ? null : { member, change, parameter: last.parameter, key };
}
