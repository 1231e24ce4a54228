import type { Random } from '../fake/index.js';
import {
  type Line,
  type Reference,
  type Relation,
  type Resource,
  readAt,
  type ScopeParameter,
  setAt,
} from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import { tallied } from './coherence/coherent.js';
import { declaresMember } from './example-rows.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import { inherited } from './inherited.js';
import { asNamed } from './lines.js';
import { likened, withKeysBeside } from './things-named.js';
import { isTold, nounIn } from './told-names.js';
import { isCostly } from './weight.js';

/** Of rows that others show inside of themselves only so many are: each has to be made before one of the others can be. */
const mostShown = 8;
/** The same of those that take long, which are no more than are made whole. */
const fewestShown = 3;

/** The rows of a collection that others name, each by its index. */
interface Named {
  readonly size: number;
  row(index: number): Json | undefined;
  indexOf(key: string): number | undefined;
  /** Its key, as the row has it. */
  nameAt(index: number): Json;
  /** The row without what it says of others. */
  rawAt(index: number): Json | undefined;
}

/** A row that names others, and where it stands. */
interface Naming {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly ground: Ground;
  /** -1: in no list. */
  readonly index: number;
  /** What decides which one a member names. */
  random(member: string): Random;
  rowsOf(resource: Resource, scope: Scope): Named;
  isValid(row: Json): boolean;
}

/** A row whose members name rows of other resources that exist, as far as it stays valid. */
export function withReferences(row: Json, naming: Naming): Json {
  const { resource, isValid } = naming;
  const placed = [resource.key?.member ?? null, ...resource.scope.map(({ member }) => member)];
  const references = resource.references.filter(({ member }) => !placed.some((one) => one && isBeside(one, member)));
  const { lines, line } = resource;
  const relations = resource.relations.filter(({ isList, inside }) => isList && inside.length > 0);
  // Each with what is tried where it cannot be had as a whole.
  const named = (isKept: (changed: Json) => boolean): Json =>
    [
      ...references.map((reference) => [(whole: Json) => withReference(whole, reference, naming)]),
      ...relations.map((relation) => [
        (whole: Json) => withRelation(whole, relation, naming, true),
        (whole: Json) => withRelation(whole, relation, naming, false),
      ]),
      ...resource.spoken.map((spoken) => [(whole: Json) => withSpoken(whole, spoken, naming)]),
      ...(line === null ? [] : [[(whole: Json) => withLine(whole, line, naming)]]),
      ...lines.map((line) => [(whole: Json) => withLines(whole, line, naming)]),
      ...relations.map((relation) => [(whole: Json) => withKeysBeside(whole, relation, resource)]),
    ].reduce((whole, ways) => {
      for (const change of ways) {
        const changed = change(whole);
        if (changed === whole || isKept(changed)) return changed;
      }
      return whole;
    }, row);
  // Nearly always all of them can be: that takes one look at the row.
  const all = named(() => true);
  const whole = all === row || isValid(all) ? all : named(isValid);
  return inherited(whole, resource, {
    named: (to, key) => {
      const other = naming.rowsOf(to, []);
      const index = other.indexOf(key);
      return index === undefined ? undefined : other.row(index);
    },
    // Only what is soon made is made for that.
    says: (to, name) => !isCostly(to, naming.ground) && declaresMember(to, name, naming.ground),
    isFree: (name) => !placed.some((one) => one && isBeside(one, [name])),
    isValid,
  });
}

/** Whether two members are one, or stand in the same object: what shows another row there would show its key too. */
function isBeside(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = one.length > 1 && other.length > 1 ? [one.slice(0, -1), other.slice(0, -1)] : [one, other];
  return a.join('.') === b.join('.');
}

/** The rows of another resource that a row may name; null where there are none. */
function othersOf(resource: Resource, naming: Naming): Named | null {
  const scope = resource.key === null ? null : scopeFor(resource, naming.resource, naming.scope);
  if (scope === null) return null;
  const other = naming.rowsOf(resource, scope);
  return other.size === 0 ? null : other;
}

/** How many of some rows others show. */
function shownOf(resource: Resource, { size }: Named, { ground }: Naming): number {
  return Math.min(size, isCostly(resource, ground) ? fewestShown : mostShown);
}

