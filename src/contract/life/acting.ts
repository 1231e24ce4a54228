import { type ItemRole, isSameName, keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { checkAllowed, checkAllowedFirst, checkChangeAllowed } from './allowed.js';
import { isSuccess, nameOf, rowIn } from './answers.js';
import { ofState } from './changed.js';
import { mayShow } from './differences.js';
import { mayComeLater, saysDone, takenBackBy } from './doing.js';
import { checkFilteredAfter } from './filtered-after.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading, told } from './life.js';
import { saySame } from './likeness.js';
import { isVolatile, shownBy } from './members.js';
import { act, isDone, madeFor, readyFor, saidIn, saysAny } from './readying.js';
import { checkBroughtBack } from './restoring.js';
import { checkSaid } from './said.js';

/** Actions of one resource that are tried. */
const mostActions = 6;

/** What was done to a thing, and what that has made of it. */
interface Done {
  readonly doing: Exchange;
  readonly row: JsonObject;
  /** Members that are something else by it. */
  readonly names: readonly string[];
}

/** What an action says that it has done to a thing, or is called by, is so when the thing is read: `POST /orders/7/cancel`. */
export async function checkActions(life: Life, other: Made | null): Promise<void> {
  const { read } = life.roles;
  const actions = life.resource.roles.filter(
    (role): role is ItemRole => role.kind === 'action' && role.keyParameter !== null,
  );
  if (read === undefined) return;
  for (const action of actions.slice(0, mostActions)) {
    let made = await madeFor(life, action, other, true);
    if (made === null) return;
    let ready = await readyFor(life, action, made, actions);
    // What is so from the start shows nothing of what is done.
    if (ready && takenBackBy(action) === undefined && saysAny(life, action, ready.row)) {
      made = (await madeFor(life, action, other, false)) ?? made;
      ready = await readyFor(life, action, made, actions);
    }
    // What a key for retries has made once is the same thing.
    const apart = other !== null && scalarText(other.thing.key) !== scalarText(made.thing.key) ? other : null;
    const beside = apart && (await life.read(apart.thing, 'read another thing before an action'))?.row;
    const before = ready?.row;
    const doing = before && (await act(life, action, made, before));
    if (!ready || !before || !doing || !isSuccess(doing) || (doing.received.status === 202 && !life.hands.isPatient))
      continue;
    await checkAllowedFirst(life, action, { before, doing });
    const done = await checkEffect(life, action, actions, { made, before, doing });
    await checkBroughtBack(life, action, made, ready, doing);
    await checkSaid(life, action, made, before, doing);
    await checkAllowed(life, action, made, doing);
    await checkChangeAllowed(life, made, doing);
    if (done !== null && apart && beside) await checkBeside(life, apart, beside, done);
    const { list } = life.roles;
    if (done !== null && list)
      await checkFilteredAfter(life.hands, { role: list, path: life.hands.pathTo(list, made.thing) }, done);
  }
}

/** What was done is so, as far as the answer shows it or names say it. @returns null where nobody can tell */
async function checkEffect(
  life: Life,
  action: ItemRole,
  actions: readonly ItemRole[],
  { made, before, doing }: { made: Made; before: JsonObject; doing: Exchange },
): Promise<Done | null> {
  const { read } = life.roles;
  const answered = action.answer === null ? null : rowIn(doing, action);
  if (read === undefined || answered === null) return checkDone(life, action, made, before, doing);
  // What shows another key, or none, may speak of something that the action has made.
  if (keyOf(life.resource, answered) !== scalarText(made.thing.key)) return null;
  const names = saidBy(life, read, { before, doing, answered });
  if (names.length === 0) return checkDone(life, action, made, before, doing);
  const done = await checkAnswered(life, made, before, { doing, row: answered, names });
  // What it was told, it shows: that need not be what it does.
  const said = saysDone(action, answered, shownBy(life.operation(read), read));
  if (said.size > 0 && !names.some((name) => said.has(name))) await checkDone(life, action, made, before, doing);
  await checkNoOther(life, action, actions, before, done);
  return done;
}

/** To cancel an order does not make it one that is paid: no member says that another action was done, and not this one. */
async function checkNoOther(
  life: Life,
  action: ItemRole,
  actions: readonly ItemRole[],
  before: JsonObject,
  { doing, row }: Done,
): Promise<void> {
  const { read } = life.roles;
  if (read === undefined || takenBackBy(action) !== undefined) return;
  const shown = shownBy(life.operation(read), read);
  const others = actions.filter((each) => each !== action && takenBackBy(each) === undefined);
  const isOthers = (each: string) =>
    typeof row[each] === 'string' && others.some((other) => saysDone(other, row, shown).get(each) === true);
  const name = [...saysDone(action, row, shown)].find(
    ([each, isDone]) => !isDone && !saySame(before, row, each) && isOthers(each),
  )?.[0];
  if (name === undefined) return;
  await life.hands.hold('change-kept', async () =>
    broken(doing, {
      message: `An action has done what another one is called by: ${told(doing)}: "${name}"`,
      expected: `"${name}" that says what this one is called by`,
      received: excerpt(row[name] ?? null),
      cause: 'an action that does another',
    }),
  );
}

/** Members that an action shows as something else than they were. */
function saidBy(
  life: Life,
  read: ItemRole,
  { before, doing, answered }: { before: JsonObject; doing: Exchange; answered: JsonObject },
): string[] {
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
    (before[name] ?? null) === null && said.has(answered[name] ?? null) && shown.some((member) => member.name === name);
  return Object.keys(answered).filter(
    (name) =>
      (isTold(name) || (typeof answered[name] === typeof before[name] && !saySame(before, answered, name))) &&
      !isVolatile(name) &&
      !saysKind(life, name, before) &&
      mayBeShown(name),
  );
}

/** Whether a member says what a thing is: an action may name it otherwise, as an `incident_reference`. */
function saysKind({ resource }: Life, name: string, row: JsonObject): boolean {
  const said = row[name];
  return /^(?:@?type|kind|object)$/i.test(name) && typeof said === 'string' && isSameName(said, nounOf(resource));
}

const nounOf = ({ name }: Life['resource']): string => name.split('.').at(-1) ?? name;

/** What an action shows of a thing is kept. */
async function checkAnswered(life: Life, { thing }: Made, before: JsonObject, done: Done): Promise<Done> {
  const { doing, row: answered, names } = done;
  await life.hands.hold('change-kept', async () => {
    const after = await life.read(thing, 'read it after an action');
    if (!after?.row) return null;
    const { row, exchange } = after;
    const forgotten = names.find((name) => saySame(before, row, name) && !saySame(answered, row, name));
    if (forgotten === undefined) return kept(exchange);
    return broken(exchange, {
      message: `What an action says that it has done is not so: ${told(doing)}, and then ${nameOf(exchange)}: "${forgotten}"`,
      expected: excerpt(answered[forgotten]),
      received: excerpt(row[forgotten]),
      cause: 'an action that is forgotten',
    });
  });
  return done;
}

/**
 * What was done and not shown is so when the thing is read, as far as its members say by their names whether it has been done.
 * Nobody is held to more than one of them, nor to anything where the thing has become something else.
 */
async function checkDone(
  life: Life,
  action: ItemRole,
  made: Made,
  before: JsonObject,
  doing: Exchange,
): Promise<Done | null> {
  const { read } = life.roles;
  const shown = read ? shownBy(life.operation(read), read) : [];
  let last = null as Reading | null;
  await life.hands.hold('change-kept', async () => {
    last = (await life.read(made.thing, 'read it after an action')) ?? null;
    const row = last?.row;
    const said = row ? saysDone(action, row, shown) : null;
    const names = [...(said?.keys() ?? [])];
    if (!last || !row || names.length === 0 || isDone(life, action, before)) return null;
    // What is `archived` as before was not restored, whatever else says so.
    const isUndone = takenBackBy(action) !== undefined;
    const stays = (name: string) => typeof row[name] === 'string' && said?.get(name) === false;
    const isSo =
      (names.some((name) => said?.get(name)) || names.some((name) => !saySame(before, row, name))) &&
      !(isUndone && names.some((name) => ofState.test(name) && stays(name) && saySame(before, row, name)));
    if (isSo) return kept(last.exchange);
    return broken(last.exchange, {
      severity: mayComeLater(action) ? 'warning' : 'violation',
      message: `An action was taken, and nothing says that it was done: ${told(doing)}, and then ${nameOf(last.exchange)}`,
      expected: `${names.map((name) => `"${name}"`).join(' or ')} that ${names.length > 1 ? 'say' : 'says'} so`,
      received: excerpt(Object.fromEntries(names.map((name) => [name, row[name] ?? null]))),
      cause: 'an action that is forgotten',
    });
  });
  const row = last?.row;
  if (!row) return null;
  const names = Object.keys(row).filter((name) => !isVolatile(name) && !saySame(before, row, name));
  return names.length === 0 ? null : { doing, row, names };
}

/**
 * What was done to one thing was not done to another. Where only one may be so, such as a default, the other has become
 * something else, and not the same.
 */
async function checkBeside(
  life: Life,
  other: Made,
  before: JsonObject,
  { doing, row: done, names }: Done,
): Promise<void> {
  await life.hands.hold('others-kept', async () => {
    const after = await life.read(other.thing, 'read another thing after an action');
    if (!after?.row) return null;
    const { row, exchange } = after;
    const isNew = (each: string): boolean => !saySame(before, row, each) && !saySame(before, done, each);
    const name = names.find((each) => isNew(each) && saySame(done, row, each));
    if (name === undefined) return kept(exchange);
    return broken(exchange, {
      message: `What was done to one thing was done to another too: ${told(doing)}, and then ${nameOf(exchange)}: "${name}"`,
      expected: excerpt(before[name] ?? null),
      received: excerpt(row[name]),
      cause: 'another thing after an action',
    });
  });
}
