import type { ItemRole } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { pointerOf } from '../../text/pointer.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import { rowOf } from './attributes.js';
import { checkOthersKept, rowsOf } from './beside-it.js';
import { type Candidate, changesOf, hardest } from './candidates.js';
import { type Changed, checkChanged, checkOthers, checkRename, ofState } from './changed.js';
import { checkListed, foreignValues } from './creating.js';
import type { Made } from './hands.js';
import { checkJsonPatch } from './json-patch.js';
import { broken, kept, type Life, type Reading, told } from './life.js';
import { folded } from './likeness.js';
import { type Member, takenBy } from './members.js';
import { checkMerge } from './merging.js';
import { checkMoved } from './moments.js';
import { checkOtherTag, checkTags, checkVersion, matching } from './validators.js';
import { checkWitness, type Witness } from './witness.js';

/** So many members are tried until one change is taken. */
const mostChanges = 4;

/**
 * Changes one member, and looks at what became of the thing; then all others at once, or each by itself.
 *
 * @param witness another thing, to which nothing of that is done
 */
export async function checkChange(life: Life, made: Made, witness: Witness | null): Promise<Changed> {
  const { change } = life.roles;
  const before = await life.read(made.thing, 'read what will be changed');
  if (change === undefined || !before?.row) return { made, last: null };
  // A schema of steps (RFC 6902) says nothing of the members that they change.
  const whole = change.kind === 'patch' ? (life.roles.replace ?? life.roles.create) : change;
  if (whole === undefined) return { made, last: null };
  const taken = takenBy(life.operation(whole), whole);
  const changing: Changing = { life, made, change, taken };
  const drawn = rowOf(whole, await life.hands.fresh(whole, made.thing)) ?? {};
  const candidates = changesOf(life, life.operation(change), taken, before.row, drawn);
  const rows = await rowsOf(life, made, before.row);
  let refused = 0;
  let last: Exchange | null = null;
  for (const { member, value } of candidates.slice(0, mostChanges * 2)) {
    if (refused >= mostChanges) break;
    const { name } = member;
    const exchange = await send(changing, before, { [name]: value }, `change "${name}" alone`);
    if (exchange === null) continue;
    if (!isSuccess(exchange)) {
      refused++;
      continue;
    }
    last = exchange;
    const renamed = await checkRename(life, made, exchange, { [name]: value });
    if (renamed !== null) return { made: renamed, last };
    const after = await checkChanged(life, made, exchange, { [name]: value }, taken);
    if (!after?.row) break;
    await checkOthers(life, made, exchange, before, { [name]: value }, taken);
    await checkOthersKept(life, made, exchange, { [name]: value }, rows);
    const same = bodyOf(changing, after.row, { [name]: after.row[name] ?? null });
    await checkTags(life, made, before, after, change.kind === 'patch' ? null : { role: change, body: same });
    await checkVersion(life, change, taken, before, after, (title, version) => {
      const body = bodyOf(changing, after.row ?? {}, { [name]: after.row?.[name] ?? null, ...version });
      return life.ask(change, made.thing, title, { body, mayBeRefused: true });
    });
    const now = await movedAfter(changing, { before, after, name, value });
    last = (await changeRest(changing, now, candidates, name)) ?? last;
    break;
  }
  if (last !== null) {
    // Before anything is taken away: what another thing lacks may be what it gets then.
    await checkWitness(life, witness, last);
    await checkMerge(life, made, taken, (reading, members, title) => send(changing, reading, members, title));
    await checkReadOnlyStays(changing);
    await checkListed(life, made, last);
  }
  const patched = await checkJsonPatch(life, made, taken);
  return { made: patched.made, last: patched.last ?? last };
}

/** What says when it was changed last has gone on. @returns the thing as it is by then */
async function movedAfter(
  changing: Changing,
  { before, after, name, value }: { before: Reading; after: Reading; name: string; value: Json },
): Promise<Reading> {
  const { life, made, taken } = changing;
  const was = before.row?.[name] ?? null;
  return checkMoved(life, made, taken, before, after, async () => {
    let now: Reading | undefined;
    for (const each of [was, value]) {
      now = await life.read(made.thing, 'read what will be changed once more');
      const exchange = now && (await send(changing, now, { [name]: each }, `change "${name}" once more`));
      if (!exchange || !isSuccess(exchange)) return undefined;
    }
    return life.read(made.thing, 'read when it was changed');
  });
}

export interface Changing {
  readonly life: Life;
  readonly made: Made;
  readonly change: ItemRole;
  /** The members that it takes. */
  readonly taken: readonly Member[];
}