function withReference(row: Json, { member, resource, isList }: Reference, naming: Naming): Json {
  const found = readAt(row, member);
  if (found === undefined || found === null) return row;
  const other = othersOf(resource, naming);
  if (other === null) return row;
  const random = naming.random(member.join('.'));
  if (isList) {
    if (!Array.isArray(found)) return row;
    const indices = random.shuffled(Array.from({ length: other.size }, (_, place) => place)).slice(0, found.length);
    return setAt(
      row,
      member,
      indices.map((place) => other.nameAt(place)),
    );
  }
  const around = member.slice(0, -1);
  const isShown = around.length > 0 && isObject(readAt(row, around));
  let count = isShown || isToldOf(row, member, resource, naming) ? shownOf(resource, other, naming) : other.size;
  if (resource === naming.resource && naming.index >= 0) {
    // Of the same rows each names one before it, so that none is below itself, and the first none where it need not.
    if (naming.index === 0)
      return withoutNamed(row, isShown ? around : member, naming) ?? setAt(row, member, other.nameAt(count - 1));
    count = Math.min(count, naming.index);
  }
  const isSpread = naming.index >= 0 && areListedBelow(naming.resource, { member, resource });
  const drawn = isSpread ? among(naming.index, count) : random.integer(0, count - 1);
  const place = placeBeside(row, { member, resource }, drawn, { other, count, naming });
  return isShown ? shownIn(row, member, other, place) : setAt(row, member, nameLike(found, other, place));
}

/** Whether a row says something of a thing that it names by its key (`channel_name`), or is so many of it, where that takes long to be made. */
function isToldOf(row: Json, member: readonly string[], other: Resource, { ground, resource }: Naming): boolean {
  if (!isObject(row) || !isCostly(other, ground)) return false;
  if (resource.line?.resource === other && resource.line.key === member.join('.')) return true;
  const noun = nounIn(member);
  return noun !== '' && Object.keys(row).some((name) => name !== member[0] && isTold(name, noun));
}

/** What one thing is called that something comes from, and what another one that it goes to. */
export const ends: readonly (readonly [from: RegExp, to: RegExp])[] = [
  [/^(?:from|source|origin|sender)\b/, /^(?:to|target|destination|recipient|receiver)\b/],
  [/^home\b/, /^(?:away|guest)\b/],
];

/** One place further where what a row goes to, or plays against, would be what it comes from. */
function placeBeside(
  row: Json,
  { member: [name = ''], resource }: Pick<Reference, 'member' | 'resource'>,
  place: number,
  { other, count, naming }: { readonly other: Named; readonly count: number; readonly naming: Naming },
): number {
  const opposite = ends.find(([, to]) => to.test(phraseOf(name)))?.[0];
  if (opposite === undefined || count < 2) return place;
  const from = naming.resource.references.find(
    (one) => one.resource === resource && opposite.test(phraseOf(one.member[0] ?? '')),
  );
  return from !== undefined && readAt(row, from.member) === other.nameAt(place) ? (place + 1) % count : place;
}

/** Whether rows are shown below those of another resource that they name: as a list of these, or by a path of their own. */
function areListedBelow(own: Resource, { member, resource }: Pick<Reference, 'member' | 'resource'>): boolean {
  if (resource.embedded.some(({ list }) => list.resource === own)) return true;
  const isOf = (scope: ScopeParameter): boolean =>
    scope.resource === resource && scope.member?.join('.') === member.join('.');
  return own.roles.some(({ kind, scope }) => kind === 'list' && scope.some(isOf));
}

/** Which of some rows shows another one in its list: each of the first ones shows some, and the last show none. */
function among(index: number, count: number): number {
  const some = Math.ceil(count * 0.6);
  return (index + Math.floor(index / some)) % some;
}

/** The key of another row; or its `id`, where that is what a member can have: `product_id` names one whose path has its slug. */
function nameLike(found: Json, other: Named, place: number): Json {
  const name = other.nameAt(place);
  if (typeof name === typeof found) return name;
  const raw = other.rawAt(place);
  return isObject(raw) && typeof raw.id === typeof found ? (raw.id as Json) : name;
}

