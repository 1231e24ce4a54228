import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import { checkOthers } from './changed.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading, told } from './life.js';
import { likenessOf } from './likeness.js';
import { counting, isSaying, isVolatile, type Member, mayBe, naming, secret, shownBy } from './members.js';

/** A change of one member inside of another, and what stands beside it there. */
interface Inner {
  readonly path: readonly string[];
  readonly value: Json;
  readonly beside: JsonObject;
}

/** So deep, and so many of them, inner members are changed. */
const [deepest, mostInner] = [3, 2];

type Send = (before: Reading, members: JsonObject, title: string) => Promise<Exchange | null>;

/**
 * What JSON Merge Patch promises (RFC 7396, 2): an object in it is merged with the one that is there, on every level, and null
 * takes a member away. In a PATCH of another media type null may also be what was not given, unless its schema lets some members be null
 * and others not: of that alone is told.
 */
export async function checkMerge(life: Life, made: Made, taken: readonly Member[], send: Send): Promise<void> {
  const { change } = life.roles;
  if (!change?.body || change.kind !== 'merge') return;
  const isMerging = /^application\/merge-patch\+json\b/i.test(change.body.mediaType);
  const operation = life.operation(change);
  const left = naming(life.resource);
  const free = taken.filter(({ name }) => !left.has(name) && !counting.test(name) && !secret.test(name));
  const before = await life.read(made.thing, 'read what will be merged');
  if (!before?.row) return;
  const { row } = before;
  const inner = (isMerging ? free : []).flatMap((member) =>
    innerOf(row[member.name], [member.name], (body) => mayBe(operation, member, body[member.name] ?? null)),
  );
  for (const one of inner.toSorted((a, b) => b.path.length - a.path.length).slice(0, mostInner))
    await checkInner(life, made, one, send);
  // What names another thing may name none as well.
  const references = new Set(life.resource.references.flatMap(({ member }) => (member.length === 1 ? member : [])));
  const taking = [...free, ...taken.filter(({ name }) => references.has(name))].find(
    (member) => !member.isRequired && isSaying(row[member.name]) && mayBe(operation, member, null),
  );
  // Where each member may be null that need not be there, null may stand for what is not given: of some it says something.
  const isToldApart =
    taking !== undefined &&
    mayBeAbsent(life, taking) &&
    kinds.some((value) => !mayBe(operation, taking, value)) &&
    free.some((member) => !member.isRequired && !mayBe(operation, member, null));
  const how = { send, isMerging, isToldApart, taken };
  if (taking !== undefined) await checkTaken(life, made, [taking.name], how);
  for (const one of inner.slice(0, 1)) {
    const [beside] = Object.keys(one.beside);
    const place = beside === undefined ? one.path : [...one.path.slice(0, -1), beside];
    const member = free.find(({ name }) => name === place[0]);
    if (member && mayBe(operation, member, nested(place, null)[member.name] ?? null))
      await checkTaken(life, made, place, how);
  }
}

/** A value of each type but null: what may be all of these says nothing of null. */
const kinds: readonly Json[] = [{}, [], '', 0, true];

/** Whether what reads a thing may show that a member is not there. */
function mayBeAbsent(life: Life, { name }: Member): boolean {
  const { read } = life.roles;
  const operation = read && life.operation(read);
  const shown = operation ? shownBy(operation, read).find((member) => member.name === name) : undefined;
  return !operation || !shown?.isRequired || mayBe(operation, shown, null, 'response');
}

/** The last object on each way down that has something to change beside something that stays. */
function innerOf(
  value: Json | undefined,
  path: readonly string[],
  isValid: (body: JsonObject) => boolean,
): readonly Inner[] {
  if (!isObject(value) || path.length > deepest) return [];
  const deeper = Object.entries(value).flatMap(([name, each]) => innerOf(each, [...path, name], isValid));
  const saying = Object.entries(value).filter(([name, each]) => isSaying(each) && !isVolatile(name));
  for (const [name, old] of saying) {
    const rest = Object.fromEntries(saying.filter(([each]) => each !== name));
    const at = [...path, name];
    const other = othersOf(old).find((each) => isValid(nested(at, each)));
    if (other !== undefined && Object.keys(rest).length > 0)
      return [...deeper, { path: at, value: other, beside: rest }];
  }
  return deeper;
}

function othersOf(old: Json): Json[] {
  return typeof old === 'number' ? [old + 1, old - 1] : [`${old} again`, `${old}b`];
}

function nested(path: readonly string[], value: Json): JsonObject {
  return path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value) as JsonObject;
}

function at(row: JsonObject | null | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), row ?? undefined);
}

async function checkInner(life: Life, made: Made, { path, value, beside }: Inner, send: Send): Promise<void> {
  const name = path.join('.');
  const before = await life.read(made.thing, 'read what will be merged inside');
  const merging = before?.row && (await send(before, nested(path, value), `change "${name}" alone`));
  if (!merging || !isSuccess(merging) || (merging.received.status === 202 && !life.hands.isPatient)) return;
  await life.hands.hold('others-kept', async () => {
    const after = await life.read(made.thing, 'read what was merged inside');
    if (!after?.row) return null;
    const holder = path.slice(0, -1);
    const now = at(after.row, holder);
    const lost = Object.entries(beside).filter(
      ([each, old]) => likenessOf(old, isObject(now) ? now[each] : undefined) === 'other',
    );
    if (lost.length === 0) return kept(after.exchange);
    return broken(after.exchange, {
      message: `A merge patch of "${name}" has changed what stands beside it: ${told(merging)}, and then ${nameOf(after.exchange)}: ${lost.map(([each]) => `"${each}"`).join(', ')}`,
      expected: `${excerpt(Object.fromEntries(lost))}, as before (RFC 7396, 2)`,
      received: `"${holder.join('.')}": ${excerpt(now ?? null)}`,
      cause: 'a merge patch that replaces objects',
    });
  });
}

async function checkTaken(
  life: Life,
  made: Made,
  path: readonly string[],
  {
    send,
    isMerging,
    isToldApart,
    taken,
  }: { send: Send; isMerging: boolean; isToldApart: boolean; taken: readonly Member[] },
): Promise<void> {
  const name = path.join('.');
  const before = await life.read(made.thing, 'read what will be taken away');
  const old = at(before?.row, path);
  const taking = before && isSaying(old) && (await send(before, nested(path, null), `take "${name}" away`));
  if (!taking || !isSuccess(taking) || (taking.received.status === 202 && !life.hands.isPatient)) return;
  await life.hands.hold('change-kept', async () => {
    const after = await life.read(made.thing, 'read what was taken away');
    if (!after?.row) return null;
    const now = at(after.row, path);
    if (likenessOf(old ?? null, now) === 'other') return kept(after.exchange);
    const isPromised = isMerging || isToldApart;
    const [how, promise] = isMerging
      ? ['A merge patch with null has not taken a member away', ' (RFC 7396, 2)']
      : [
          'A change with null has left a member as it was',
          isToldApart ? '' : ', if null is no member that was not given',
        ];
    return broken(after.exchange, {
      severity: isPromised ? 'violation' : 'information',
      message: `${how}: ${told(taking)} with "${name}": null, and then ${nameOf(after.exchange)}`,
      expected: `no "${name}", or null${promise}`,
      received: `"${name}": ${excerpt(now ?? null)}`,
      cause: 'null in a change',
    });
  });
  const [only, ...inner] = path;
  if (only !== undefined && inner.length === 0) await checkOthers(life, made, taking, before, { [only]: null }, taken);
}
