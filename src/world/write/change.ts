import { mix, Random } from '../../fake/index.js';
import { headerOf } from '../../operation/index.js';
import { type ItemRole, type Part, readAt, setAt, verbIn } from '../../resource/index.js';
import { fits, type Schema } from '../../schema/index.js';
import { scalarText } from '../../text/integers.js';
import { merged } from '../../text/merge-patch.js';
import { child } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { following } from '../coherence/coherent.js';
import { isOfEdit, stamped } from '../coherence/order.js';
import { finished } from '../coherence/progress.js';
import { stated, statusOf } from '../coherence/states.js';
import { hasMoved } from '../inherited.js';
import { overlaid } from '../overlay.js';
import { rowSchemaOf } from '../shape.js';
import { acted, reasonFor } from './acted.js';
import { type Call, declares, type ItemOutcome, sentIn, timeOf, withKey } from './call.js';
import { fresh, keeps, keptByServer, maySend } from './fresh.js';
import { patched } from './json-patch.js';
import { masked } from './mask.js';
import { parted } from './part.js';
import { scimOperationsIn, scimPatched } from './scim-patch.js';
import { uploaded } from './uploaded.js';
import { written } from './written.js';

/** PUT, PATCH and actions, on a row that is there. */
export function change(call: Call<ItemRole>, key: string, row: Json): ItemOutcome {
  const { role, seed, ground, base } = call;
  // What was sent of one of its things is not said of the row.
  const sent = role.part ? {} : saidIn(call, row);
  const random = new Random(mix(seed, `${base.name} ${key} changed`));
  if (role.kind === 'replace' || role.kind === 'upsert') {
    const time = () => timeOf(call);
    const made = fresh(role, row, withKey(call, sent, key), { ground, random, time, isNew: false });
    return written(
      call,
      key,
      inStates(call, withEvent(call, made, sent), sent, rowSchemaOf(role.resource, ground)),
      false,
    );
  }
  let next: Json;
  const patch = patchIn(call);
  const scim = call.element === undefined ? scimOperationsIn(call.values.body as Json | undefined) : null;
  if (patch !== null || scim !== null) {
    const result = scim !== null ? scimPatched(row, scim) : patched(row, patch);
    if (typeof result === 'string') return unpatched(call, result);
    next = keptByServer(role, row, result.value, ground);
  } else if (role.part) {
    const held = parted(row, role.part, call, (one) => fits(rowSchemaOf(role.resource, ground), one));
    if (held === null) return missingPart(call, role.part);
    next = held;
  } else if (role.kind === 'action') {
    const { operation } = call;
    const verb = role.verb ?? verbIn(operation.path);
    const said = { ...asked(call, row as JsonObject), ...saidOf(sent, row, verb), ...namedAnew(call, sent, row) };
    // What is brought back is what it was.
    next = call.state?.row(key) === null ? said : acted(call, said, verb, operation.method === 'DELETE');
  } else {
    const said = nullsKept(call, row, sent);
    next = withEvent(call, keptByServer(role, row, said, ground), sent);
  }
  const own = rowSchemaOf(role.resource, ground);
  if (isObject(next)) next = withKey(call, next, key);
  const held = heldOf(row, next, own, role, patch === null && scim === null);
  if (held === null) return null;
  const settled = settledAfter(call, row, held, sent, own);
  const placed = hasMoved(role.resource, row, settled) ? call.inheriting(settled, sent) : settled;
  const whole = uploaded(placed, { request: call.request, isNew: false }, sent, (one) => fits(own, one));
  return written(call, key, whole, false);
}

/**
 * What a row can be of what it is to be; null for nothing.
 * @param isInParts whether some of it may be without the rest: a JSON Patch happens whole or not at all (RFC 6902, 5)
 */
function heldOf(row: Json, next: Json, own: Schema | null, { kind }: ItemRole, isInParts: boolean): Json | null {
  if (own === null || fits(own, next)) return next;
  const held = isInParts ? changedAsFits(row, next, own) : row;
  // An action is taken all the same, where the row has no way to say so.
  return held === row && kind !== 'action' ? null : held;
}

