import { wordsOf } from '../text/words.js';
import { findRow, type RowsPlace, sameThing } from './answer.js';
import type { Outline } from './outline.js';
import { keyOfSteps, lastWordOf, type PathNode, parametersOf, type Step } from './path.js';
import type { Shape } from './shape.js';
import type { Key } from './types.js';
import { isSameName } from './words.js';

/** A list operation and where its rows stand. */
export interface List extends RowsPlace {
  readonly outline: Outline;
  readonly node: PathNode;
}

/** The paths that make up one resource. */
export interface Site {
  noun: string;
  /** Steps of the collection; those of itself for a singleton. */
  steps: readonly Step[];
  collectionPath: string | null;
  collection: PathNode | null;
  readonly item: PathNode | null;
  readonly isSingleton: boolean;
  /** That of its collection first. */
  readonly lists: List[];
  /** What one thing looks like. */
  readonly row: Shape;
  readonly key: Key | null;
  readonly why: string[];
}

/**
 * What a body is about, without what wraps it; null where it is no object.
 * @param row how such a thing is listed, where it is
 */
export function insideOf(shape: Shape, noun: string, row: Shape | null = null): Shape | null {
  const path = findRow(shape, row, noun);
  return (path && shape.at(path)) ?? null;
}

/** Whether items of a list look like the things of a site, and have their key. */
export function isRowOf(item: Shape, { row, key }: Site): boolean {
  const isKeyed = key === null || item.at(key.member) !== undefined;
  return item.isOneWith(row) || (isKeyed && item.likeness(row) >= sameThing);
}

/**
 * Whether what stands below one thing is a part of it (`/deployments/{name}/scale`): it says which thing it is of in the same object, and
 * nothing that the thing does not say.
 */
export function isPartOf(part: Shape, { row, key }: Site): boolean {
  const [holder = '', ...inside] = key?.member ?? [];
  const [own, other] = [row.members.get(holder), part.members.get(holder)];
  if (inside.length === 0 || own === undefined || other === undefined || other.likeness(own) < sameThing) return false;
  return saysNoMore(part, row);
}

/** Whether an object has nothing that a row has not: `{ "id": 7 }` alone, or with a name. */
export function saysNoMore(part: Shape, row: Shape): boolean {
  return [...part.members.keys()].every((name) => row.members.has(name));
}

/**
 * Whether a thing shows itself what a path below it lists, and things that look so are parts of others: a person's notes are no order's.
 * @param noun what the list is called
 * @param own the things that its path stands below
 * @param others those that the path of what looks so stands below
 */
export function isPartOfOthers(noun: string, own: readonly Site[], others: readonly Site[]): boolean {
  const members = [...(own.at(-1)?.row.members ?? [])];
  const isShown = members.some(([name, { item }]) => item !== undefined && isSameName(name, noun));
  return isShown && others.length > 0 && !others.some((site) => own.includes(site));
}

/** What a collection is called: its last word, or else what its parameter is called. */
export function nounOf(steps: readonly Step[], last: Step | undefined): string {
  const word = lastWordOf(steps);
  if (word !== '') return word;
  return last !== undefined && 'parameter' in last ? (wordsOf(last.parameter)[0] ?? 'things') : 'things';
}

/** Whether a path differs from a collection's in the number of its last word alone. */
export function isBeside(node: PathNode, { steps, isSingleton }: Site): boolean {
  const [own, other] = [node.steps.at(-1), steps.at(-1)];
  if (isSingleton || !own || !other || !('word' in own) || !('word' in other)) return false;
  if (!isSameName(own.word, other.word)) return false;
  return keyOfSteps(node.steps.slice(0, -1)) === keyOfSteps(steps.slice(0, -1));
}

/** Why things are known by their key, or by none: a sentence for `counterproof resources`. */
export function whyKey({ key, item }: Site): string {
  const parameter = item ? parametersOf(item.steps).at(-1) : undefined;
  if (key === null) {
    return parameter === undefined ? 'no member is called like a key' : `no member is known to equal {${parameter}}`;
  }
  const member = key.member.join('.');
  if (key.parameter === null) return `"${member}" is called like a key`;
  const how = { link: 'as a link says', name: 'by name', schema: 'by schema', fixture: 'as the fixture file says' };
  if (key.stem !== undefined) return `"${member}" is a resource name that ends in {${key.parameter}}`;
  return `"${member}" equals {${key.parameter}}, ${how[key.by]}`;
}
