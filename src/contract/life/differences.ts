import { type Resource, readAt, setAt } from '../../resource/index.js';
import type { Schemas } from '../../schema/index.js';
import { isServers } from '../../schema/read-only-words.js';
import { type Edge, type Part, type View, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Said } from './hands.js';
import { likenessOf } from './likeness.js';
import { goesOn, isMarked, isOctets, type Member, mayBe, secret } from './members.js';

/** A member that is not shown as it was sent. */
export interface Difference {
  readonly name: string;
  readonly sent: Json;
  readonly shown: Json | undefined;
  readonly isNormalised: boolean;
}

/**
 * Members that are not shown as they were sent, those that are something else first.
 * @param declared what the answer declares: what it does not declare it need not show
 * @param left names that are not looked at
 * @param schemas those of the document: what an answer may not show as it was sent, by what it declares, is nobody's fault
 * @param key of the thing: what stands inside of it says which it belongs to, whatever was sent there
 */
export function differencesOf(
  sent: JsonObject,
  shown: JsonObject,
  taken: readonly Member[],
  declared: readonly Member[],
  left: ReadonlySet<string>,
  schemas: Schemas,
  key: Json = null,
): Difference[] {
  const differences: Difference[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const [own, other] = [taken, declared].map((members) => members.find((each) => each.name === name));
    const isDeclared = other !== undefined && other.branches === undefined;
    const isKnown = Object.hasOwn(shown, name) || isDeclared;
    const showing = [...(other?.parts ?? []), ...(other?.branches ?? []).flat()];
    const isHidden = isMarked([...(own?.parts ?? []), ...showing], 'writeOnly') || showing.some(isServers);
    // What is no member of the request by its schema is nobody's promise.
    if (left.has(name) || own === undefined || !isKnown || isHidden || secret.test(name)) continue;
    const here = Object.hasOwn(shown, name) ? shown[name] : undefined;
    // A server may say for itself when it was changed.
    if (goesOn(name, value) && goesOn(name, here)) continue;
    const promise = promised(value, here, showing, viewOf(schemas.document));
    const likeness = promise === undefined ? 'same' : likenessOf(ownedWhole(promise, here, key), here);
    if (promise === undefined || likeness === 'same') continue;
    // What one object sets and a list of all shows may be two things, where the answer does not say which it is.
    const isOfOtherKind = !isDeclared && here != null && value !== null && kindOf(value) !== kindOf(here);
    if (isOfOtherKind || !mayShow(other, completed(promise, here), schemas)) continue;
    differences.push({ name, sent: value, shown: here, isNormalised: likeness === 'normalised' || isElsewhere(own) });
  }
  return differences.sort((a, b) => Number(a.isNormalised) - Number(b.isNormalised));
}

/** What may be kept in another place, and shown as where that is. */
function isElsewhere({ parts }: Member): boolean {
  return isOctets(parts) || parts.some(({ schema }) => schema.format === 'uri');
}

/**
 * What of a value that was sent is declared to be shown: objects that are shown inside of others may have other members.
 * @param showing what the answer says of it
 * @returns undefined where the answer declares nothing of it
 */
function promised(sent: Json, shown: Json | undefined, showing: readonly Part[], view: View): Json | undefined {
  const possible = view.possible(...showing.map(({ place }) => place));
  const of = (edges: readonly Edge[]): readonly Part[] => view.certain(...edges.map(({ to }) => to));
  if (Array.isArray(sent)) {
    const items = of(view.item(possible, 0));
    const all = sent.map((one, index) => promised(one, Array.isArray(shown) ? shown[index] : undefined, items, view));
    return all.includes(undefined) ? undefined : (all as Json[]);
  }
  const members = isObject(sent) ? view.members(possible) : noMembers;
  if (!isObject(sent) || members.size === 0) return sent;
  const kept = Object.entries(sent).flatMap(([name, one]): [string, Json][] => {
    const here = isObject(shown) && Object.hasOwn(shown, name) ? shown[name] : undefined;
    if (!members.has(name)) return here === undefined ? [] : [[name, one]];
    const held = promised(one, here, of(members.get(name) ?? []), view);
    return held === undefined ? [] : [[name, held]];
  });
  return kept.length === 0 && Object.keys(sent).length > 0 ? undefined : Object.fromEntries(kept);
}

