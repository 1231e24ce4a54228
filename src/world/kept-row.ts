import type { Json } from '../text/value.js';
import { type Row, rowOf } from './row.js';
import type { Shape } from './shape.js';

/** One thing that happened to one row. */
export interface Change {
  /** Which rows: a resource, and the things that it is nested under (`collectionName`). */
  readonly collection: string;
  /** As it stands in a path. */
  readonly key: string;
  /** The row as it is now; null: it was deleted. */
  readonly row: Json | null;
  /** Whether the base world lists a row with this key: then it keeps its place. */
  readonly isBase: boolean;
  /** What of it no other row may have, each as a text. */
  readonly unique: readonly string[];
  /** What the path that it was made by says of it and no member does, each as a text: later changes keep it. */
  readonly under?: readonly string[];
  /** Whether it was made by a request, so that nothing stands under it but what was made there: later changes keep it. */
  readonly isNew?: boolean;
}

/** Values of rows that were lately asked for, of each generation: to read them from their JSON costs more. */
const maximumRecent = 1000;
let recent = new Map<KeptRow, Json>();
let before = new Map<KeptRow, Json>();

let versions = 0;

const none: readonly string[] = [];

/** What is kept of a row that changed: of its value the JSON, which takes half the memory. */
export class KeptRow implements Row {
  readonly key: string;
  /** Empty where it was deleted. */
  readonly text: string;
  /** Its place among those that were added; null for a row of the base world, and for a deleted one. */
  readonly place: number | null;
  /** Of one that was added and then deleted: how many changes there had been. */
  readonly removedAt: number | null;
  readonly unique: readonly string[];
  readonly under: readonly string[];
  readonly isNew: boolean;
  /** Another one for each change. */
  readonly version: number;
  shownAs: Shape | null;

  constructor(change: Change, place: number | null, removedAt: number | null) {
    const { key, row, unique, under = none, isNew = false } = change;
    const held = row === null ? null : rowOf(row);
    this.key = key;
    this.text = held?.text ?? '';
    this.place = place;
    this.removedAt = removedAt;
    this.unique = unique.length === 0 ? none : unique;
    this.under = under;
    this.isNew = isNew;
    this.version = ++versions;
    this.shownAs = held?.shownAs ?? null;
  }

  get isDeleted(): boolean {
    return this.text === '';
  }

  get value(): Json {
    const known = recent.get(this);
    if (known !== undefined) return known;
    const value = before.get(this) ?? (JSON.parse(this.text) as Json);
    if (recent.size >= maximumRecent) {
      before = recent;
      recent = new Map();
    }
    recent.set(this, value);
    return value;
  }
}
