import type { Content, Operation } from '../../operation/index.js';
import { answerContent, type ItemRole, type Resource, type Role } from '../../resource/index.js';
import { isServers } from '../../schema/read-only-words.js';
import { defaultOf, listedValues, type Part, requiredNames, typesOf, type View, viewOf } from '../../schema/view.js';
import { inTable, isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { type Holder, holderAmong, rowOf } from './attributes.js';

/** A member of a thing, as a request or an answer declares it. */
export interface Member {
  readonly name: string;
  readonly parts: readonly Part[];
  /** What branches say of it, of which one is met: where these alone declare it, it need not be there. */
  readonly branches?: readonly (readonly Part[])[];
  readonly isRequired: boolean;
}

/** The members that a schema declares for what stands at a path of a body. */
export function membersAt(operation: Operation, content: Content | undefined, path: readonly string[]): Member[] {
  const members = declaredAt(operation, content, path);
  const holder = holderAmong(members.map(({ name }) => name));
  const inner = holder && members.find(({ name }) => name === holder.name);
  if (inner === undefined) return members;
  return [...members.filter((member) => member !== inner), ...membersOf(viewOf(operation.document), inner.parts)];
}

function declaredAt(operation: Operation, content: Content | undefined, path: readonly string[]): Member[] {
  if (!content?.schema || content.schema.problem !== null) return [];
  const view = viewOf(operation.document);
  return membersOf(view, view.within(content.schema.pointer, path));
}

function membersOf(view: View, parts: readonly Part[]): Member[] {
  const required = requiredNames(parts);
  return Array.from(view.members(parts).keys(), (name) => ({
    name,
    // Also what a base says of members that it does not know, which is said of those of its children.
    parts: view.certain(...view.member(parts, name).map(({ to }) => to)),
    isRequired: required.has(name),
  }));
}

/** In what an operation takes what the things of its resource say; undefined where it takes that as it is. */
export function holderTakenBy(operation: Operation, { body }: ItemRole): Holder | undefined {
  const content = operation.requestBody?.content.find(({ mediaType }) => mediaType === body?.mediaType);
  return holderAmong(declaredAt(operation, content, body?.path ?? []).map(({ name }) => name));
}

/** The members of a thing that an operation takes, and that are the client's to say: how many things stand under it is not. */
export function takenBy(operation: Operation, role: Role): Member[] {
  if (role.kind === 'list' || role.body === null) return [];
  const { mediaType, path } = role.body;
  const content = operation.requestBody?.content.find((each) => each.mediaType === mediaType);
  const counts = new Set(role.resource.counts.map(({ member: [first] }) => first));
  return membersAt(operation, content, path).filter(({ name, parts }) => !counts.has(name) && !parts.some(isServers));
}

/** The members of a thing that an operation shows. */
export function shownBy(operation: Operation, role: Role): Member[] {
  const content = answerContent(operation, role);
  const path = role.answer?.path ?? [];
  if (role.kind === 'list' || role.answer?.isInList) return listedBy(operation, role);
  const members = membersAt(operation, content, path);
  if (!content?.schema || content.schema.problem !== null) return members;
  const view = viewOf(operation.document);
  return [...members, ...ofBranches(view, view.within(content.schema.pointer, path), members)];
}

/** The members besides known ones that branches declare. */
function ofBranches(view: View, parts: readonly Part[], members: readonly Member[]): Member[] {
  const known = new Set(members.map(({ name }) => name));
  const others = [...view.members(view.possible(...parts.map(({ place }) => place)))];
  return others
    .filter(([name]) => !known.has(name))
    .map(([name, edges]) => maybe(name, ...edges.map(({ to }) => view.certain(to))));
}

/** Those that items of a list show, of which a list may leave out any. */
function listedBy(operation: Operation, role: Pick<Role, 'answer'>): Member[] {
  const view = viewOf(operation.document);
  const items = listedMember(operation, role, role.answer?.inside ?? []);
  const members = membersOf(view, items).map(({ name, parts }) => maybe(name, parts));
  return [...members, ...ofBranches(view, items, members)];
}

function maybe(name: string, ...branches: readonly (readonly Part[])[]): Member {
  return { name, parts: [], branches, isRequired: false };
}

/** What a list says of a member of its items; of the items themselves where no name leads on. */
export function listedMember(
  operation: Operation,
  role: Pick<Role, 'answer'>,
  member: readonly string[],
): readonly Part[] {
  const content = answerContent(operation, role);
  if (!content?.schema || content.schema.problem !== null) return [];
  const view = viewOf(operation.document);
  const rows = view.within(content.schema.pointer, role.answer?.path ?? []);
  let parts = view.certain(...view.item(rows, 0).map(({ to }) => to));
  for (const step of member) parts = view.certain(...view.member(parts, step).map(({ to }) => to));
  return parts;
}

export function isMarked(parts: readonly Part[], mark: 'readOnly' | 'writeOnly'): boolean {
  return parts.some(({ schema }) => schema[mark] === true);
}

/** Whether a schema is of bytes: as OpenAPI 3.0 says it, and as 3.1 does (4.7.14.3). */
export function isOctets(parts: readonly Part[]): boolean {
  return parts.some(
    ({ schema }) => schema.format === 'binary' || schema.contentMediaType === 'application/octet-stream',
  );
}

/** The row in a body that was sent. */
export function sentRow(role: Role, body: Json | undefined): JsonObject | null {
  if (role.kind === 'list' || role.body === null) return null;
  return rowOf(role, body) ?? null;
}

/** Members that say which thing it is, or name others: to change them is another matter. */
export function naming({ key, scope, references }: Resource): ReadonlySet<string> {
  const paths = [key?.member, ...scope.map(({ member }) => member), ...references.map(({ member }) => member)];
  return new Set(paths.flatMap((path) => path?.[0] ?? []));
}

/** Members that nobody shows as they were sent. */
export const secret = /passw|secret|token|credential|private|cvv|cvc|card|pin$|hash/i;

/** Members that a server changes by itself. */
export const isVolatile = (name: string): boolean => ofMoment.test(name) || ofServer.test(name);

/** Whether a member says when a thing was changed or looked at last: that goes on by itself, also inside of what a client sends. */
export function goesOn(name: string, value: Json | undefined): boolean {
  return ofLast.test(name) && typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}

const ofLast = /updat|modif|chang|seen|access|^last/i;

/** What is said without such times. */
export function withoutGoing(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutGoing);
  if (!isObject(value)) return value;
  const left = Object.entries(value).filter(([name, held]) => !goesOn(name, held));
  return Object.fromEntries(left.map(([name, held]) => [name, withoutGoing(held)]));
}

