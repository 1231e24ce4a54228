import { isJson } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { sentBody } from '../things/sent-body.js';
import type { Exchange } from '../types.js';
import { isSuccess } from './answers.js';
import { saysDone, takenBackBy, verbOf } from './doing.js';
import type { Made } from './hands.js';
import type { Life } from './life.js';
import { mayBe, membersAt, othersFor, shownBy } from './members.js';

/**
 * The thing as it is before an action: what takes back another action comes after that, and what needs
 * others after these. Null where it cannot be read.
 */
export async function readyFor(
  life: Life,
  action: ItemRole,
  made: Made,
  actions: readonly ItemRole[],
): Promise<{ readonly first: JsonObject; readonly row: JsonObject } | null> {
  const title = 'read it before an action';
  const first = (await life.read(made.thing, title))?.row;
  if (!first) return null;
  const leads = life.hands.leadsTo(action.entry);
  for (const lead of leads) await act(life, lead, made, first);
  const undone = leads.length > 0 ? [] : (takenBackBy(action) ?? []);
  const other = actions.find((each) => takenBackBy(each) === undefined && undone.includes(verbOf(each)));
  const isReady = other === undefined || !isDone(life, action, first);
  if (leads.length === 0 && isReady) return { first, row: first };
  if (!isReady) await act(life, other, made, first);
  const row = (await life.read(made.thing, title))?.row;
  return row ? { first, row } : null;
}

export function isDone(life: Life, action: ItemRole, row: JsonObject): boolean {
  const said = saidOfDone(life, action, row);
  return said.length > 0 && said.every(Boolean);
}

export const saysAny = (life: Life, action: ItemRole, row: JsonObject): boolean =>
  saidOfDone(life, action, row).some(Boolean);

function saidOfDone(life: Life, action: ItemRole, row: JsonObject): boolean[] {
  const { read } = life.roles;
  return read ? [...saysDone(action, row, shownBy(life.operation(read), read)).values()] : [];
}

/** Does it with all that can be said of it, where that is taken, and so that the thing becomes another one. */
export async function act(life: Life, action: ItemRole, { thing }: Made, before: JsonObject): Promise<Exchange | null> {
  const drawn = await life.hands.fresh(action, thing);
  const body = drawn && otherThan(life, action, before, drawn);
  const full = body === null ? null : await life.ask(action, thing, 'act on it', { body, mayBeRefused: true });
  return full !== null && isSuccess(full) ? full : life.ask(action, thing, 'act on it', { mayBeRefused: true });
}

/** A body that says nothing that the thing says already, where its members have other values. */
function otherThan(life: Life, action: ItemRole, before: JsonObject, body: Json): Json {
  if (!isObject(body)) return body;
  const operation = life.operation(action);
  const content = operation.requestBody?.content ?? [];
  const other: JsonObject = { ...body };
  for (const member of membersAt(
    operation,
    content.find(({ mediaType }) => isJson(mediaType)),
    [],
  )) {
    const value = Object.hasOwn(body, member.name) ? body[member.name] : undefined;
    if (value === undefined || before[member.name] !== value) continue;
    const another = othersFor(member, value).find((each) => mayBe(operation, member, each));
    if (another !== undefined) setMember(other, member.name, another);
  }
  return other;
}

/** The texts that a request has sent as members of its body. */
export function saidIn({ operation, request }: Exchange): Json[] {
  const sent = sentBody(operation, request)?.value;
  return isObject(sent) ? Object.values(sent).filter((value) => typeof value === 'string' && value !== '') : [];
}

/** A thing to act on, beside another one, with all that can be said of it where that is taken. */
export async function madeFor(
  life: Life,
  { entry }: ItemRole,
  other: Made | null,
  mayBeFull: boolean,
): Promise<Made | null> {
  const scope = other ? life.besides(other.thing) : undefined;
  for (const isFull of mayBeFull ? [true, false] : [false]) {
    const made = await life.hands.make(life.resource, `for ${entry.method} ${entry.path}`, scope, isFull);
    if (typeof made !== 'string') return made;
  }
  return null;
}