function bodyOf({ life, change, taken }: Changing, row: JsonObject, members: JsonObject): Json {
  return change.kind === 'patch'
    ? Object.entries(members).map(([name, value]) => ({ op: 'replace', path: pointerOf(name), value }))
    : life.bodyWith(change, withRequired(life, taken, row, members));
}

/** A change of these members alone, as far as the document lets one say them alone. */
export function send(changing: Changing, { exchange, row }: Reading, members: JsonObject, title: string) {
  const { life, made, change } = changing;
  const body = bodyOf(changing, row ?? {}, members);
  return life.ask(change, made.thing, title, { body, mayBeRefused: true, ...matching(life, exchange, change) });
}

/** What is not changed yet: a server may forget one member, and keep another. */
async function changeRest(
  changing: Changing,
  before: Reading,
  candidates: readonly Candidate[],
  done: string,
): Promise<Exchange | null> {
  const { life, made, taken } = changing;
  const rest = new Map<string, Json>();
  const easy = new Map<string, Json>();
  for (const { member, value, ease } of candidates) {
    if (member.name === done || rest.has(member.name)) continue;
    rest.set(member.name, value);
    if (ease < hardest) easy.set(member.name, value);
  }
  for (const some of easy.size > 0 && easy.size < rest.size ? [rest, easy] : [rest]) {
    if (some.size === 0) return null;
    const title = some === rest ? 'change all other members' : 'change all other members that it has';
    const members = Object.fromEntries(some);
    const all = await send(changing, before, members, title);
    if (all === null || !isSuccess(all)) continue;
    const after = await checkChanged(life, made, all, members, taken);
    if (after !== undefined) await checkFirst(changing, { before, after, changed: members, done }, all);
    return all;
  }
  let last: Exchange | null = null;
  for (const [name, value] of [...rest].slice(0, mostChanges)) {
    const now = await life.read(made.thing, 'read what will be changed again');
    const one = now && (await send(changing, now, { [name]: value }, `change "${name}" alone`));
    if (!one || !isSuccess(one)) continue;
    last = one;
    await checkChanged(life, made, one, { [name]: value }, taken);
  }
  return last;
}

/**
 * What was changed first stays. It is no longer what it is by default: what resets members that it does not name shows by that,
 * unless one that it names may mean the same (`done` and `status`, `done` and `doneOn`).
 */
async function checkFirst({ life, made, taken }: Changing, { before, after, changed, done }: Further, by: Exchange) {
  const isBound = Object.keys(changed).some((name) => ofState.test(name) || folded(name).includes(folded(done)));
  if (!isBound) await checkOthers(life, made, by, before, changed, taken);
  await checkOtherTag(life, before, after);
}

interface Further {
  readonly before: Reading;
  readonly after: Reading;
  readonly changed: JsonObject;
  /** The member that was changed first. */
  readonly done: string;
}

/** What is `readOnly` is the server's: a change that names it changes nothing of it. */
async function checkReadOnlyStays(changing: Changing): Promise<void> {
  const { life, made, change } = changing;
  const before = await life.read(made.thing, 'read what only the server sets');
  const foreign = before?.row ? foreignValues(life.operation(change), change, before.row) : {};
  if (!before?.row || Object.keys(foreign).length === 0) return;
  const exchange = await send(changing, before, foreign, 'change what is readOnly');
  // To refuse it is as right as to overlook it.
  if (exchange === null || !isSuccess(exchange) || exchange.received.status === 202) return;
  await life.hands.hold('read-only-kept', async () => {
    const after = await life.read(made.thing, 'read what was readOnly');
    if (!after?.row) return null;
    const { row } = after;
    const name = Object.keys(foreign).find((each) => scalarText(row[each]) === scalarText(foreign[each]));
    if (name === undefined) return kept(after.exchange);
    return broken(after.exchange, {
      message: `What is readOnly was taken from the client: ${told(exchange)} with "${name}", and then ${nameOf(after.exchange)}`,
      expected: excerpt(before.row?.[name]),
      received: excerpt(row[name]),
      cause: `readOnly "${name}" in a change`,
    });
  });
}

/** With what the schema requires besides, as it is, and the key where the path has none. */
function withRequired(life: Life, taken: readonly Member[], row: JsonObject, changed: JsonObject): JsonObject {
  const body: JsonObject = {};
  const [key] = life.resource.key?.member ?? [];
  const isKeyed = life.roles.change?.keyParameter === null;
  for (const { name, isRequired } of taken) {
    const value = row[name];
    if ((isRequired || (isKeyed && name === key)) && value !== undefined) setMember(body, name, value);
  }
  return { ...body, ...changed };
}
