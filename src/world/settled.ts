import type { Operation, RequestValues } from '../operation/index.js';
import { type ItemRole, type ListRole, listedIn, type Resources, readAt, setAt, shownRow } from '../resource/index.js';
import { fits, type Schema } from '../schema/index.js';
import { doubleOf, scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';
import { testsOf } from './list/filter.js';
import { maximumSize, pageOf, rowsOf, saidSizeOf } from './list/page.js';
import { type Row, rowOf } from './row.js';
import { asDeleted } from './write/deleted.js';

/** What an answer that is not of the world shows: which response, for which path parameters. */
export interface Shown {
  /** The key of `responses`. */
  readonly response: string;
  readonly path: RequestValues['path'];
  readonly query: RequestValues['query'];
}

/**
 * An answer that is not of the world, with what follows from the rest of it and of the request: a list with counts beside the
 * items that are of these items, since no example or made value need say how many there are elsewhere, and no more of them
 * than are asked for; one thing with the key that the path names.
 */
export function settled(
  resources: Resources,
  { id }: Operation,
  shown: Shown,
  value: Json,
  schema: Schema | null,
): Json {
  const role = resources.roleOf(id);
  if (role === undefined) return value;
  if (role.kind !== 'list') {
    const told = role.kind === 'delete' && shown.response.startsWith('2') ? asDeleted(value, schema) : value;
    return role.answer?.response === shown.response ? withKey(role, shown.path, told, schema) : told;
  }
  if (role.answer === null) return value;
  // What does not fit itself stays as it is shown, but for items that nobody asked for.
  const isUnfit = !fits(schema, value);
  const count = itemsIn(role, value);
  for (const whole of listings(role, value, shown.query))
    if (isUnfit ? itemsIn(role, whole) < count : fits(schema, whole)) return whole;
  return value;
}

function itemsIn({ answer }: ListRole, value: Json): number {
  return (answer && listedIn(value, answer))?.length ?? 0;
}

/** What a list may show of its items, the best first: those that are asked for, as many of them; else what may not be empty has some. */
function* listings(role: ListRole, value: Json, query: RequestValues['query']): Generator<Json> {
  const size = saidSizeOf(role, query);
  const list = role.answer?.inside.length === 0 ? readAt(value, role.answer.path) : undefined;
  if (Array.isArray(list) && role.answer !== null) {
    const { path } = role.answer;
    const values = (rows: readonly Row[]) => rows.map((row) => row.value);
    const all = list.map(rowOf);
    const tests = testsOf(role, query, []);
    const asked = all.filter((row) => tests.every(({ passes }) => passes(row.value)));
    for (const rows of [asked, all]) {
      const page = pageOf(role, query, rowsOf(rows, role), maximumSize);
      const first = size === undefined ? rows : rows.slice(0, size);
      for (const some of size === undefined && page.offset === 0 ? [first] : [page.rows, first])
        if (rows.length > 0) yield counted(role, setAt(value, path, values(some)), rows.length, size);
    }
  }
  const rows = role.answer === null ? undefined : listedIn(value, role.answer);
  if (rows !== undefined) yield counted(role, value, rows.length, size);
}

function counted(role: ListRole, value: Json, total: number, size: number | undefined): Json {
  const shown = role.answer === null ? undefined : listedIn(value, role.answer);
  const count = withCount(role, withCount(role, value, 'total', total), 'count', shown?.length ?? total);
  return size === undefined ? count : withCount(role, count, 'size', size);
}

function withCount({ envelope }: ListRole, value: Json, of: 'total' | 'count' | 'size', count: number): Json {
  return envelope.reduce((whole, { role, at }) => {
    if (role !== of || !('member' in at) || typeof readAt(whole, at.member) !== 'number') return whole;
    return setAt(whole, at.member, count);
  }, value);
}

/** What stands where a thing is shown, with the key that the path names, as a text or a number. */
function withKey(role: ItemRole, path: RequestValues['path'], value: Json, schema: Schema | null): Json {
  const { keyParameter, answer, resource } = role;
  const asked = keyParameter === null ? undefined : path[keyParameter];
  if (
    resource.key === null ||
    resource.key.stem !== undefined ||
    answer === null ||
    (typeof asked !== 'string' && typeof asked !== 'number')
  )
    return value;
  const { member } = resource.key;
  const row = shownRow(value, answer);
  const shown = readAt(row, member);
  if ((typeof shown !== 'string' && typeof shown !== 'number') || scalarText(shown) === scalarText(asked)) return value;
  const keys: Json[] = [
    asked,
    scalarText(asked),
    ...(Number.isNaN(Number(asked)) ? [] : [doubleOf(scalarText(asked))]),
  ];
  const told = keys.map((key) => setAt(row, member, key));
  return (
    told.map((one) => setAt(value, answer.path, answer.isInList ? [one] : one)).find((whole) => fits(schema, whole)) ??
    value
  );
}
