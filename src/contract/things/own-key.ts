import { mix } from '../../fake/index.js';
import type { Operation, OperationEntry } from '../../operation/index.js';
import { type ItemRole, type Naming, readAt, readOf, setAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { counted } from '../derive/freshened.js';
import type { RunState } from '../run/state.js';
import type { Sending } from '../run/target-watch.js';
import { type ContractCase, isUnsafe } from '../types.js';
import { isSame } from './harvest.js';
import { formsOf } from './naming.js';
import { type SentBody, sentBody, withSentBody } from './sent-body.js';

type Values = Readonly<Record<string, Json>>;
/** Whether something is at a path: null where nobody can tell. */
type Look = (read: OperationEntry, path: Values) => Promise<boolean | null>;

/** So many keys are tried until one is free. */
const mostTries = 3;

/** Whether a case varies what a call names. */
export function isOnKey(varies: ContractCase['varies'], { in: place, member }: Naming): boolean {
  return varies.in === place && varies.name === member.at(-1);
}

/** Of an operation whose body alone says which thing it is about, and that changes or makes it: that role; null for others. */
export function keyedByBody({ things }: RunState, operation: Operation): ItemRole | null {
  const role = things.resources.roleOf(operation.id);
  if (!isUnsafe(operation.method) || role === undefined || role.kind === 'list') return null;
  if (things.reads(operation) || role.naming?.in === 'query') return null;
  return role.keyParameter === null && role.body !== null && role.resource.key !== null && !role.resource.isSingleton
    ? role
    : null;
}

/**
 * A case whose body says which thing it is about is about none of others: what changes a thing is about one that this run has
 * made, and what makes one has a key that nothing has. A key that the case itself breaks stays.
 *
 * @returns null where it would write over what others may have
 */
export async function withOwnKey<Sent extends Sending>(
  state: RunState,
  sending: Sent,
  look: Look,
): Promise<Sent | null> {
  const { operation, case: contractCase } = sending;
  const { request, expectation, varies } = contractCase;
  const role = keyedByBody(state, operation);
  const { things, options } = state;
  if (role === null || request.method !== operation.method) return sending;
  if (options.fixtures?.for(operation.id).contract.body !== undefined) return sending;
  const { resource } = role;
  const place = keyPlaceOf(role);
  const sent = sentBody(operation, request);
  const key = sent ? readAt(sent.value, place) : undefined;
  if (sent === null || (typeof key !== 'number' && typeof key !== 'string') || key === '') return sending;
  const known = things.known(resource);
  const own = known.filter(({ origin }) => origin === 'made');
  if (own.some((thing) => isSame(thing.key, key))) return sending;
  if (expectation !== 'accepted' && varies.in === 'body' && varies.name === place.at(-1)) return sending;
  const isOf = (other: Json) => role.naming !== null || typeof other === typeof key;
  if (role.kind !== 'create') {
    const fit = own.filter((each) => isOf(each.key));
    const [thing] = fit.toSorted((a, b) => Number(things.isReserved(a)) - Number(things.isReserved(b)));
    return thing === undefined ? null : withKey(thing.key);
  }
  const read = readOf(resource)?.entry;
  const others = Array.from({ length: mostTries - 1 }, (_, tries) =>
    otherKey(sent, place, key, mix(tries + 1, contractCase.id)),
  ).flat();
  let last: Sent | null = others.length === 0 ? null : sending;
  for (const free of [key, ...others]) {
    const tried = free === key ? sending : withKey(free);
    if (tried !== null && (await isFree(free)) !== false) return tried;
    if (free !== key) last = tried;
  }
  // A target that has one key made at random after the other has whatever is asked for, and so tells nothing.
  return last;

  async function isFree(free: Json): Promise<boolean | null> {
    if (known.some((thing) => isSame(thing.key, free))) return false;
    const parameter = read && things.resources.named(read).at(-1)?.parameter;
    if (read === undefined || !parameter) return known.length === 0 ? true : null;
    const isThere = await look(read, things.whole(read, { ...things.pathValues(request), [parameter]: free }));
    return isThere === null ? null : !isThere;
  }

  function withKey(other: Json): Sent | null {
    if (sent === null) return null;
    const schema = sent.content?.schema;
    const values = formsOf(other, key).map((form) => setAt(sent.value, place, form));
    const value = values.find((each) => schema?.problem === null && schema.accepts(each)) ?? values[0];
    if (value === undefined || (expectation === 'accepted' && schema?.problem === null && !schema.accepts(value)))
      return null;
    const renewed = withSentBody(operation, request, sent, value);
    return renewed && { ...sending, case: { ...contractCase, request: renewed } };
  }
}

/** Where the body says which thing it is about. */
function keyPlaceOf({ naming, body, resource: { key } }: ItemRole): readonly string[] {
  return naming?.member ?? [...(body?.path ?? []), ...(key?.member ?? [])];
}

/** A key that nothing is likely to have, in the form of one that is taken; none where the body would be less valid with it. */
function otherKey({ value, content }: SentBody, place: readonly string[], key: Json, salt: number): Json[] {
  const schema = content?.schema;
  const isAsValid = (other: Json) =>
    schema?.problem !== null || !schema.accepts(value) || schema.accepts(setAt(value, place, other));
  return otherKeys(key, 1_000_000 + (salt % 1_000_000_000))
    .filter(isAsValid)
    .slice(0, 1);
}

/** Best first. */
function otherKeys(key: Json, number: number): readonly Json[] {
  if (typeof key === 'number') return [number];
  const digits = String(number).padStart(10, '0');
  const text = scalarText(key);
  const first = /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text) ? text.slice(0, -10) + digits : `c${digits}${text}`;
  return [first, ...counted(text, number)];
}
