import { type ItemRole, type ManyRole, readAt } from '../../resource/index.js';
import { addAll } from '../../text/many.js';
import { isObject, type Json } from '../../text/value.js';
import type { Change } from '../kept-row.js';
import type { Row } from '../row.js';
import { rowOf } from '../row.js';
import type { CollectionReader } from '../state.js';
import type { Call, ItemOutcome } from './call.js';
import { perform } from './item.js';

/** Rows that one request makes. */
const mostMade = 1000;

/** What comes of several rows that are made at once: all of them, or why one cannot be. */
export type ManyOutcome =
  | { readonly kind: 'done'; readonly rows: readonly Row[]; readonly changes: readonly Change[] }
  | Exclude<ItemOutcome, { readonly kind: 'done' }>;

/** The rows that a body has, each made as if it were sent alone, after those before it. */
export function createMany(role: ManyRole, asked: Omit<Call<ItemRole>, 'role'>): ManyOutcome {
  const { many } = role;
  const sent = readAt(asked.values.body as Json | undefined, many.path);
  // What takes several may take one alone.
  const isOne = many.path.length === 0 && isObject(sent);
  const items = Array.isArray(sent) ? sent.slice(0, mostMade) : isOne ? [sent] : null;
  if (items === null) return null;
  const one: ItemRole = { ...plainRole(role), kind: 'create', naming: null, body: { ...many, isInList: true } };
  const rows: Row[] = [];
  const changes: Change[] = [];
  let { state } = asked;
  for (const item of items) {
    const element = readAt(item, many.inside);
    if (!isObject(element)) return null;
    const outcome = perform({ ...asked, role: one, state, element });
    if (outcome?.kind !== 'done') return outcome;
    if (outcome.row !== null) rows.push(outcome.row);
    addAll(changes, outcome.changes);
    state = outcome.changes.reduce<CollectionReader | undefined>(withChange, state);
  }
  return { kind: 'done', rows, changes };
}

const plainRole = ({ entry, path, resource, keyParameter, scope, answer }: ManyRole) => ({
  ...{ entry, path, resource, keyParameter, scope, answer },
});

/** What happened to a collection with one more row, as far as the making of the next one looks at it. */
function withChange(before: CollectionReader | undefined, { key, row, unique }: Change): CollectionReader {
  const held = row === null ? null : rowOf(row);
  return {
    row: (one) => (one === key ? held : before?.row(one)),
    whole: {},
    addedCount: (before?.addedCount ?? 0) + 1,
    count: (before?.count ?? 0) + 1,
    added: (from, to) => before?.added(from, to) ?? [],
    addedKey: (index) => before?.addedKey(index),
    indexOf: (one) => before?.indexOf(one),
    deletedRow: (one) => before?.deletedRow(one),
    holderOf: (text) => (unique.includes(text) ? key : before?.holderOf(text)),
    bin: before?.bin ?? [],
    deleted: before?.deleted ?? new Map(),
  };
}
