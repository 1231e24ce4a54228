import { defaultOf, listedValues } from '../../schema/view.js';
import { pointerOf } from '../../text/pointer.js';
import type { JsonObject } from '../../text/value.js';
import { statusClass } from '../checks/received.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import { changesOf, hardest } from './candidates.js';
import { type Changed, checkChanged, checkOthers, checkRename } from './changed.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading, told } from './life.js';
import { likenessOf } from './likeness.js';
import { counting, isSaying, type Member, naming, shownBy } from './members.js';
import { matching } from './validators.js';

/** So many members are tried until one step is taken. */
const mostTried = 3;

/**
 * Where a change may be told in two ways, what a JSON Patch replaces is replaced as well, and nothing else is (RFC 6902, 4.3). What
 * it removes is gone, and it does nothing where what it tests is otherwise (4.2, 4.6, 5).
 * @param taken the members that a thing may be given: a schema of steps says nothing of them
 */
export async function checkJsonPatch(life: Life, made: Made, taken: readonly Member[]): Promise<Changed> {
  const { change } = life.roles;
  const unchanged = { made, last: null };
  const contents = change ? (life.operation(change).requestBody?.content ?? []) : [];
  const content = contents.find(({ mediaType }) => isJsonPatch.test(mediaType));
  if (change === undefined || content === undefined) return unchanged;
  const send = async (before: Reading, title: string, ...steps: JsonObject[]): Promise<Exchange | null> =>
    life.ask(change, made.thing, title, {
      body: steps,
      mediaType: content.mediaType,
      mayBeRefused: true,
      ...matching(life, before.exchange, change),
    });
  await checkTested(life, made, taken, send);
  await checkRemoved(life, made, taken, send);
  if (change.kind === 'patch') return unchanged;
  const operation = life.operation(change);
  const before = await life.read(made.thing, 'read what will be changed by a JSON patch');
  if (!before?.row) return unchanged;
  const candidates = changesOf(life, operation, taken, before.row, {}).filter(({ ease }) => ease < hardest);
  for (const { member, value } of candidates.slice(0, mostTried)) {
    const { name } = member;
    const step = { op: 'replace', path: pointerOf(name), value };
    const exchange = await send(before, `replace "${name}" by a JSON patch`, step);
    if (exchange === null || !isSuccess(exchange)) continue;
    const renamed = await checkRename(life, made, exchange, { [name]: value });
    if (renamed !== null) return { made: renamed, last: exchange };
    const after = await checkChanged(life, made, exchange, { [name]: value }, taken);
    if (after?.row) await checkOthers(life, made, exchange, before, { [name]: value }, taken);
    return { made, last: exchange };
  }
  return unchanged;
}

type Send = (before: Reading, title: string, ...steps: JsonObject[]) => Promise<Exchange | null>;

/** A patch that tests for what is not so is refused, and does none of its steps (RFC 6902, 5). */
async function checkTested(life: Life, { thing }: Made, taken: readonly Member[], send: Send): Promise<void> {
  const left = naming(life.resource);
  const isText = ({ name, parts }: Member, row: JsonObject) =>
    !left.has(name) && typeof row[name] === 'string' && listedValues(parts).length === 0;
  const first = await life.read(thing, 'read what a JSON patch will test');
  const name = taken.find((member) => first?.row && isText(member, first.row))?.name;
  if (!first?.row || name === undefined) return;
  await life.hands.hold('change-kept', async () => {
    const before = await life.read(thing, 'read what a JSON patch will test');
    const old = before?.row?.[name];
    if (!before || typeof old !== 'string') return null;
    const path = pointerOf(name);
    const steps = [
      { op: 'test', path, value: `${old} otherwise` },
      { op: 'replace', path, value: `${old}b` },
    ];
    const patching = await send(before, `change "${name}" if it is otherwise`, ...steps);
    if (!patching || !isSuccess(patching) || (patching.received.status === 202 && !life.hands.isPatient))
      return patching && statusClass(patching.received.status ?? 0) === 4 ? kept(patching) : null;
    const after = await life.read(thing, 'read what a JSON patch has tested');
    if (!after?.row) return null;
    return broken(patching, {
      message: `A JSON patch was not refused though what it tests is otherwise: ${told(before.exchange)}, and then ${told(patching)} for a test of "${name}"`,
      expected: 'a refusal, and nothing changed (RFC 6902, 5)',
      received: `status ${patching.received.status}, and "${name}" is ${excerpt(after.row[name])}`,
      cause: 'a test of a JSON patch',
    });
  });
}

/** What a patch removes is not there any more (RFC 6902, 4.2), nor anything else removed. */
async function checkRemoved(life: Life, made: Made, taken: readonly Member[], send: Send): Promise<void> {
  const left = naming(life.resource);
  const before = await life.read(made.thing, 'read what a JSON patch will remove');
  const { read } = life.roles;
  const needed = new Set(
    (read ? shownBy(life.operation(read), read) : []).flatMap(({ name, isRequired }) => (isRequired ? name : [])),
  );
  const isFree = ({ name, parts, isRequired }: Member) =>
    !(isRequired || needed.has(name)) && !left.has(name) && !counting.test(name) && defaultOf(parts) === undefined;
  const name = taken.find((member) => isFree(member) && isSaying(before?.row?.[member.name]))?.name;
  if (!before?.row || name === undefined) return;
  const patching = await send(before, `remove "${name}" by a JSON patch`, { op: 'remove', path: pointerOf(name) });
  if (!patching || !isSuccess(patching) || (patching.received.status === 202 && !life.hands.isPatient)) return;
  const old = before.row[name] ?? null;
  await life.hands.hold('change-kept', async () => {
    const after = await life.read(made.thing, 'read what a JSON patch has removed');
    if (!after?.row) return null;
    if (likenessOf(old, after.row[name]) === 'other') return kept(after.exchange);
    return broken(after.exchange, {
      message: `A JSON patch has not removed a member: ${told(patching)} for "${name}", and then ${nameOf(after.exchange)}`,
      expected: `no "${name}", or another value than before (RFC 6902, 4.2)`,
      received: excerpt(after.row[name]),
      cause: 'a member that a JSON patch removes',
    });
  });
  await checkOthers(life, made, patching, before, { [name]: null }, taken);
}

const isJsonPatch = /^application\/json-patch\+json\b/i;
