import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json } from '../../text/value.js';
import { bodyJson } from '../checks/received.js';
import type { OperationComplaint, RunCheck } from '../types.js';

/** What was seen at one place of all answers of a kind; items of a list are one place. */
interface Place {
  count: number;
  readonly types: Set<string>;
}

type Shape = Map<string, Place>;

interface Pair {
  readonly operationId: string;
  readonly pointer: string;
  readonly status: number;
  readonly own: Shape;
  readonly others: Shape;
}

/** More places than these are not kept of one kind of answers: members of maps have no end of names. */
const mostPlaces = 2_000;
const deepest = 12;

/**
 * Holds where JSON of two targets has the same members and types, over all answers of an operation with one status: single
 * answers differ in what they have, so a member counts that one target always has and the other never.
 */
export function createSameShape(): RunCheck {
  const pairs = new Map<string, Pair>();
  return {
    id: 'same-shape',
    summary: 'JSON of two targets has the same members and types',
    observe({ operation: { id, pointer }, received }) {
      const { expected, status } = received;
      if (expected === undefined || status === null || status !== expected.status) return false;
      const [own, others] = [received, expected].map((each) => bodyJson(each));
      if (!own?.ok || !others?.ok) return false;
      const key = `${id} ${status}`;
      const pair = pairs.get(key) ?? { operationId: id, pointer, status, own: new Map(), others: new Map() };
      pairs.set(key, pair);
      note(pair.own, own.value as Json, '', 0);
      note(pair.others, others.value as Json, '', 0);
      return true;
    },
    finish: () => [...pairs.values()].flatMap(differencesOf),
  };
}

function note(shape: Shape, value: Json, at: string, depth: number): void {
  const place = placeOf(shape, at);
  place.count += 1;
  const kind = Array.isArray(value)
    ? 'a list'
    : isObject(value)
      ? 'an object'
      : value === null
        ? null
        : `a ${typeof value}`;
  if (kind !== null) place.types.add(kind);
  if (depth >= deepest) return;
  if (Array.isArray(value)) {
    for (const item of value) note(shape, item, `${at}/*`, depth + 1);
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) note(shape, inner, at + pointerOf(name), depth + 1);
  }
}

function placeOf(shape: Shape, at: string): Place {
  let place = shape.get(at);
  if (place === undefined) {
    place = { count: 0, types: new Set() };
    if (shape.size < mostPlaces) shape.set(at, place);
  }
  return place;
}

function differencesOf({ operationId, pointer, status, own, others }: Pair): OperationComplaint[] {
  // What has no end of names is a map.
  if (own.size >= mostPlaces || others.size >= mostPlaces) return [];
  const complaints: OperationComplaint[] = [];
  const say = (at: string, message: string, expected: string, received: string, isSure = true) => {
    const severity = isSure ? 'violation' : 'warning';
    complaints.push({ severity, operationId, message, expected, received, pointer, at, cause: `shape ${at}` });
  };
  const isBelow = (at: string) => complaints.some((each) => at.startsWith(`${each.at}/`));
  for (const at of new Set([...others.keys(), ...own.keys()])) {
    const [mine, theirs] = [own.get(at), others.get(at)];
    if (isBelow(at)) continue;
    const name = `${at || 'The body'} of the answers ${status}`;
    if (mine !== undefined && theirs !== undefined) {
      const [has, wants] = [mine.types, theirs.types];
      const isOther = has.size > 0 && wants.size > 0 && ![...has].some((type) => wants.has(type));
      if (isOther) say(at, `${name} is of another type`, [...wants].join(', '), [...has].join(', '));
    } else if (theirs !== undefined && isAlways(others, own, at))
      say(at, `${name} is missing`, 'always there', 'never there', isSeenOften(own, others, at));
    else if (mine !== undefined && isAlways(own, others, at))
      say(at, `${name} is new`, 'never there', 'always there', isSeenOften(own, others, at));
  }
  return complaints;
}

/** Whether every holder in the one shape has the member, and there are holders in the other, which have it never. */
function isAlways(shape: Shape, other: Shape, at: string): boolean {
  // Whether a list has items is a matter of what there is.
  if (at.endsWith('/*') || at === '') return false;
  const holder = holderOf(at);
  const [own, others] = [shape.get(holder), other.get(holder)];
  const member = shape.get(at);
  return others?.types.has('an object') === true && member?.count === own?.count;
}

const holderOf = (at: string): string => at.slice(0, at.lastIndexOf('/'));

/** What one or two things have may be theirs alone. */
const fewestHolders = 3;

function isSeenOften(own: Shape, others: Shape, at: string): boolean {
  return [own, others].every((shape) => (shape.get(holderOf(at))?.count ?? 0) >= fewestHolders);
}