/** `createdAt`, `due_on`; `location` and `format` end in the same letters. */
const ofMoment = /[a-z0-9](?:At|On)$|(?:^|[_-])(?:at|on)$/;
const ofServer =
  /time(?!_?zone|_?out)|date|modif|updat|version|revision|etag|(?<!ac|dis)counts?(?!r)|(?<!re|pre|inter|over)views?$|visit|seen|hits?$|expir|nonce|uptime|(?:^|_|max|min|current|cache)age$|url$|uri$|href|links?$|^[_@]?self$/i;

/** Members by which a server tells its states apart, and counts on with each change. */
export const counting =
  /^_?(?:row|lock|object|entity|resource|record|document|doc|opt)?_?(?:version|revision|rev|etag|generation)(?:_?(?:no|num|number|id|tag|count))?$/i;

/** Texts of these formats mean something: another one is made by its kind. */
const made: Readonly<Record<string, string>> = {
  date: '2031-05-06',
  'date-time': '2031-05-06T07:08:09Z',
  email: 'changed@example.com',
  uri: 'https://example.com/changed',
};

/** Other values for a member, those first that a server most likely takes; whether they are valid, who sends them sees. */
export function othersFor({ name, parts }: Member, old: Json): Json[] {
  const listed = listedValues(parts);
  if (listed.length > 0) return listed.filter((value) => value !== old).slice(0, 2);
  const types = typesOf(parts);
  if (typeof old === 'boolean') return [!old];
  if (typeof old === 'number') return [old + 1, old - 1];
  if (typeof old !== 'string' || (types !== null && !types.has('string')) || secret.test(name)) return [];
  const format = parts.map(({ schema }) => schema.format).find((each) => typeof each === 'string');
  if (typeof format === 'string') {
    const other = inTable(made, format);
    return other === undefined || other === old ? [] : [other];
  }
  return [`${old} again`, `${old}b`, 'changed'];
}

/** Whether a request, or a response, may say this of a member. */
export function mayBe(
  { schemas }: Pick<Operation, 'schemas'>,
  { parts, branches }: Member,
  value: Json,
  direction: 'request' | 'response' = 'request',
): boolean {
  const accepts = (all: readonly Part[]): boolean =>
    all.every(({ pointer }) => schemas.at(pointer, direction).accepts(value));
  return accepts(parts) && (branches?.some(accepts) ?? true);
}

