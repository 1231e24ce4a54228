import { isObject, type Json } from '../text/value.js';
import type { Change } from './kept-row.js';

/** What somebody gives for an object of a snapshot. */
export type Unread = Readonly<Record<string, Json | undefined>>;

/** @returns a sentence where one of them is no change */
export function changesIn(collection: string, changes: readonly unknown[]): readonly Change[] | string {
  const read: Change[] = [];
  for (const change of changes) {
    const { key, row, was, isBase, unique = [], under = [], isNew }: Unread = isObject(change) ? change : {};
    if (typeof key !== 'string' || row === undefined) return `A change in "${collection}" needs a key and a row`;
    if (!areTexts(unique) || !areTexts(under))
      return `"unique" and "under" of a change in "${collection}" are lists of texts`;
    const deleted = row === null && was !== undefined ? { was } : {};
    read.push({ collection, key, row, ...deleted, isBase: isBase === true, unique, under, isNew: isNew === true });
  }
  return read;
}

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A state as JSON. */
export interface StateSnapshot {
  readonly version: 1;
  readonly collections: readonly {
    readonly name: string;
    readonly count: number;
    readonly changes: readonly (Omit<Change, 'collection' | 'unique'> & { readonly unique?: readonly string[] })[];
  }[];
}
