import { type ItemRole, type Reference, readAt, saysState } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import { following } from './coherence/coherent.js';
import { freeIn, withFree } from './coherence/free.js';
import { statusOf } from './coherence/states.js';
import type { Scope } from './ground.js';
import { Rewriting } from './mirrored.js';
import { afterMovement, areMovements, isBelowNothing, movedBy, withRest } from './movements.js';
import { overlapping } from './overlaps.js';
import { ends } from './references.js';
import { rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';
import { withSums } from './sums.js';
import { withTrash } from './trash.js';
import { type Call, type Done, declares, type ItemOutcome, type Refused, sentIn } from './write/call.js';
import { forbiddenBelow } from './write/forbidden.js';

const bookingNouns = /\b(?:booking|reservation|appointment|rental|loan|lease)s?$/;
const over = /^(?:cancell?ed|rejected|declined|expired|returned|completed|no_show)$/i;

/**
 * What becomes of things that a row names when it is made, called off or deleted: what is booked is not free, and what is transferred
 * goes from one to the other.
 */
export function withEffects(told: Done, call: Call<ItemRole>, scope: Scope, rows: BaseWorld, now: Now): ItemOutcome {
  const { role, base, ground } = call;
  const outcome = withTrash(withSums(told, call, scope, rows, now), call, scope, rows, now);
  if (outcome.isCreated && areMovements(role.resource)) return withMovement(outcome, call, scope, rows, now);
  if (scope.length > 0) return outcome;
  const forbidden = outcome.isCreated ? forbiddenNamed(outcome, call, rows, now) : null;
  if (forbidden !== null) return forbidden;
  const { resource } = role;
  const change = outcome.changes.find(({ collection }) => collection === base.name);
  const named = resource.references.filter((one) => !one.isList && one.resource.scope.length === 0);
  const isBooking = bookingNouns.test(phraseOf(resource.name));
  const pair = pairIn(named);
  if (change === undefined || named.length === 0 || (!isBooking && pair === undefined)) return outcome;
  const written = new Rewriting(outcome.changes, ground, rows, now);
  const before = new Rewriting([], ground, rows, now).rowAt(resource, [], change.key);
  if (isBooking) {
    const state = now.state.collection(base.name);
    const isOver = (status: string) => over.test(status);
    const double = isHeld(change.row) ? overlapping(call, change, state, named, isOver) : null;
    const refused = double ?? book(written, named, before, change.row, declares(call, '409'));
    if (refused !== null) return refused;
  }
  const isBack = !outcome.isCreated && isReversed(change.row) && !isReversed(before);
  const lacking = pair && (outcome.isCreated || isBack) ? transferred(call, change.row, pair, isBack, written) : null;
  if (lacking !== null) return lacking;
  return written.changes.length === outcome.changes.length ? outcome : { ...outcome, changes: written.changes };
}

/** The refusal of what names something in a state in which the document says that this cannot be: `The slot is full`. */
function forbiddenNamed(
  { changes }: Done,
  { role, base, ground, operation }: Pick<Call<ItemRole>, 'role' | 'base' | 'ground' | 'operation'>,
  rows: BaseWorld,
  now: Now,
): Refused | null {
  const row = changes.find(({ collection }) => collection === base.name)?.row;
  if (!row || !declares({ operation }, '409')) return null;
  const before = new Rewriting([], ground, rows, now);
  for (const reference of role.resource.references) {
    const { resource } = reference;
    const key = reference.isList || resource.scope.length > 0 ? undefined : keyIn(row, reference);
    const named = key === undefined ? undefined : before.rowAt(resource, [], key);
    const refused = named && forbiddenBelow(operation, { resource, row: named }, role.resource, ground);
    if (refused) return refused;
  }
  return null;
}

/** What a movement below a thing, or of one that it names, makes of how much that has: it is refused where there would be too little. */
function withMovement(
  outcome: Done,
  call: Pick<Call<ItemRole>, 'role' | 'base' | 'ground' | 'operation'>,
  scope: Scope,
  rows: BaseWorld,
  now: Now,
): ItemOutcome {
  const { role, base, ground } = call;
  const change = outcome.changes.find(({ collection }) => collection === base.name);
  const moved = change?.row ? movedBy(change.row) : null;
  if (moved === null) return outcome;
  const above = role.scope.at(-1)?.resource ?? null;
  const named = role.resource.references.filter((one) => !one.isList && one.resource.scope.length === 0);
  const things = [
    ...(above === null ? [] : [{ resource: above, scope: scope.slice(0, -1), key: scope.at(-1) }]),
    ...named.map((one) => ({ resource: one.resource, scope: [], key: keyIn(change?.row, one) })),
  ];
  const written = new Rewriting(outcome.changes, ground, rows, now);
  for (const { resource, scope: own, key } of things) {
    const before =
      key === undefined || resource.scope.length !== own.length ? undefined : written.rowAt(resource, own, key);
    const after = before === undefined ? null : afterMovement(before, moved);
    if (key === undefined || before === undefined || after === null) continue;
    if (isBelowNothing(after) && declares(call, '409'))
      return { kind: 'refused', status: 409, detail: `${resource.name} ${key} has too little for that` };
    written.change(resource, own, key, (_, isValid) => following(before, after, isValid));
    const said = withRest(change?.row ?? null, after);
    const isSaid = change?.row && said !== change.row && fits(rowSchemaOf(role.resource, ground), said);
    const changes = written.changes.map((one) => (isSaid && one === change ? { ...one, row: said } : one));
    const row = isSaid ? rowOf(said) : outcome.row;
    if (row !== null && outcome.row?.key !== undefined) row.key ??= outcome.row.key;
    return { ...outcome, row, changes };
  }
  return outcome;
}

/** What a booking holds is not free, and what it held before is again; why it cannot be booked, where it was not free. */
function book(
  written: Rewriting,
  named: readonly Reference[],
  before: Json | undefined,
  row: Json,
  mayBeRefused: boolean,
): Refused | null {
  const [was, is] = [isHeld(before), isHeld(row)];
  for (const reference of was === is ? [] : named) {
    const key = keyIn(is ? row : before, reference);
    const thing = key === undefined ? undefined : written.rowAt(reference.resource, [], key);
    const found = thing === undefined ? undefined : freeIn(thing);
    if (key === undefined || found === undefined) continue;
    if (is && !found.isFree && mayBeRefused)
      return { kind: 'refused', status: 409, detail: `${reference.resource.name} ${key} is not free` };
    written.change(reference.resource, [], key, (one, isValid) => withFree(one, !is, isValid));
  }
  return null;
}

/** Whether a booking holds what it is of: it is there, and was not called off. */
function isHeld(row: Json | undefined | null): boolean {
  if (!isObject(row)) return false;
  const status = Object.keys(row).find(saysState);
  return status === undefined || !over.test(String(row[status]));
}

function keyIn(row: Json | undefined | null, { member }: Reference): string | undefined {
  const key = row === null ? undefined : readAt(row, member);
  return typeof key === 'string' || typeof key === 'number' ? scalarText(key) : undefined;
}

/** Whether what went from one thing to another has gone back. */
function isReversed(row: Json | undefined | null): boolean {
  const status = isObject(row ?? null) ? statusOf(row as JsonObject) : undefined;
  return (
    status !== undefined &&
    /^(?:reversed|refunded|returned|cancell?ed|voided)$/i.test(String((row as JsonObject)[status]))
  );
}

const balanceNames = /^(?:(?:available|current) )?balance$/;

type Pair = readonly [from: Reference, to: Reference];

/** What something comes from, and what it goes to: two of one kind. */
function pairIn(named: readonly Reference[]): Pair | undefined {
  const called = (pattern: RegExp) => named.find(({ member: [name = ''] }) => pattern.test(phraseOf(name)));
  for (const [one, other] of ends) {
    const [from, to] = [called(one), called(other)];
    if (from !== undefined && to !== undefined && from.resource === to.resource) return [from, to];
  }
  return undefined;
}

/** Lets an amount go from one thing to another, or back; the refusal where there is not so much. */
function transferred(
  call: Call<ItemRole>,
  row: Json | null,
  pair: Pair,
  isBack: boolean,
  written: Rewriting,
): Refused | null {
  if (row === null || !isObject(row)) return null;
  const way: Pair = isBack ? [pair[1], pair[0]] : pair;
  const lacking = isBack || isAsked(call) ? lackingFor(row, way, written) : null;
  if (lacking !== null && declares(call, '409')) return lacking;
  transfer(row, way, written);
  return null;
}

/** Whether somebody has said how much is to go: what nobody has sent is no reason to refuse it. */
const isAsked = (call: Call<ItemRole>): boolean => amountIn(sentIn(call)) !== undefined;

/** The refusal of a transfer of more than there is. */
function lackingFor(row: JsonObject, [from]: Pair, written: Rewriting): Refused | null {
  const key = keyIn(row, from);
  const amount = amountIn(row);
  const thing = key === undefined || amount === undefined ? undefined : written.rowAt(from.resource, [], key);
  const after = thing === undefined ? thing : withMore(thing, -(amount ?? 0));
  const isLess =
    isObject(after) &&
    Object.entries(after).some(([name, value]) => balanceNames.test(phraseOf(name)) && Number(value) < 0);
  return isLess
    ? { kind: 'refused', status: 409, detail: `${from.resource.name} ${key} has too little for that` }
    : null;
}

function amountIn(row: JsonObject): number | undefined {
  const amount = Object.entries(row).find(([name]) => /^(?:amount|value|sum)$/.test(phraseOf(name)))?.[1];
  return typeof amount === 'number' ? amount : undefined;
}

/** An amount that goes from one of some things to another one is no longer there, and is here. */
function transfer(row: JsonObject, [from, to]: Pair, written: Rewriting): void {
  const amount = amountIn(row);
  if (amount === undefined) return;
  for (const [reference, more] of [
    [from, -amount],
    [to, amount],
  ] as const) {
    const key = keyIn(row, reference);
    if (key !== undefined) written.change(reference.resource, [], key, (thing) => withMore(thing, more));
  }
}

function withMore(thing: Json, more: number): Json {
  if (!isObject(thing)) return thing;
  const balances = Object.entries(thing).flatMap(([name, value]) =>
    typeof value === 'number' && balanceNames.test(phraseOf(name))
      ? [[name, Math.round((value + more) * 100) / 100] as const]
      : [],
  );
  return balances.length === 0 ? thing : { ...thing, ...Object.fromEntries(balances) };
}
