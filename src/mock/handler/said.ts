import { merged } from '../../text/merge-patch.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Change, StateReader } from '../../world/index.js';
import type { Exchange } from '../context.js';
import type { HandlerAnswer } from './types.js';

/** What a function said, as JSON. */
export interface Said extends Omit<HandlerAnswer, 'headers' | 'body' | 'merge' | 'state' | 'rows'> {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Json;
  readonly merge?: Json;
  readonly state?: Json;
  readonly rows?: JsonObject;
}

/** How each member is judged: what was expected, or null where it is so. */
const members: Readonly<Record<keyof HandlerAnswer, (value: Json) => string | null>> = {
  status: (value) => (isIntegerIn(value, 200, 599) ? null : 'a status from 200 to 599'),
  headers: (value) =>
    isObject(value) &&
    Object.values(value)
      .flat()
      .every((one) => typeof one === 'string' || typeof one === 'number')
      ? null
      : 'an object of texts, or lists of texts',
  body: () => null,
  merge: () => null,
  delay: (value) => (isIntegerIn(value, 0, 600_000) ? null : 'milliseconds, up to 600000'),
  offContract: (value) => (typeof value === 'boolean' ? null : 'true or false'),
  state: (value) => (isObject(value) ? null : 'an object'),
  rows: (value) =>
    isObject(value) && Object.values(value).every((one) => typeof one === 'object' && one !== null)
      ? null
      : 'an object that has, for each resource, a list of rows, or an object of them by key',
};

function isIntegerIn(value: Json, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/**
 * Reads what a function returned.
 * @returns a sentence without a final period where it is no answer; null where it said nothing
 */
export function readSaid(returned: unknown): Said | string | null {
  if (returned === undefined || returned === null) return null;
  if (typeof returned !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(returned))) {
    const what = typeof returned === 'object' ? (returned.constructor?.name ?? 'an object') : typeof returned;
    return `It returned ${what}, expected an object such as { status: 200, body: … }, or nothing`;
  }
  let value: JsonObject;
  try {
    value = JSON.parse(JSON.stringify(returned)) as JsonObject;
  } catch (error) {
    return `What it returned cannot be written as JSON: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(members, name)) {
      const near = didYouMeanClause(nearest(name, Object.keys(members)));
      return `It returned a member ${JSON.stringify(name)}, which no answer has${near}`;
    }
    const expected = members[name as keyof HandlerAnswer](member);
    if (expected !== null) return `It returned ${name} ${JSON.stringify(member).slice(0, 100)}, expected ${expected}`;
  }
  if (value.body !== undefined && value.merge !== undefined)
    return 'It returned both body and merge: a body of its own takes nothing that is merged';
  const headers = Object.entries(isObject(value.headers) ? value.headers : {}).map(([name, text]) => [
    name,
    Array.isArray(text) ? text.map(String) : String(text),
  ]);
  return { ...value, ...(value.headers !== undefined && { headers: Object.fromEntries(headers) }) } as Said;
}

/** What handlers remember, kept beside the rows. No resource can be called so. */
const collection = 'counterproof:handlers';
const key = 'state';

export function rememberedBy(state: StateReader): JsonObject {
  const value = state.collection(collection)?.row(key)?.value;
  return isObject(value) ? value : {};
}

/**
 * What an answer changes besides what its request does.
 * @returns a sentence without a final period where it cannot be
 */
export function changesOf({ setup, state: before, seed }: Exchange, said: Said): readonly Change[] | string {
  const changes: Change[] = [];
  let state = before;
  for (const [name, rows] of Object.entries(said.rows ?? {})) {
    const wanted = Array.isArray(rows) ? rows.map((row) => [undefined, row] as const) : Object.entries(rows ?? {});
    for (const [rowKey, row] of wanted) {
      const written = setup.world.rows.write(name, rowKey, row as Json, state, seed);
      if (!written.ok) {
        // What is gone already is gone.
        if (row === null && setup.world.rows.page(name, state, seed, { offset: 0, limit: 0 }) !== null) continue;
        return `The row for ${name} cannot be kept: ${written.detail}${hintFor(setup, name)}`;
      }
      changes.push(...written.changes);
      state = state.with(written.changes) ?? state;
    }
  }
  if (said.state !== undefined) {
    const next = merged(rememberedBy(before), said.state);
    changes.push({ collection, key, row: next, isBase: true, unique: [] });
  }
  return changes;
}

/** Asks which resource was meant, where there is none of this name. */
export function hintFor({ world }: Exchange['setup'], name: string): string {
  const known = world.resourceNames;
  return known.includes(name.replace(/ \[.*\]$/s, '')) ? '' : didYouMeanClause(nearest(name, known));
}
