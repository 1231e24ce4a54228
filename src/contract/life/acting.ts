import { type ItemRole, keyOf } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import { sentBody } from '../things/sent-body.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf, rowIn } from './answers.js';
import { mayShow } from './differences.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isSaying, isVolatile, shownBy } from './members.js';

/** Actions of one resource that are tried. */
const mostActions = 6;

/** What an action says that it has done to a thing is so when the thing is read: `POST /orders/7/cancel`. */
export async function checkActions(life: Life, other: Made | null): Promise<void> {
  const { resource, hands } = life;
  const { read } = life.roles;
  const actions = resource.roles.filter(
    (role): role is ItemRole => role.kind === 'action' && role.keyParameter !== null,
  );
  if (read === undefined) return;
  for (const action of actions.slice(0, mostActions)) {
    const made = await madeFor(life, action, other);
    if (made === null) return;
    const before = (await life.read(made.thing, 'read it before an action'))?.row;
    const beside = other && (await life.read(other.thing, 'read another thing before an action'))?.row;
    const doing = before && (await act(life, action, made));
    if (!before || !doing || !isSuccess(doing) || (doing.received.status === 202 && !hands.isPatient)) continue;
    const answered = rowIn(doing, action);
    // What shows another key, or none, may speak of something that the action has made.
    if (answered === null || keyOf(resource, answered) !== String(made.thing.key)) continue;
    const reading = life.operation(read);
    const shown = shownBy(reading, read);
    const mayBeShown = (name: string): boolean =>
      mayShow(
        shown.find((member) => member.name === name),
        answered[name] ?? null,
        reading.schemas,
      );
    // What is of another type, or may not stand where the thing is read, says something else under the same name.
    const said = new Set(saidIn(doing));
    // What it was told, and shows where nothing was, is no other thing under the same name.
    const isTold = (name: string): boolean =>
      (before[name] ?? null) === null &&
      said.has(answered[name] ?? null) &&
      shown.some((member) => member.name === name);
    const names = Object.keys(answered).filter(
      (name) =>
        (isTold(name) || (typeof answered[name] === typeof before[name] && !isLike(before, answered, name))) &&
        !isVolatile(name) &&
        mayBeShown(name),
    );
    if (names.length === 0) continue;
    await hands.hold('change-kept', async () => {
      const after = await life.read(made.thing, 'read it after an action');
      if (!after?.row) return null;
      const { row, exchange } = after;
      const forgotten = names.find((name) => isLike(before, row, name) && !isLike(answered, row, name));
      if (forgotten === undefined) return kept(exchange);
      return broken(exchange, {
        message: `What an action says that it has done is not so: ${told(doing)}, and then ${nameOf(exchange)}: "${forgotten}"`,
        expected: excerpt(answered[forgotten]),
        received: excerpt(row[forgotten]),
        cause: 'an action that is forgotten',
      });
    });
    if (other && beside) await checkBeside(life, other, beside, { doing, answered, names });
  }
}

/** Does it with all that can be said of it, where that is taken. */
async function act(life: Life, action: ItemRole, { thing }: Made): Promise<Exchange | null> {
  const body = await life.hands.fresh(action, thing);
  const full = body === null ? null : await life.ask(action, thing, 'act on it', { body, mayBeRefused: true });
  return full !== null && isSuccess(full) ? full : life.ask(action, thing, 'act on it', { mayBeRefused: true });
}

/** The texts that a request has sent as members of its body. */
function saidIn({ operation, request }: Exchange): Json[] {
  const sent = sentBody(operation, request)?.value;
  return isObject(sent) ? Object.values(sent).filter((value) => typeof value === 'string' && value !== '') : [];
}

/** A thing to act on, beside another one, with all that can be said of it where that is taken. */
async function madeFor(life: Life, { entry }: ItemRole, other: Made | null): Promise<Made | null> {
  const scope = other ? life.besides(other.thing) : undefined;
  for (const isFull of [true, false]) {
    const made = await life.hands.make(life.resource, `for ${entry.method} ${entry.path}`, scope, isFull);
    if (typeof made !== 'string') return made;
  }
  return null;
}

/**
 * What was done to one thing was not done to another. Where only one may be so, such as a default, the other has become
 * something else, and not the same.
 */
async function checkBeside(
  life: Life,
  other: Made,
  before: Row,
  { doing, answered, names }: { doing: Exchange; answered: Row; names: readonly string[] },
): Promise<void> {
  await life.hands.hold('others-kept', async () => {
    const after = await life.read(other.thing, 'read another thing after an action');
    if (!after?.row) return null;
    const { row, exchange } = after;
    const isNew = (each: string) =>
      isSaying(before[each]) || typeof before[each] === 'boolean'
        ? !isLike(before, answered, each) && !isLike(before, row, each)
        : isSaying(row[each]);
    const name = names.find((each) => isNew(each) && isLike(answered, row, each));
    if (name === undefined) return kept(exchange);
    return broken(exchange, {
      message: `What was done to one thing was done to another too: ${told(doing)}, and then ${nameOf(exchange)}: "${name}"`,
      expected: excerpt(before[name] ?? null),
      received: excerpt(row[name]),
      cause: 'another thing after an action',
    });
  });
}

function isLike(one: Row, other: Row, name: string): boolean {
  return likenessOf(one[name] ?? null, other[name]) !== 'other';
}

type Row = NonNullable<ReturnType<typeof rowIn>>;
