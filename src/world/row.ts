import { fits } from '../schema/index.js';
import { attached } from '../text/attached.js';
import { writeJson } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import { picked, type Shape } from './shape.js';

/** A row as JSON and as a value, whichever is asked for. Never changes. */
export interface Row {
  readonly text: string;
  readonly value: Json;
  /** The shape that it was last shown in as it is, since it fits: then its text is what the answer has. */
  shownAs: Shape | null;
  /** What it is called by a list that has its rows by their keys, where none of its members says it. */
  key?: string;
  /** What the path that it was made by says of it and no member does, each as a text. */
  readonly under?: readonly string[];
  /** Whether it was made by a request. */
  readonly isNew?: boolean;
}

export const asItIs = (row: Row): Row => row;

class HeldRow implements Row {
  readonly value: Json;
  key?: string;
  #text: string | undefined;
  shownAs: Shape | null = null;

  constructor(value: Json) {
    this.value = value;
  }

  get text(): string {
    this.#text ??= writeJson(this.value);
    return this.#text;
  }
}

const held = attached<object, Row>();

/** The same row for the same value. */
export function rowOf(value: Json): Row {
  if (typeof value !== 'object' || value === null) return new HeldRow(value);
  const row = held.get(value) ?? new HeldRow(value);
  held.set(value, row);
  return row;
}

/** The row of a value that nothing else has, called by a key. */
export function calledRow(value: Json, key: string): Row {
  const row = rowOf(value);
  row.key = key;
  return row;
}

/**
 * What an answer shows of a row, as JSON.
 * @returns undefined where it does not fit the shape
 */
export function textAs(row: Row, shape: Shape): string | undefined {
  if (row.shownAs === shape) return row.text;
  const { value } = row;
  const shown = picked(value, shape);
  if (!fits(shape.schema, shown)) return undefined;
  if (shown !== value && (!isObject(shown) || !isObject(value) || countOf(shown) !== countOf(value)))
    return writeJson(shown);
  row.shownAs = shape;
  return row.text;
}

function countOf(object: object): number {
  return Object.keys(object).length;
}