/** A row that names none: with null there, or without the member; undefined where it has to name one. */
function withoutNamed(row: Json, member: readonly string[], { isValid }: Naming): Json | undefined {
  return [setAt(row, member, null), withoutAt(row, member)].find(isValid);
}

function withoutAt(row: Json, member: readonly string[]): Json {
  const holder = readAt(row, member.slice(0, -1));
  if (!isObject(holder)) return row;
  const left = Object.fromEntries(Object.entries(holder).filter(([name]) => name !== member.at(-1)));
  return member.length === 1 ? left : setAt(row, member.slice(0, -1), left);
}

/** A row whose lines are of things that exist, and say of these what they say of themselves. */
function withLines(row: Json, line: Line, naming: Naming): Json {
  const found = readAt(row, [line.member]);
  const other = Array.isArray(found) ? othersOf(line.resource, naming) : null;
  if (other === null || !Array.isArray(found) || other.size === 0) return row;
  const size = isCostly(line.resource, naming.ground) ? shownOf(line.resource, other, naming) : other.size;
  const places = naming.random(line.member).shuffled(Array.from({ length: size }, (_, place) => place));
  const lines = found.map((item, index) => {
    const place = places[index % places.length] ?? 0;
    return isObject(item)
      ? asNamed({ ...item, [line.key]: other.nameAt(place) }, line, other.rawAt(place) ?? null)
      : item;
  });
  return tallied(setAt(row, [line.member], lines), [line.member], naming.isValid);
}

/** A row that is so many of a thing, and says of that what it says of itself. */
function withLine(row: Json, line: Omit<Line, 'member'>, naming: Naming): Json {
  const key = readAt(row, [line.key]);
  const other = typeof key === 'string' || typeof key === 'number' ? othersOf(line.resource, naming) : null;
  const index = other?.indexOf(scalarText(key as Json));
  return other === null || index === undefined || !isObject(row) ? row : asNamed(row, line, other.rawAt(index) ?? null);
}

/** A row whose list of other things has some that exist. @param isWhole whether it shows of them what they say of themselves */
function withRelation(row: Json, { member, inside, resource }: Relation, naming: Naming, isWhole: boolean): Json {
  const found = readAt(row, member);
  const other = Array.isArray(found) && resource !== naming.resource ? othersOf(resource, naming) : null;
  if (other === null || !Array.isArray(found)) return row;
  const places = Array.from({ length: shownOf(resource, other, naming) }, (_, place) => place);
  const chosen = naming.random(member.join('.')).shuffled(places).slice(0, found.length);
  return setAt(
    row,
    member,
    chosen.map((place, index) => {
      const item = found[index] as Json;
      if (!isWhole) return setAt(item, inside, other.nameAt(place));
      return inside.length > 1
        ? shownIn(item, inside, other, place)
        : setAt(likened(item, other.rawAt(place)), inside, other.nameAt(place));
    }),
  );
}

/** A row whose texts have what some others are called, each once. */
function withSpoken(row: Json, { member, isList, inside, resource }: Relation, naming: Naming): Json {
  const found = readAt(row, member);
  const other = typeof found === 'string' || Array.isArray(found) ? othersOf(resource, naming) : null;
  if (other === null || Array.isArray(found) !== isList) return row;
  const places = Array.from({ length: shownOf(resource, other, naming) }, (_, place) => place);
  const texts = naming
    .random(member.join('.'))
    .shuffled(places)
    .map((place) => readAt(other.rawAt(place) ?? null, inside));
  const known = [...new Set(texts)].filter((text) => typeof text === 'string');
  const said = Array.isArray(found) ? known.slice(0, found.length) : known[0];
  return said === undefined ? row : setAt(row, member, said);
}

/** A row that shows one of some others, as far as it shows anything of it. */
function shownIn(row: Json, member: readonly string[], other: Named, index: number): Json {
  return shownAs(row, member, other.nameAt(index), other.rawAt(index));
}

/** A row that names another thing by its key, and shows of it what it shows. @param raw the other thing, as far as it is known */
export function shownAs(row: Json, member: readonly string[], key: Json, raw: Json | undefined): Json {
  const around = member.slice(0, -1);
  const shown = around.length === 0 ? undefined : readAt(row, around);
  return setAt(shown === undefined ? row : setAt(row, around, likened(shown, raw)), member, key);
}
