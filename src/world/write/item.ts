import { mix, Random } from '../../fake/index.js';
import { type ItemRole, keyOf, type RelationRole, type Resource, readAt, setAt } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json, JsonObject } from '../../text/value.js';
import { slugFor } from '../coherence/naming.js';
import { isNamedByPath } from '../ground.js';
import { keyMakerOf } from '../keys.js';
import { Listing } from '../list/listing.js';
import { placedLast, positionIn } from '../positions.js';
import { type Row, rowOf } from '../row.js';
import { rowSchemaOf, withSaid } from '../shape.js';
import { type Call, declares, type ItemOutcome, isBelow, type Refused, sentIn, timeOf, withKey } from './call.js';
import { change, missingPart } from './change.js';
import { chosenKey } from './chosen-key.js';
import { deleteMany } from './delete-many.js';
import { forbiddenIn } from './forbidden.js';
import { fresh } from './fresh.js';
import { keyBy, maximumNamed } from './key-by.js';
import { membersOf } from './members.js';
import { haveNames, isCalled } from './names.js';
import { ofOtherKind } from './other-kind.js';
import { withOwnNumbers } from './own-numbers.js';
import { partIn } from './part.js';
import { deletionOf, restored } from './restore.js';
import { hasTags, precondition, tagOf } from './tag.js';
import { isCopying, takenFrom } from './taken.js';
import { memberOfText, uniqueTexts } from './unique.js';
import { uploaded } from './uploaded.js';
import { conflict, retryText, written } from './written.js';

/**
 * The row that an operation is about which says what it is related to, as it is after it.
 * @param changed the row as it is to be; undefined where it cannot be so
 */
export function performRelation(
  role: RelationRole,
  call: Call<ItemRole>,
  changed: (row: Json) => Json | undefined,
): ItemOutcome {
  const key = keyOfCall(call);
  const { row, isGone } = key === null ? { row: undefined, isGone: false } : find(call, key);
  if (key === null) return null;
  if (row === undefined) return missing(call, key, isGone);
  if (role.change === 'read') return { kind: 'done', row, changes: [], isCreated: false, tag: null };
  const next = changed(row.value);
  return next === undefined ? null : written(call, key, next, false);
}

/** What becomes of one row. */
export function perform(call: Call<ItemRole>): ItemOutcome {
  const { role, base, state } = call;
  if (role.kind === 'create') return create(call);
  if (role.kind === 'delete-many') return deleteMany(call);
  const key = keyOfCall(call);
  if (key === null) return unnamed(call);
  const found = find(call, key);
  const row = found.row ?? restored(call, key, found.isGone);
  const isListed = state?.row(key) != null || (!found.isGone && base.indexOf(key) !== undefined);
  if (role.kind === 'upsert' && !isListed) return insert(call, key, sentIn(call));
  if (row === undefined) {
    // To take away what is away already changes nothing: it is refused where the document says that it may be.
    const isAllTheSame = found.isGone && role.kind === 'delete' && role.resource.isSingleton;
    if (isAllTheSame && !declares(call, '404') && !declares(call, '410'))
      return { kind: 'done', row: null, changes: [], isCreated: false, tag: null };
    return found.isGone || base.indexOf(key) === undefined ? missing(call, key, found.isGone) : null;
  }
  // What says itself that it stands elsewhere is not here; a link that was written by hand leads somewhere all the same.
  if (role.keyParameter !== null && call.around.length > 0 && !isBelow(row.value, call.around))
    return call.state?.row(key) !== undefined || call.ground.isClosed ? elsewhere(role, key) : null;
  return performOn(call, key, row);
}

/** What becomes of a row that is there. */
function performOn(call: Call<ItemRole>, key: string, row: Row): ItemOutcome {
  const { role } = call;
  const tag = hasTags(role.resource, call.ground) ? tagOf(row) : null;
  const unmatched = tag === null ? null : precondition(call, tag);
  if (unmatched !== null) return unmatched;
  switch (role.kind) {
    case 'read':
    case 'exists':
      if (role.part && partIn(row.value, role.part, call) === undefined) return missingPart(call, role.part);
      return { kind: 'done', row, changes: [], isCreated: false, tag };
    case 'delete':
      return (
        forbiddenIn(call, row.value) ?? {
          kind: 'done',
          row,
          changes: [deletionOf(call, key, row)],
          isCreated: false,
          tag: null,
        }
      );
    default:
      return forbiddenIn(call, row.value) ?? change(call, key, row.value);
  }
}

