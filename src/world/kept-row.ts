import { parseJson } from '../text/integers.js';
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
  /** What was deleted, as it was, where an action can bring it back. */
  readonly was?: Json;
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

export const none: readonly string[] = [];

/** What there is to say of a row besides its key and its members. */
type Kind = Pick<KeptRow, 'unique' | 'under' | 'isNew' | 'shownAs'>;

/** Of rows that have nothing which only one may have, and are under nothing, as most: one for all that are shown alike. */
const plain = new WeakMap<object, readonly [made: Kind, changed: Kind]>();
const nowhere = {};

function kindOf(kind: Kind): Kind {
  const { unique, under, isNew, shownAs } = kind;
  if (unique.length > 0 || under.length > 0) return { unique, under, isNew, shownAs };
  const shape = shownAs ?? nowhere;
  const known = plain.get(shape) ?? [true, false].map((isNew) => ({ unique: none, under: none, isNew, shownAs }));
  plain.set(shape, known as [Kind, Kind]);
  return known[isNew ? 0 : 1] as Kind;
}

/** What is kept of a row that changed: of its value the JSON, which takes half the memory. */
export class KeptRow implements Row {
  readonly key: string;
  /** Empty where it was deleted. */
  readonly text: string;
  /** Of what was deleted and may be brought back, the JSON as it was; else empty. */
  readonly was: string;
  /** Of one that was added: its place among these, or, where it was deleted, how many changes there had been. */
  readonly #at: number | null;
  /** Another one for each change. */
  readonly version: number;
  #kind: Kind;

  /** @param at of one that is none of the base world: how many changes there had been when it was added, or deleted */
  constructor(
    { key, row, was, unique }: Change,
    at: number | null,
    { under, isNew }: Pick<KeptRow, 'under' | 'isNew'>,
  ) {
    const held = row === null ? null : rowOf(row);
    this.key = key;
    this.text = held?.text ?? '';
    this.was = was === undefined ? '' : rowOf(was).text;
    this.#at = at;
    this.version = ++versions;
    this.#kind = kindOf({ unique, under, isNew, shownAs: held?.shownAs ?? null });
  }

  get unique(): readonly string[] {
    return this.#kind.unique;
  }

  get under(): readonly string[] {
    return this.#kind.under;
  }

  get isNew(): boolean {
    return this.#kind.isNew;
  }

  get shownAs(): Shape | null {
    return this.#kind.shownAs;
  }

  set shownAs(shape: Shape | null) {
    if (shape !== this.#kind.shownAs) this.#kind = kindOf({ ...this.#kind, shownAs: shape });
  }

  /** Characters of its JSON. */
  get length(): number {
    return this.text.length + this.was.length;
  }

  get isDeleted(): boolean {
    return this.text === '';
  }

  /** Its place among those that were added; null for a row of the base world, and for a deleted one. */
  get place(): number | null {
    return this.isDeleted ? null : this.#at;
  }

  /** Of one that was added and then deleted: how many changes there had been. */
  get removedAt(): number | null {
    return this.isDeleted ? this.#at : null;
  }

  get value(): Json {
    const known = recent.get(this);
    if (known !== undefined) return known;
    const value = before.get(this) ?? (parseJson(this.text) as Json);
    if (recent.size >= maximumRecent) {
      before = recent;
      recent = new Map();
    }
    recent.set(this, value);
    return value;
  }
}

/** The change that led to it. */
export function changeOf(collection: string, kept: KeptRow): Change {
  const { key, isDeleted, text, was, place, removedAt, unique, under, isNew } = kept;
  const row = isDeleted ? null : (parseJson(text) as Json);
  return {
    collection,
    key,
    row,
    ...(was !== '' && { was: parseJson(was) as Json }),
    isBase: place === null && removedAt === null,
    unique,
    ...(under.length > 0 && { under }),
    ...(isNew && { isNew }),
  };
}
