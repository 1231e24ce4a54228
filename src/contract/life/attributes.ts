import { type ItemRole, readAt, resourceObjectMembers, setAt } from '../../resource/index.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';

/** The one object of a row in which it says what it is, and what stands beside that. */
export interface Holder {
  readonly name: string;
  /** Of these one at least stands beside it. */
  readonly telling: readonly string[];
  /** What belongs beside it. */
  isOuter(name: string): boolean;
  /** Whether nothing is beside it but what may be there. */
  isAlone(names: readonly string[]): boolean;
}

const isOuterOfDocument = (name: string): boolean => name.startsWith('_');

const holders: readonly Holder[] = [
  // JSON:API 1.1, 7.2. Many leave the type out, though it belongs to it.
  {
    name: 'attributes',
    telling: ['type', 'relationships'],
    isOuter: (name) => resourceObjectMembers.has(name),
    isAlone: (names) => names.every((name) => resourceObjectMembers.has(name)),
  },
  // A document as Elasticsearch and OpenSearch show it: what was sent is its source.
  {
    name: '_source',
    telling: ['_id', '_index'],
    isOuter: isOuterOfDocument,
    isAlone: (names) => names.every((name) => name === 'found' || isOuterOfDocument(name)),
  },
];

/** What holds all that a row with these members says of itself; undefined where that stands in the row. */
export function holderAmong(names: readonly string[]): Holder | undefined {
  return holders.find(
    ({ name, telling, isAlone }) =>
      names.includes(name) && telling.some((one) => names.includes(one)) && isAlone(names),
  );
}

export const isHolderOfRow = (name: string): boolean => holders.some((holder) => holder.name === name);

/**
 * A row with what it holds in one object beside its other members; any other row as it is. What is held is not called like
 * what belongs beside it (JSON:API 1.1, 7.2.2); where it is, it is left out, but for a `type`: that beside it is the same in all rows.
 */
export function opened(row: JsonObject): JsonObject {
  const holder = holderAmong(Object.keys(row));
  const held = holder && row[holder.name];
  if (holder === undefined || !isObject(held)) return row;
  const { [holder.name]: _held, ...rest } = row;
  const inner = Object.entries(held).filter(([name]) => name === 'type' || !holder.isOuter(name));
  return { ...rest, ...Object.fromEntries(inner) };
}

export function openedJson(row: Json): Json {
  return isObject(row) ? opened(row) : row;
}

/** Where a member of opened rows stands in the rows as they are. */
export function closedPath(rows: readonly Json[], member: readonly string[]): readonly string[] {
  const inside = rows.flatMap((row) => {
    const holder = isObject(row) ? holderAmong(Object.keys(row)) : undefined;
    const path = holder && [holder.name, ...member];
    return path && readAt(row, path) !== undefined ? [path] : [];
  });
  return inside[0] ?? member;
}

/** The row in a body, opened; undefined where none stands there. */
export function rowOf({ body }: ItemRole, value: Json | null | undefined): JsonObject | undefined {
  const row = value === null || value === undefined ? undefined : readAt(value, body?.path ?? []);
  return isObject(row) ? opened(row) : undefined;
}

/**
 * A body with another row in it.
 * @param within the body that it is put into; undefined: there is nothing else in it
 * @param holder what the body takes the row in; undefined: the row itself
 */
export function withRow(
  { body }: ItemRole,
  within: Json | undefined,
  row: JsonObject,
  holder: Holder | undefined,
): Json {
  return setAt(within, body?.path ?? [], holder === undefined ? row : closed(row, holder));
}

function closed(row: JsonObject, { name: holding, isOuter }: Holder): JsonObject {
  const [whole, held]: [JsonObject, JsonObject] = [{}, {}];
  for (const [name, value] of Object.entries(row)) setMember(isOuter(name) ? whole : held, name, value);
  return { ...whole, [holding]: held };
}
