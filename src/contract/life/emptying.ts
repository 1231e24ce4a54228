import type { Operation } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import { isSuccess, nameOf } from './answers.js';
import { checkOthers, ofState } from './changed.js';
import { type Changing, send } from './changing.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading, told } from './life.js';
import { likenessOf } from './likeness.js';
import { counting, type Member, mayBe, naming, secret, takenBy } from './members.js';
import { mayBeShown, showingsOf } from './showable.js';

/**
 * 0, false, an empty text and an empty list are values: many a server takes them for what was not given, and leaves what was
 * there. To refuse them is as right; and for what an empty text says there are two opinions.
 */
export async function checkEmptied(life: Life, made: Made): Promise<void> {
  const { replace } = life.roles;
  const { change = replace } = life.roles;
  const found = change && (await life.read(made.thing, 'read what will be emptied'));
  if (!change || !found?.row) return;
  const taken = takenBy(life.operation(change), change);
  const before = await withTruth({ life, made, change, taken }, found);
  if (!before.row) return;
  const rest = change === replace ? rowTaken(life.operation(change), taken, before.row) : {};
  const changing = { life, made, change, taken };
  const sendAll = (members: JsonObject, title: string) => send(changing, before, { ...rest, ...members }, title);
  const all = emptyOf(life, change, taken, before);
  const plain = Object.fromEntries(
    Object.entries(all).filter(([, value]) => typeof value !== 'object' && value !== ''),
  );
  let sent = all;
  let exchange = Object.keys(all).length === 0 ? null : await sendAll(all, 'change it to what is empty');
  const count = Object.keys(plain).length;
  if (exchange !== null && !isSuccess(exchange) && count > 0 && count < Object.keys(all).length) {
    sent = plain;
    exchange = await sendAll(plain, 'change it to zero and false');
  }
  const emptied = exchange;
  if (emptied === null || !isSuccess(emptied) || (emptied.received.status === 202 && !life.hands.isPatient)) return;
  const isKept = await life.hands.hold('change-kept', async () => {
    const after = await life.read(made.thing, 'read what was emptied');
    const { row } = after ?? {};
    if (!after || !row) return null;
    const left = Object.keys(sent).filter((name) => likenessOf(before.row?.[name] ?? null, row[name]) !== 'other');
    if (left.length === 0) return kept(after.exchange);
    return broken(after.exchange, {
      message: `A change to what is empty has left what was there: ${told(emptied)}, and then ${nameOf(after.exchange)}: ${left.map((name) => `"${name}"`).join(', ')}`,
      expected: excerpt(Object.fromEntries(left.map((name) => [name, sent[name] ?? null]))),
      received: excerpt(Object.fromEntries(left.map((name) => [name, row[name] ?? null]))),
      severity: left.every((name) => sent[name] === '') ? 'information' : 'violation',
      cause: 'empty in a change',
    });
  });
  if (isKept && change.kind === 'merge') await checkOthers(life, made, emptied, before, sent, taken);
}

/** The thing with something true of it: what is false already cannot be made so. */
async function withTruth(changing: Changing, before: Reading): Promise<Reading> {
  const { life, made, change, taken } = changing;
  const row = before.row ?? {};
  const operation = life.operation(change);
  const free = freeIn(life, taken, before).filter(({ name }) => typeof row[name] === 'boolean');
  const shown = showingsOf(life, ['change']);
  const member = free.find((each) => mayBe(operation, each, true) && mayBeShown(shown(each.name), true));
  if (member === undefined || free.some(({ name }) => row[name] === true)) return before;
  const rest = change === life.roles.replace ? rowTaken(operation, taken, row) : {};
  const exchange = await send(changing, before, { ...rest, [member.name]: true }, `make "${member.name}" true`);
  return exchange && isSuccess(exchange)
    ? ((await life.read(made.thing, 'read what will be emptied')) ?? before)
    : before;
}

/** Members that say something of a thing, and neither its name nor its state, but for what is either so or not. */
function freeIn(life: Life, taken: readonly Member[], { row }: Reading): readonly Member[] {
  const left = naming(life.resource);
  const isState = (name: string) => ofState.test(name) && typeof row?.[name] !== 'boolean';
  return taken.filter(
    ({ name }) =>
      !left.has(name) && !life.left.has(name) && !counting.test(name) && !secret.test(name) && !isState(name),
  );
}

/** What a thing says of all that one can say of it, in the form that a request has; what is shown otherwise is left out. */
export function rowTaken(operation: Operation, taken: readonly Member[], row: JsonObject): JsonObject {
  const held = taken.flatMap((member): [string, Json][] => {
    const value = Object.hasOwn(row, member.name) ? (row[member.name] ?? null) : null;
    const forms = value === null ? [] : [value, Number(value)];
    const form = forms.find((each) => mayBe(operation, member, each));
    return form === undefined ? [] : [[member.name, form]];
  });
  return Object.fromEntries(held);
}

/** What members may be that say something, and would then say nothing. */
function emptyOf(life: Life, change: ItemRole, taken: readonly Member[], before: Reading): JsonObject {
  const row = before.row ?? {};
  const operation = life.operation(change);
  // A form has no way to say that a list has nothing in it.
  const isForm = /^(?:application\/x-www-form-urlencoded|multipart\/)/i.test(change.body?.mediaType ?? '');
  const shown = showingsOf(life, ['change']);
  const found = freeIn(life, taken, before).flatMap((member): [string, Json][] => {
    const old = Object.hasOwn(row, member.name) ? row[member.name] : undefined;
    const empty = isForm && Array.isArray(old) ? undefined : emptyLike(old);
    const isOther = empty !== undefined && likenessOf(empty, old) === 'other';
    const isPossible = isOther && mayBe(operation, member, empty) && mayBeShown(shown(member.name), empty);
    return isPossible ? [[member.name, empty]] : [];
  });
  return Object.fromEntries(found);
}

function emptyLike(old: Json | undefined): Json | undefined {
  if (typeof old === 'number') return 0;
  if (typeof old === 'string') return '';
  if (typeof old === 'boolean') return false;
  return Array.isArray(old) ? [] : undefined;
}
