import { type ItemRole, type Resource, readAt } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf, remembering } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import { amountPhrase } from './coherence/amount-texts.js';
import { amountOf, netNames, taxNames, totalNames } from './coherence/amounts.js';
import { following } from './coherence/coherent.js';
import { statusOf } from './coherence/states.js';
import type { Ground, Scope } from './ground.js';
import { Rewriting } from './mirrored.js';
import { rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';
import type { Call, Done } from './write/call.js';
import { maySend } from './write/fresh.js';

/** What things are that another one adds up: what is to be paid for it, or what was. */
type Kind = 'line' | 'payment';

const kindOf = remembering((name): Kind | null => {
  const noun = phraseOf(name);
  return /\b(?:items?|lines?|positions?)$/.test(noun) ? 'line' : /\bpayments?$/.test(noun) ? 'payment' : null;
});

/** What was not paid, or was paid back. */
const unpaid = /^(?:pending|failed|refunded|cancell?ed|voided|declined|reversed|requires_.*)$/i;
const paidNames = /^(?:(?:amount|total) )?paid(?: amount)?$/;
const openNames = /^(?:amount (?:due|remaining)|(?:due|remaining|outstanding|open) amount|balance(?: due)?)$/;

/**
 * What becomes of a thing with what the one that it belongs to adds up of such: an order with another line costs more, and an invoice with a
 * payment is paid. What is new has neither yet.
 */
export function withSums(
  outcome: Done,
  { role, base, ground }: Pick<Call<ItemRole>, 'role' | 'base' | 'ground'>,
  scope: Scope,
  rows: BaseWorld,
  now: Now,
): Done {
  const { resource } = role;
  const change = outcome.changes.find(({ collection }) => collection === base.name);
  const kind = kindOf(resource.name.split('.').at(-1) ?? '');
  if (change === undefined || resource.embeddedIn !== null) return outcome;
  if (kind === null) return outcome.isCreated ? begun(outcome, role, ground, change.row) : outcome;
  const before = new Rewriting([], ground, rows, now).rowAt(resource, scope, change.key);
  const more = worthOf(kind, change.row) - worthOf(kind, before);
  if (more === 0) return outcome;
  const place = resource.scope.at(-1)?.resource ?? null;
  const named = resource.references.filter((one) => !one.isList && one.resource.scope.length === 0);
  const above = [
    ...(place === null ? [] : [{ resource: place, scope: scope.slice(0, -1), key: scope.at(-1) }]),
    ...named.map((one) => ({
      resource: one.resource,
      scope: [],
      key: readAt(change.row ?? before ?? null, one.member),
    })),
  ];
  const written = new Rewriting(outcome.changes, ground, rows, now);
  for (const { resource: to, scope: own, key } of above) {
    if ((typeof key !== 'string' && typeof key !== 'number') || to.scope.length !== own.length) continue;
    written.change(to, own, scalarText(key), (row, isValid) => withMore(kind, row, more, isValid));
    if (written.changes.length !== outcome.changes.length) return { ...outcome, changes: written.changes };
  }
  return outcome;
}

/** A new row of what other things are added up for, of which there are none yet. */
function begun(outcome: Done, role: ItemRole, ground: Ground, row: Json | null): Done {
  if (!isObject(row ?? null) || !hasLines(role.resource, ground)) return outcome;
  const own = rowSchemaOf(role.resource, ground);
  const isOurs = (name: string) => !maySend(role, name, ground);
  const whole = row as JsonObject;
  const name = totalIn(whole);
  if (name === undefined || !isOurs(name) || whole[name] === 0) return outcome;
  const empty = withTotal(whole, name, 0, (one) => fits(own, one));
  if (empty === whole) return outcome;
  const shown = rowOf(empty);
  if (outcome.row?.key !== undefined) shown.key ??= outcome.row.key;
  const changes = outcome.changes.map((one) => (one.row === row ? { ...one, row: empty } : one));
  return { ...outcome, row: shown, changes };
}

const known = new WeakMap<Resource, boolean>();

/** Whether lines are made for things of a resource by themselves. */
function hasLines(resource: Resource, { resources }: Ground): boolean {
  const before = known.get(resource);
  if (before !== undefined) return before;
  const found = resources.all.some(
    ({ name, scope, references, embeddedIn, roles }) =>
      kindOf(name.split('.').at(-1) ?? '') === 'line' &&
      embeddedIn === null &&
      roles.some(({ kind }) => kind === 'create') &&
      (scope.at(-1)?.resource === resource || references.some((one) => !one.isList && one.resource === resource)),
  );
  known.set(resource, found);
  return found;
}

/** How much a thing adds to the one that it belongs to. */
function worthOf(kind: Kind, row: Json | null | undefined): number {
  if (row === undefined || row === null || !isObject(row)) return 0;
  const status = kind === 'payment' ? statusOf(row) : undefined;
  if (status !== undefined && unpaid.test(String(row[status]))) return 0;
  return amountOf(row) ?? 0;
}

/** What says what a thing costs, without its tax where it says that. */
const totalIn = (row: JsonObject): string | undefined =>
  [netNames, totalNames]
    .map((names) => Object.keys(row).find((name) => typeof row[name] === 'number' && names.test(amountPhrase(name))))
    .find((name) => name !== undefined);

function withMore(kind: Kind, row: Json, more: number, isValid: (row: Json) => boolean): Json {
  if (!isObject(row)) return row;
  const name = totalIn(row);
  if (kind === 'line')
    return name === undefined ? row : withTotal(row, name, Math.max(0, Number(row[name]) + more), isValid);
  const named = (names: RegExp) =>
    Object.keys(row).filter((one) => typeof row[one] === 'number' && names.test(amountPhrase(one)));
  const [paid] = named(paidNames);
  if (paid === undefined) return row;
  const total = name ?? named(/^amount$/)[0];
  const all = total === undefined ? Number.POSITIVE_INFINITY : Number(row[total]);
  const now = rounded(Math.min(all, Math.max(0, Number(row[paid]) + more)));
  const rest = Number.isFinite(all) ? named(openNames).map((one) => [one, rounded(all - now)]) : [];
  return { ...row, [paid]: now, ...Object.fromEntries(rest) };
}

/** A row that costs so much, with as much tax of it as before. */
function withTotal(row: JsonObject, name: string, total: number, isValid: (row: Json) => boolean): JsonObject {
  const part = Number(row[name]) === 0 ? 0 : total / Number(row[name]);
  const taxes = Object.keys(row).filter((one) => typeof row[one] === 'number' && taxNames.test(amountPhrase(one)));
  const tax = (one: string) =>
    Number.isInteger(row[one]) ? Math.round(Number(row[one]) * part) : rounded(Number(row[one]) * part);
  const changed = { ...row, [name]: rounded(total), ...Object.fromEntries(taxes.map((one) => [one, tax(one)])) };
  const whole = isValid(changed) ? following(row, changed, isValid) : row;
  return isObject(whole) ? whole : row;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
