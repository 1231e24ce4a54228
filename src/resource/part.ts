import { wordsOf } from '../text/words.js';
import { findRow, sameThing } from './answer.js';
import type { Outline } from './outline.js';
import type { Outlines } from './outlines.js';
import { keyOfSteps, lastWordOf, type PathNode, type Step } from './path.js';
import { showsNothing } from './roles.js';
import { RowsOf } from './rows-of.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { Sites } from './sites.js';
import type { Part } from './types.js';
import { fold, isSameName } from './words.js';

const changes: Readonly<Record<string, Part['change']>> = {
  GET: 'read',
  PUT: 'replace',
  PATCH: 'merge',
  POST: 'merge',
  DELETE: 'remove',
};

/** What tells the things of a list apart that has no path of its own. */
const keyNames = ['id', 'uuid', 'key', 'code', 'sku'];

interface FoundPart {
  readonly part: Part;
  readonly site: Site;
  readonly rows: RowsOf;
  /** Of the steps of the row's own path. */
  readonly length: number;
  /** Whether it does not answer with the row. */
  readonly isApart: boolean;
}

/** What an operation does with one of the things that a row shows in a list, below the path of the row. */
export function partAt(
  outline: Outline,
  { steps }: PathNode,
  { byItem, all }: Pick<Sites, 'byItem' | 'all'>,
  nodes: ReadonlyMap<string, PathNode>,
  outlines: Outlines,
): FoundPart | undefined {
  for (const length of [steps.length - 1, steps.length - 2]) {
    const site = byItem.get(keyOfSteps(steps.slice(0, length)));
    const found = site === undefined || site.isSingleton ? null : partOf(outline, site.row, steps.slice(length));
    if (site === undefined || found === null) continue;
    const { part, item } = found;
    const rows = new RowsOf(outline, site);
    const list = nodes.get(keyOfSteps(steps.slice(0, length + 1)));
    const listing = outlines.at(list, 'GET')?.answer;
    // What answers with a thing that others show by itself has made one of those.
    const isOthers = !rows.isExactly(site) && [...byItem.values()].some((other) => rows.isExactly(other));
    // What is listed alone as well is the same where it is called so.
    const isNamedSo = !listing || isSameName(part.member, lastWordOf(list?.steps ?? []));
    if (rows.answersWithRow && !isOthers && isNamedSo && part.change !== 'read')
      return { part, site, rows, length, isApart: false };
    const own = `${keyOfSteps(steps.slice(0, length + 1))}/{}`;
    const isOfOthers = item.isObject && [...all].some((other) => other.item?.key !== own && other.row.isOneWith(item));
    const isListedApart = listing && !(item.isScalar && isOfValues(listing.shape, part.member));
    const isShown = isOfOthers || isListedApart ? undefined : showsPart(outline, part, item);
    return isShown === undefined ? undefined : { part: { ...part, isShown }, site, rows, length, isApart: true };
  }
  return undefined;
}

/** Whether an answer shows the thing, or the list, or nothing; undefined where it shows something else. */
function showsPart(outline: Outline, { member }: Part, item: Shape): boolean | undefined {
  const shown = outline.answer?.shape;
  if (shown === undefined) return false;
  if (item.isScalar ? isOfValues(shown, member) : isOfThing(shown, item, member)) return true;
  return outline.entry.method !== 'GET' && showsNothing(outline) ? false : undefined;
}

function isOfThing(answer: Shape, item: Shape, member: string): boolean {
  const path = findRow(answer, item, member);
  const shown = path && answer.at(path);
  return shown != null && shown.likeness(item) >= sameThing;
}

/** Whether an answer is a list of texts or keys, or has nothing else. */
function isOfValues({ item, members }: Shape, member: string): boolean {
  if (item !== undefined) return item.isScalar;
  const [[name, only] = [], ...others] = members;
  const isList = name !== undefined && others.length === 0 && only?.item?.isScalar === true;
  return isList && (isSameName(name, member) || fold(name) === 'data');
}

/**
 * What an operation does with one of the things that a row shows in a list: `POST /carts/{id}/items`, and
 * `DELETE /carts/{id}/items/{item_id}`. Whether it answers with the row is for others to judge.
 * @param below the steps behind the row's own
 * @returns null where it is about something else
 */
function partOf(
  outline: Outline,
  row: Shape,
  [step, last, ...others]: readonly Step[],
): { readonly part: Part; readonly item: Shape } | null {
  if (step === undefined || !('word' in step) || others.length > 0) return null;
  const word = wordsOf(step.word).at(-1) ?? '';
  const isCalled = (name: string) =>
    [name, name.replace(/_?ids?$/i, '')].some((one) => isSameName(one, step.word) || isSameName(one, word));
  const [[member, { item = undefined } = {}] = []] = [...row.members].filter(
    ([name, shape]) => (shape.item?.isObject || shape.item?.isScalar) && isCalled(name),
  );
  if (member === undefined || item === undefined) return null;
  const part = item.isObject ? partOfThings(outline, member, item, last) : partOfValues(outline, member, last);
  return part && { part, item };
}

function partOfThings({ entry, bodies }: Outline, member: string, item: Shape, last: Step | undefined): Part | null {
  const plain = { member, isShown: false, values: null };
  if (last === undefined)
    return entry.method === 'POST' && bodies[0]?.shape.isObject
      ? { ...plain, change: 'add', parameter: null, key: null }
      : null;
  const change = changes[entry.method];
  if (change === undefined || !('parameter' in last)) return null;
  const names = [fold(last.parameter), ...keyNames];
  const key = names.flatMap((name) => item.memberNamed(name) ?? []).find((name) => item.members.get(name)?.isScalar);
  return key === undefined ? null : { ...plain, change, parameter: last.parameter, key };
}

/** The same of texts, and of keys of other things: `DELETE /tickets/{id}/tags/{tag}`, `POST /tickets/{id}/tags`. */
function partOfValues({ entry, bodies }: Outline, member: string, last: Step | undefined): Part | null {
  const { method } = entry;
  const plain = { member, isShown: false, key: null };
  const [body] = bodies;
  if (last !== undefined) {
    const change = method === 'DELETE' ? 'remove' : method === 'PUT' || method === 'POST' ? 'add' : undefined;
    if (change === undefined || !('parameter' in last) || body !== undefined) return null;
    return { ...plain, change, parameter: last.parameter, values: null };
  }
  if (method === 'GET') return { ...plain, change: 'read', parameter: null, values: null };
  const change = method === 'POST' ? 'add' : method === 'PUT' || method === 'DELETE' ? changes[method] : undefined;
  const values = body === undefined ? null : placeOfValues(body.shape);
  return change === undefined || values === null ? null : { ...plain, change, parameter: null, values };
}

/** Where a body has one value or several: it is that, or has one member that is. */
function placeOfValues(body: Shape): readonly string[] | null {
  if (body.item?.isScalar || body.isScalar) return [];
  const [[name, only] = [], ...others] = body.members;
  return name !== undefined && others.length === 0 && (only?.isScalar || only?.item?.isScalar) ? [name] : null;
}