/** Whether a member would be that if it were left out. */
export function isUsualOf({ parts }: Member, value: Json): boolean {
  const usual = defaultOf(parts) ?? (typeof value === 'boolean' ? false : undefined);
  return usual !== undefined && value === usual;
}

/** A row in which nothing is what it would be if it were left out, as far as another value is easily said. */
export function apartFromDefaults(operation: Operation, members: readonly Member[], row: JsonObject): JsonObject {
  const other: JsonObject = {};
  for (const [name, value] of Object.entries(row)) {
    const member = members.find((each) => each.name === name);
    const isUsual = member !== undefined && isUsualOf(member, value);
    const choices =
      isUsual && member
        ? [...listedValues(member.parts), ...neighboursOf(value), ...longer(member, value)]
        : member
          ? [...longer(member, value), ...finer(member, value), ...insideOf(operation, member, value)]
          : [];
    setMember(
      other,
      name,
      choices.find((choice) => choice !== value && member && mayBe(operation, member, choice)) ?? value,
    );
  }
  return other;
}

/** An object, or a list of them, in which nothing is what it would be if it were left out. */
function insideOf(operation: Operation, { parts }: Member, value: Json): Json[] {
  const view = viewOf(operation.document);
  if (isObject(value) && Object.keys(value).length === 0) return parts.some(isMap) ? entries : [];
  if (isObject(value)) return [apartFromDefaults(operation, membersOf(view, parts), value)];
  if (!Array.isArray(value) || !value.some(isObject)) return [];
  const members = membersOf(view, view.certain(...view.item(parts, 0).map(({ to }) => to)));
  return [value.map((item) => (isObject(item) ? apartFromDefaults(operation, members, item) : item))];
}

/** Whether a schema says of any member what it is (JSON Schema 2020-12, 10.3.2.3), so that each of them is kept. */
function isMap({ schema: { additionalProperties } }: Part): boolean {
  return isObject(additionalProperties) && additionalProperties.type !== undefined;
}

/** What may stand in a map that is empty otherwise. */
const entries: Json[] = [
  { first: 'one', second: 'two' },
  { first: 1, second: 2 },
];

/** So long a text is at most sent where the document has room for it. */
const longest = 600;
/** Where less is allowed, a text may be a name, which others show. */
const leastRoom = 100;

/** A text as long as the document says that it may be: what is kept in less room loses its end. */
function longer({ name, parts }: Member, value: Json): Json[] {
  const room = parts.flatMap(({ schema: { maxLength } }) => (typeof maxLength === 'number' ? [maxLength] : []));
  const isPlain = !parts.some(({ schema }) => schema.format ?? schema.pattern ?? schema.enum ?? schema.const);
  const most = Math.min(...room, longest);
  if (typeof value !== 'string' || !isPlain || room.length === 0 || most < leastRoom) return [];
  return secret.test(name) ? [] : [`${value} ${filling}`.trimStart().slice(0, most).trimEnd().padEnd(most, '.')];
}

/** A number with as many places as the document says that it may have: what is kept as a whole one loses them. */
function finer({ parts }: Member, value: Json): Json[] {
  const steps = parts.flatMap(({ schema: { multipleOf } }) => (typeof multipleOf === 'number' ? [multipleOf] : []));
  const step = Math.min(...steps);
  if (typeof value !== 'number' || !Number.isInteger(value) || !(step < 1)) return [];
  const places = Math.ceil(-Math.log10(step));
  return [0.37, -0.63].map((part) => Number((Math.round((value + part) / step) * step).toFixed(places)));
}

const filling = 'and so on '.repeat(longest / 10);

function neighboursOf(value: Json): Json[] {
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'number' ? [value + 1, value - 1] : [];
}

/** Whether a value says something that another thing would hardly say by chance. */
export function isSaying(value: Json | undefined): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** How likely a change of the member is taken: what has a closed list often has rules of its own. */
export function easeOf({ parts }: Member, value: Json): number {
  if (listedValues(parts).length > 0) return 4;
  const isPlain = !parts.some(({ schema }) => schema.format !== undefined || schema.pattern !== undefined);
  if (typeof value === 'string') return isPlain ? 0 : 3;
  return typeof value === 'number' ? 1 : 2;
}