const noMembers: ReadonlyMap<string, readonly Edge[]> = new Map();

function ownedWhole(sent: Json, shown: Json | undefined, key: Json): Json {
  return kindOf(sent) === 'plain' ? sent : owned(sent, shown, key);
}

/** What was sent, with the key of the thing wherever that is shown inside of it. */
function owned(sent: Json, shown: Json | undefined, key: Json): Json {
  if (Array.isArray(sent)) return Array.isArray(shown) ? sent.map((one, index) => owned(one, shown[index], key)) : sent;
  if (!isObject(sent)) return key !== null && scalarText(shown) === scalarText(key) ? (shown as Json) : sent;
  if (!isObject(shown)) return sent;
  return Object.fromEntries(
    Object.entries(sent).map(([name, one]) => {
      const here = shown[name];
      if (!Object.hasOwn(shown, name)) return [name, one];
      return [name, goesOn(name, one) && goesOn(name, here) ? (here as Json) : owned(one, here, key)];
    }),
  );
}

/** What was sent, with the keys that are shown of things inside of it which have paths of their own: the server may say those. */
export function withShownKeys({ embedded }: Resource, sent: JsonObject, shown: JsonObject): JsonObject {
  let told = sent;
  for (const { member, inside, isOfKeys, list } of embedded) {
    const { key } = list.resource;
    const [items, seen] = [readAt(sent, member), readAt(shown, member)];
    if (isOfKeys || key === null || !Array.isArray(items) || !Array.isArray(seen)) continue;
    const place = [...inside, ...key.member];
    const named = items.map((item, index) => {
      const [own, said] = [readAt(item, place), readAt(seen[index] ?? null, place)];
      return own === undefined || said === undefined ? item : setAt(item, place, said);
    });
    told = setAt(told, member, named) as JsonObject;
  }
  return told;
}

/** What was sent, with what the server has added inside of it: defaults, keys. */
export function completed(sent: Json, shown: Json | undefined): Json {
  if (Array.isArray(sent)) return Array.isArray(shown) ? sent.map((one, index) => completed(one, shown[index])) : sent;
  // What shows nothing of a member that was sent may be another thing of the same name.
  if (!isObject(sent) || !isObject(shown) || !Object.keys(sent).every((name) => Object.hasOwn(shown, name)))
    return sent;
  const kept = Object.entries(sent).map(([name, one]) => [name, completed(one, shown[name])]);
  return { ...shown, ...Object.fromEntries(kept) };
}

function kindOf(value: Json): 'array' | 'object' | 'plain' {
  return Array.isArray(value) ? 'array' : isObject(value) ? 'object' : 'plain';
}

/** Whether an answer may show a value as a member, by what it declares. */
export function mayShow(member: Member | undefined, value: Json, schemas: Schemas): boolean {
  return member === undefined || mayBe({ schemas }, member, value, 'response');
}

/**
 * What is to be said of differences: null where there is none.
 * @param told what was sent and where it was looked at: `POST /things, and GET /things/7`
 */
export function saidOf(differences: readonly Difference[], told: string): Said | null {
  const [first] = differences;
  if (first === undefined) return null;
  const same = differences.filter(({ isNormalised }) => isNormalised === first.isNormalised);
  const names = same.map(({ name }) => `"${name}"`).join(', ');
  const [was, is] = [same.map(({ name, sent }) => [name, sent]), same.map(({ name, shown }) => [name, shown ?? null])];
  return {
    severity: first.isNormalised ? 'information' : 'violation',
    message: first.isNormalised
      ? `What was sent is shown in another form: ${told}: ${names}`
      : `What was sent is not what is shown: ${told}: ${names}`,
    expected: excerpt(Object.fromEntries(was)),
    received: excerpt(Object.fromEntries(is)),
    cause: `${first.isNormalised ? 'another form of' : 'other values of'} ${names}`,
    at: `/${first.name}`,
  };
}
