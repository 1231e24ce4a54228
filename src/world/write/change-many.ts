import { type ChangesRole, type ItemRole, keyOf, readAt, type SeveralRole } from '../../resource/index.js';
import { addAll } from '../../text/many.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Change } from '../kept-row.js';
import { keyMakerOf } from '../keys.js';
import { Listing } from '../list/listing.js';
import type { Row } from '../row.js';
import type { Call } from './call.js';
import { createMany, type ManyOutcome } from './create-many.js';
import { described } from './described.js';
import { perform } from './item.js';

/** Rows that one request changes. */
const mostChanged = 1000;

export const isOfSeveral = (role: { readonly kind: string }): role is SeveralRole =>
  role.kind === 'create-many' || role.kind === 'change-many';

export function performMany(role: SeveralRole, asked: Omit<Call<ItemRole>, 'role'>): ManyOutcome {
  return role.kind === 'create-many' ? createMany(role, asked) : changeMany(role, asked);
}

/** What comes of several rows that are changed at once: all that are there, each as if it were changed alone. */
function changeMany(role: ChangesRole, asked: Omit<Call<ItemRole>, 'role'>): ManyOutcome {
  const { entry, path, resource, scope, answer, changes: said } = role;
  const elements = elementsIn(role, asked);
  if (elements === null) return null;
  const plain = { entry, path, resource, scope, answer, keyParameter: null, naming: null };
  const body = { mediaType: said.mediaType, path: said.path, ...(said.keys === null && { isInList: true }) };
  const rows: Row[] = [];
  const changes: Change[] = [];
  for (const element of elements) {
    const one = {
      ...plain,
      ...(said.verb === null ? { kind: 'merge' as const } : { kind: 'action' as const, verb: said.verb }),
    };
    const outcome = perform({ ...asked, role: { ...one, body }, element });
    // What was deleted is left out; what cannot be so refuses the whole.
    if (outcome?.kind === 'refused' && outcome.status !== 404 && outcome.status !== 410) return outcome;
    if (outcome?.kind !== 'done') continue;
    if (outcome.row !== null) rows.push(outcome.row);
    addAll(changes, outcome.changes);
  }
  return { kind: 'done', rows, changes };
}

/** What is sent of each row, with its key, each once; null where the body names none. */
function elementsIn(
  { changes: { keys, path, isDescribed, verb }, resource }: ChangesRole,
  { values, ground, base, state }: Omit<Call<ItemRole>, 'role'>,
): readonly JsonObject[] | null {
  const body = values.body as Json | undefined;
  const sent = verb === null ? readAt(body, path) : {};
  if (isDescribed) {
    if (!isObject(sent)) return null;
    const listing = new Listing(base, state);
    const isMeant = described(resource, values.query);
    const rows = Array.from({ length: listing.size }, (_, index) => listing.at(index) ?? null);
    const own = rows.filter(isMeant).flatMap((row) => keyOf(resource, row) ?? []);
    const { read } = keyMakerOf(resource, ground);
    return own.slice(0, mostChanged).map((key) => base.withKey(sent, read(key)) as JsonObject);
  }
  if (keys === null) return Array.isArray(sent) ? sent.filter(isObject).slice(0, mostChanged) : null;
  const named = readAt(body, keys);
  if (!Array.isArray(named) || !isObject(sent)) return null;
  const changed =
    path.length > 0 ? sent : Object.fromEntries(Object.entries(sent).filter(([name]) => name !== keys[0]));
  const maker = keyMakerOf(resource, ground);
  const all = new Set(named.flatMap((key) => (typeof key === 'object' ? [] : [String(key)])).slice(0, mostChanged));
  return [...all].map((key) => base.withKey(changed, maker.read(key)) as JsonObject);
}