/** The key of the row that a call is about; null where it says none. */
export function keyOfCall(call: Call<ItemRole>): string | null {
  const { role, values } = call;
  const { resource, keyParameter } = role;
  if (resource.isSingleton) return '';
  if (role.isSelf) return call.base.size === 0 ? null : call.base.keyAt(0);
  if (role.naming?.in === 'path') return keyBy(call, role.naming);
  if (role.naming !== null) return textOf(readAt(values[role.naming.in] as Json | undefined, role.naming.member));
  if (keyParameter === null) return keyOf(resource, sentIn(call)) ?? null;
  const named = values.path[keyParameter];
  // Where several may be named, one of them is as it would be alone.
  const value = Array.isArray(named) && named.length === 1 ? named[0] : named;
  if (value === undefined || value === null || typeof value === 'object') return null;
  const text = scalarText(value);
  return keyCalled(call, text) ?? text;
}

/** What comes of a path that calls nothing that there is. */
const unnamed = (call: Call<ItemRole>): ItemOutcome =>
  call.role.naming?.in === 'path' && call.ground.isClosed ? missing(call, '', false) : null;

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' ? scalarText(value) : null;

/** The key of the row that a text names which can be no key: `/repos/website` where the key of a repository is a number. */
function keyCalled({ role: { resource }, ground, base, state }: Call<ItemRole>, text: string): string | undefined {
  const maker = keyMakerOf(resource, ground);
  if (resource.key === null || state?.row(text) !== undefined || maker.accepts(maker.read(text))) return undefined;
  const rows = haveNames(resource, ground) ? new Listing(base, state).rows(0, maximumNamed) : [];
  const called = rows.find(({ value }) => isCalled(value, text));
  return called && keyOf(resource, called.value);
}

interface Found {
  readonly row: Row | undefined;
  /** It was deleted. */
  readonly isGone: boolean;
}

/** The row with a key: as it was changed, as it is in the base world, or made for this key. */
function find({ base, state, ground, role, isMadeElsewhere, shown }: Call<ItemRole>, key: string): Found {
  const kept = state?.row(key);
  if (kept !== undefined) return { row: kept === null ? undefined : shown(kept), isGone: kept === null };
  const index = base.indexOf(key);
  if (index === undefined && isMadeElsewhere(key)) return { row: undefined, isGone: false };
  const mayBeMade = !ground.isClosed && (role.resource.key !== null || isNamedByPath(role.resource));
  const made = index !== undefined ? base.row(index) : mayBeMade ? base.made(key) : undefined;
  return { row: made === undefined ? undefined : shown(rowOf(made)), isGone: false };
}

const elsewhere = ({ resource: { name } }: ItemRole, key: string): Refused => ({
  kind: 'refused',
  status: 404,
  detail: `The row of ${name} with the key ${JSON.stringify(key)} is not below this path`,
});

function missing(
  { role, operation, ground, isMadeElsewhere }: Call<ItemRole>,
  key: string,
  isGone: boolean,
): Refused | null {
  const isElsewhere = !isGone && isMadeElsewhere(key);
  // A row that cannot be made is no reason to say that there is none.
  if (!isGone && !ground.isClosed && !isElsewhere) return null;
  const status = isGone && operation.responses.some(({ key: one }) => one === '410') ? 410 : 404;
  const why = isGone ? ': it was deleted' : isElsewhere ? ': it was made under another' : '';
  const named = role.resource.isSingleton ? '' : ` with the key ${JSON.stringify(key)}`;
  return { kind: 'refused', status, detail: `There is no row of ${role.resource.name}${named}${why}` };
}

function create(call: Call<ItemRole>): ItemOutcome {
  const { role, base, state, ground } = call;
  const sent = sentIn(call);
  const retry = retryText(call);
  const first = retry === null ? undefined : state?.holderOf(retry);
  const made = first === undefined ? undefined : state?.row(first);
  if (made) {
    const tag = hasTags(role.resource, ground) ? tagOf(made) : null;
    return { kind: 'done', row: made, key: first, changes: [], isCreated: true, tag };
  }
  if (role.resource.isSingleton) return insert(call, '', sent);
  const count = state?.count ?? 0;
  const isTaken = (one: string): boolean => state?.row(one) !== undefined;
  if (role.resource.key === null) {
    const named = isNamedByPath(role.resource) ? base.nextKey(count, isTaken) : undefined;
    return insert(call, scalarText(named ?? `+${count}`), sent);
  }
  const member = chosenKey(call, sent);
  if (member !== undefined && keyMakerOf(role.resource, ground).accepts(member)) {
    const named = scalarText(member);
    const isThere = state?.row(named) !== undefined ? state.row(named) !== null : base.indexOf(named) !== undefined;
    if (isThere && declares(call, '409')) return conflict(role.resource.key.member.join('.'), named);
    return insert(call, named, sent);
  }
  const generated = generatedKey(call, sent, count, isTaken);
  if (generated !== undefined && !isTaken(generated)) return insert(call, generated, withKey(call, sent, generated));
  const key = base.nextKey(count, isTaken) ?? base.usedKey(count, (one) => state?.row(one) === null);
  return key === undefined ? null : insert(call, scalarText(key), base.withKey(sent, key) as JsonObject);
}

/**
 * The name that begins as a client says, with more behind it: `metadata.generateName` of Kubernetes (API conventions, names). Or one
 * that is made of what the thing is called, with a number behind it where there is one of that name.
 */
