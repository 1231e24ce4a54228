import { elsewhereIn } from '../../../document/document.js';
import type { Document } from '../../../document/index.js';
import { pointerOf, valueAt } from '../../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../../text/value.js';
import type { ToThread } from './messages.js';

type Piece = Extract<ToThread, { kind: 'piece' }>;

/** Values in one piece: to copy so many takes a moment. */
const mostValues = 500;
/** What lies deeper is not divided. */
const deepest = 32;

/**
 * A document in parts that each take a moment to copy, and come together to the same tree (`addPiece`). Members of one object, and items
 * of one list, that are small go together.
 */
export function* piecesOf(
  document: Document,
  value: JsonObject | Json[] = document.root,
  path: readonly string[] = [],
): Generator<Piece> {
  let members: JsonObject = {};
  let values = 0;
  const piece = (): Piece => {
    const elsewhere = elsewhereIn(document, members, pointerOf(...path));
    const ready: Piece = { kind: 'piece', path, members, elsewhere };
    members = {};
    values = 0;
    return ready;
  };
  for (const [name, member] of membersOf(value)) {
    const count = valuesIn(member);
    const isLarge = count > mostValues && path.length < deepest;
    const isDivided = isLarge && (Array.isArray(member) || (isObject(member) && !document.elsewhere.has(member)));
    setMember(members, name, isDivided ? (Array.isArray(member) ? [] : {}) : member);
    values += isDivided ? 1 : count;
    if (isDivided || values > mostValues) yield piece();
    if (isDivided) yield* piecesOf(document, member, [...path, name]);
  }
  if (values > 0) yield piece();
}

/** Those of an object, or the items of a list by their index. */
function* membersOf(value: JsonObject | Json[]): Generator<readonly [name: string, member: Json]> {
  if (!Array.isArray(value)) return yield* Object.entries(value);
  for (const [index, item] of value.entries()) yield [String(index), item];
}

/** Puts a part where it belongs; those around it were there before. */
export function addPiece(root: JsonObject, { path, members }: Piece): void {
  // A list has its items by their index.
  const holder = valueAt(root, path) as JsonObject;
  for (const [name, member] of Object.entries(members)) setMember(holder, name, member);
}

/** How many values are in a value, itself among them; no more are counted than matter. */
function valuesIn(value: Json): number {
  const open: Json[] = [value];
  let count = 0;
  for (let next = open.pop(); next !== undefined && count <= mostValues; next = open.pop()) {
    count += 1;
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next) && next.length > mostValues) return mostValues + 1;
    for (const name in next) {
      open.push((next as JsonObject)[name] as Json);
      if (open.length > mostValues) return mostValues + 1;
    }
  }
  return count;
}