/**
 * What a changed row says of states that it was in before follows from that which it is in now.
 * @param before the row that was changed: what somebody wrote of its states, other than they are, stays as long as they do
 */
function inStates(call: Call<ItemRole>, next: Json, sent: JsonObject, own: Schema | null, before?: Json): Json {
  let settled: Json | undefined;
  const isWritten = (name: string, holder?: string): boolean => {
    if (before === undefined || isMoved(before, next, holder)) return false;
    settled ??= inStates(call, before, {}, own);
    const [was, is, asSettled] = [before, next, settled].map((row) => valueIn(row, name, holder));
    return was === is && was !== asSettled;
  };
  const isFree = (name: string, holder?: string) => {
    const said = holder === undefined ? sent : child(sent, holder);
    const isSent = said !== undefined && isObject(said) && Object.hasOwn(said, name);
    return !isSent && !isWritten(name, holder);
  };
  return stated(
    next,
    false,
    () => timeOf(call),
    isFree,
    (one) => fits(own, one),
  );
}

const valueIn = (row: Json, name: string, holder?: string): Json | undefined =>
  child(holder === undefined ? row : child(row, holder), name);

/** Whether the state of a row is another one. */
function isMoved(before: Json, next: Json, holder?: string): boolean {
  const [was, is] = holder === undefined ? [before, next] : [child(before, holder), child(next, holder)];
  if (!isObject(was) || !isObject(is)) return was !== is;
  const status = statusOf(is);
  return status !== undefined && was[status] !== is[status];
}

/** What was sent of a row, as far as the query lets it count. */
function saidIn(call: Call<ItemRole>, row: Json): JsonObject {
  const sent = sentIn(call, row);
  return call.role.kind === 'merge' ? masked(sent, call.values.query) : sent;
}

/** A changed row in which what the change means for others of its members is right. */
function settledAfter(call: Call<ItemRole>, row: Json, next: Json, sent: JsonObject, own: Schema | null): Json {
  const settled = inStates(call, next, sent, own, row);
  const isKept = (one: Json): boolean =>
    fits(own, one) &&
    Object.keys(sent).every(
      (name) => child(one, name) === child(settled, name) || keeps(child(one, name), sent[name] as Json),
    );
  const said = isObject(row) && isObject(settled) ? finished(row, settled, isKept) : settled;
  const followed = following(row, said === settled ? settled : inStates(call, said, sent, own, row), isKept);
  // What is done with a thing, or one of its list, does not edit it.
  const isByWord = call.role.kind === 'action' || call.role.part != null;
  const later = stamped(
    followed,
    'updated',
    () => timeOf(call),
    isByWord && isObject(followed) ? { ...onlyEdits(followed), ...sent } : sent,
    (name) => !maySend(call.role, name, call.ground),
  );
  return fits(own, later) ? later : followed;
}

/** What of a row says when somebody has edited it. */
const onlyEdits = (row: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([name]) => isOfEdit(name)));

/** A patch of what is not there is valid by the document: it is refused only as the document says. */
function unpatched(call: Call<ItemRole>, detail: string): ItemOutcome {
  const status = [409, 422].find((one) => declares(call, scalarText(one)));
  return status === undefined ? null : { kind: 'refused', status, detail };
}

/** A thing that a list of a row has not is refused as the document says, if it does. */
export function missingPart(call: Call<ItemRole>, { member }: Part): ItemOutcome {
  return declares(call, '404')
    ? { kind: 'refused', status: 404, detail: `There is no such thing in ${JSON.stringify(member)}` }
    : null;
}

/** A row with what it can have of what changes: a request may take more than rows show. The same row where that is nothing. */
function changedAsFits(row: Json, next: Json, own: Schema): Json {
  if (!isObject(row) || !isObject(next)) return row;
  const changes = Object.entries(next).filter(([name, value]) => row[name] !== value);
  const held = overlaid(row, Object.fromEntries(changes), own);
  return changes.some(([name]) => child(held, name) !== child(row, name)) ? held : row;
}