function generatedKey(
  { role: { resource }, base, ground, seed }: Call<ItemRole>,
  sent: JsonObject,
  count: number,
  isTaken: (key: string) => boolean,
): string | undefined {
  const member = resource.key?.member ?? [];
  const slug = slugFor(sent, member.at(-1) ?? '');
  if (slug !== undefined && keyMakerOf(resource, ground).accepts(slug))
    return [slug, `${slug}-2`, `${slug}-${count + 3}`].find((one) => !isTaken(one) && base.indexOf(one) === undefined);
  const prefix = member.at(-1) === 'name' ? readAt(sent, [...member.slice(0, -1), 'generateName']) : undefined;
  if (typeof prefix !== 'string' || prefix === '') return undefined;
  const name = prefix + mix(seed, `${base.name} ${count}`).toString(36).padStart(5, '0').slice(-5);
  return keyMakerOf(resource, ground).accepts(name) ? name : undefined;
}

/** A new row under a key, or another one in the place of what is there. */
function insert(call: Call<ItemRole>, key: string, sent: JsonObject): ItemOutcome {
  const { role, base, seed, ground, state } = call;
  const { resource } = role;
  const count = state?.count ?? 0;
  // What nobody sends is taken from a row that is there: to make a row costs more than all the rest.
  const like = isCopying(role) ? call.source : undefined;
  const source = like ?? (base.size > 0 ? base.row(count % base.size) : base.made(key));
  if (source === undefined) return null;
  const maker = keyMakerOf(resource, ground);
  // What a path calls it may be no key that it can have: then it has another one besides.
  const isNamed = resource.key === null || maker.accepts(maker.read(key));
  const next = isNamed ? key : base.nextKey(count, (one) => state?.row(one) !== undefined);
  if (next === undefined) return null;
  const own = scalarText(next);
  const named = base.withKey(source, maker.read(own));
  const made = (from: Json): Json =>
    fresh(role, from, withKey(call, { ...takenFrom(call, from), ...sent }, own), {
      ground,
      random: new Random(mix(seed, `${base.name} ${key} ${count}`)),
      time: () => timeOf(call),
      isNew: true,
    });
  const first = made(named);
  const other = ofOtherKind(call, first, sent);
  const row = call.ofAsker(other === undefined ? first : made(base.withKey(other, maker.read(own))), sent);
  const isValid = (one: Json): boolean => fits(rowSchemaOf(resource, ground), one);
  const naming = namingOf(resource);
  const isFree = (name: string): boolean => !Object.hasOwn(sent, name) && !naming.has(name);
  const numbered = withOwnNumbers(row, source, isFree, new Random(mix(seed, `${base.name} ${key} numbers`)), isValid);
  const whole = uploaded(
    withOwnTexts(call, numbered, key, sent),
    { request: call.request, isNew: true },
    sent,
    isValid,
  );
  const there = call.inheriting(withAround(call, whole), sent);
  const others = () => new Listing(base, state).rows(0, maximumNamed).map(({ value }) => value);
  const place = positionIn(there) ?? '';
  const isSaid = Object.hasOwn(sent, place) || membersOf(role, ground).usual.some(([name]) => name === place);
  return written(call, key, isSaid ? there : placedLast(there, call.around, others, isValid), true);
}

const namings = new WeakMap<Resource, ReadonlySet<string | undefined>>();

/** The members that say which thing a row is, or name others: they are no numbers of its own. */
function namingOf(resource: Resource): ReadonlySet<string | undefined> {
  const { key, scope, references } = resource;
  const known = namings.get(resource) ?? new Set([key, ...scope, ...references].map((one) => one?.member?.[0]));
  namings.set(resource, known);
  return known;
}

/** A row whose e-mail and the like nobody has sent, and which therefore has one that no other row has. */
function withOwnTexts({ role, base, state, ground }: Call<ItemRole>, row: Json, key: string, sent: JsonObject): Json {
  const schema = rowSchemaOf(role.resource, ground);
  return uniqueTexts(role.resource, row, ground).reduce((whole, text) => {
    const member = memberOfText(text);
    // What is made of what was sent is its own, unless another one has it.
    const slug = slugFor(sent, member);
    const own = slug === readAt(whole, [member]) && state?.holderOf(text) === undefined;
    const other = own || Object.hasOwn(sent, member) ? undefined : readAt(base.made(key), [member]);
    const changed = other === undefined ? whole : setAt(whole, [member], other);
    return fits(schema, changed) ? changed : whole;
  }, row);
}

/** A row with what the path says of it, as far as it has such members. */
function withAround({ around, role, ground }: Call<ItemRole>, row: Json): Json {
  const own = rowSchemaOf(role.resource, ground);
  let placed = row;
  for (const { member, value } of around) {
    if (member === null) continue;
    placed = withSaid(placed, member, value, own) ?? placed;
  }
  return placed;
}