/** A JSON Patch that was sent, also where a merge patch may be: a row is no list. */
function patchIn({ role, values, element }: Call<ItemRole>): Json | null {
  if (element !== undefined || role.body?.isInList || (role.kind !== 'patch' && role.kind !== 'merge')) return null;
  const body = values.body as Json;
  const placed = role.body === null ? [] : readAt(body, role.body.path);
  const isMerged = role.kind === 'merge' || (isObject(body) && !Array.isArray(placed));
  return isMerged ? (Array.isArray(body) ? body : null) : (placed ?? []);
}

/** What is sent with an action, of what the row has: its `reason` may be why it was cancelled. */
function saidOf(sent: JsonObject, row: Json, action: string): JsonObject {
  const own = known(sent, row);
  for (const [name, value] of isObject(row) ? Object.entries(sent) : []) {
    const reason = typeof value === 'string' ? reasonFor(action, name, row as JsonObject) : undefined;
    if (reason === undefined || Object.hasOwn(own, reason)) continue;
    delete own[name];
    setMember(own, reason, value);
  }
  return own;
}

/** What an action names by another name than the row does: it is given to an agent (`agent_id`), who is its `assignee_id` from then on. */
function namedAnew({ role, operation, ground }: Call<ItemRole>, sent: JsonObject, row: Json): JsonObject {
  const { references } = role.resource;
  const members = ground.resources.sent(operation).flatMap(({ member, resource, isList }): [string, Json][] => {
    const name = member.at(-1) ?? '';
    const key = child(sent, name);
    const own = references.filter((one) => one.resource === resource && !one.isList && one.member.length === 1);
    const [only, ...others] = own.map((one) => one.member[0] as string);
    const isOther = !isList && only !== undefined && others.length === 0 && isObject(row) && !Object.hasOwn(row, name);
    return isOther && key !== undefined ? [[only, key]] : [];
  });
  return Object.fromEntries(members);
}

/** Of what is sent with an action only that is of the row which the row has. */
function known(sent: JsonObject, row: Json): JsonObject {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => isObject(row) && Object.hasOwn(row, name)));
}

/** A row as the query of an action says that it is to be (`POST /pets/7?status=sold`). */
function asked({ role, ground, values }: Call<ItemRole>, row: JsonObject): JsonObject {
  const own = rowSchemaOf(role.resource, ground);
  let whole = row;
  for (const [name, value] of Object.entries(known(values.query as JsonObject, row))) {
    const next = { ...whole, [name]: value };
    if (value !== undefined && fits(own, next)) whole = next;
  }
  return whole;
}

/**
 * A merge patch: null takes a member away (RFC 7396, 2), and stays of one that has to be there; where the schema knows null it stays
 * of each, as servers that merge plain JSON have it.
 */
function nullsKept({ role, ground, request }: Call<ItemRole>, row: Json, sent: JsonObject): Json {
  const own = rowSchemaOf(role.resource, ground);
  const without = merged(row, sent) as JsonObject;
  const type = headerOf(request, 'content-type') ?? role.body?.mediaType;
  const isMergePatch = type?.startsWith('application/merge-patch') === true;
  const nulls = [...nullsIn(sent)];
  const kept = nulls.reduce((whole: Json, at) => setAt(whole, at, null), without);
  if (nulls.length === 0 || (isMergePatch && fits(own, without)) || !fits(own, kept)) return without;
  if (!isMergePatch) return kept;
  const needed = nulls.filter((at) => !fits(own, merged(kept, setAt({}, at, null))));
  return needed.reduce((whole: Json, at) => setAt(whole, at, null), without);
}

/** Where a merge patch says null, each from the whole. */
function* nullsIn(sent: JsonObject, at: readonly string[] = []): Iterable<readonly string[]> {
  for (const [name, value] of Object.entries(sent)) {
    if (value === null) yield [...at, name];
    else if (isObject(value)) yield* nullsIn(value, [...at, name]);
  }
}

/** A row after the event that was sent for its state: `{ "state_event": "close" }`. */
function withEvent(call: Call<ItemRole>, row: Json, sent: JsonObject): Json {
  const [, event] = Object.entries(sent).find(([name]) => /^(?:state|status) event$/.test(phraseOf(name))) ?? [];
  return isObject(row) && typeof event === 'string' ? acted(call, row, event, false) : row;
}
