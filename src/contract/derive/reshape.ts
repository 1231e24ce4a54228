import type { Operations } from '../../operation/index.js';
import { lookAt } from '../../schema/outlook.js';
import { type Part, requiredNames, viewOf } from '../../schema/view.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { shareOf } from './share.js';

/**
 * `sendable`: without the members that are the server's, as `readOnly` says (OpenAPI 3.1), or their description.
 * `minimal`: only what is required, at every depth. `full`: every declared member of each kind of object, once for each kind.
 */
export type Shape = 'sendable' | 'minimal' | 'full';

/** Gives a value for the first of these schemas that can be satisfied, or undefined. */
type Draw = (pointers: readonly string[]) => Json | undefined;

/** A value that is still to be reshaped. */
interface Open {
  readonly pointers: readonly string[];
  readonly value: Json;
  /** The schemas that it stands in. */
  readonly above: ReadonlySet<string>;
  put(value: Json): void;
}

/** How often one schema is added to one value: the first time with all that it declares, then with what it requires. */
const mostOfOneKind = 4;
/** Members that are added to one value: schemas that know each other lead on and on. */
const mostAdded = { ofOne: 500, ofAll: 150_000, least: 25 };

/** The value in another shape. It is as valid as the schema is honest: whoever uses it checks it. */
export function reshape(operations: Operations, draw: Draw, pointer: string, value: Json, shape: Shape): Json {
  const { schemas } = operations;
  const view = viewOf(schemas.document);
  const added = new Map<string, number>();
  const filled = new Set<Part>();
  let left = shareOf(operations, mostAdded);
  let whole = value;
  // From the outside in, so that what is left out of what there is too much of is the deepest.
  const open: Open[] = [{ pointers: [pointer], value, above: new Set(), put: (made) => (whole = made) }];
  for (const { pointers, value: old, above, put } of open) {
    if (typeof old !== 'object' || old === null || pointers.length === 0) continue;
    const { parts } = lookAt(schemas, 'request', pointers, old);
    if (parts.length === 0) continue;
    const inside = new Set([...above, ...parts.map((part) => part.pointer)]);
    if (Array.isArray(old)) {
      const list = [...old];
      put(list);
      for (const [index, item] of list.entries()) open.push(itemOf(list, index, item, parts, inside));
      continue;
    }
    const object: JsonObject = {};
    put(object);
    const required = requiredNames(parts);
    for (const name of new Set([...Object.keys(old), ...declaredIn(parts)])) {
      const known = view.member(parts, name).map((edge) => edge.pointer);
      if (isLeftOut(known, required.has(name))) continue;
      const own = Object.hasOwn(old, name) ? old[name] : addition(known, above);
      if (own === undefined) continue;
      setMember(object, name, own);
      open.push({ pointers: known, value: own, above: inside, put: (made) => setMember(object, name, made) });
    }
  }
  return whole;

  /** What says only in words that it is the server's may be demanded all the same. */
  function isLeftOut(pointers: readonly string[], isRequired: boolean): boolean {
    if (isRequired) return view.isHidden('request', ...pointers);
    return shape === 'minimal' || view.isServers(...pointers);
  }

  /** What all of them accept, where one that is drawn for one of them does. */
  function drawn(pointers: readonly string[]): Json | undefined {
    const usable = pointers.map((one) => schemas.at(one, 'request')).filter(({ problem }) => problem === null);
    const all = usable.length < 2 ? [] : pointers.map((one) => draw([one]));
    const fitting = all.find((value) => value !== undefined && usable.every((one) => one.accepts(value)));
    return fitting ?? draw(pointers);
  }

  /** The members to be added, where a kind of object is met for the first time. */
  function declaredIn(parts: readonly Part[]): Iterable<string> {
    const isFirst = parts.some((part) => !filled.has(part));
    for (const part of parts) filled.add(part);
    return shape === 'full' && isFirst ? view.members(parts).keys() : [];
  }

  function itemOf(list: Json[], index: number, value: Json, parts: readonly Part[], above: ReadonlySet<string>): Open {
    const pointers = view.item(parts, index).map((edge) => edge.pointer);
    return { pointers, value, above, put: (made) => (list[index] = made) };
  }

  /** A member that was not there; none where its schema already stands above, so that recursion ends. */
  function addition(pointers: readonly string[], above: ReadonlySet<string>): Json | undefined {
    const kinds = view.certain(...pointers).map((part) => part.pointer);
    if (left <= 0 || kinds.some((kind) => above.has(kind))) return undefined;
    left -= 1;
    const made = drawn(pointers);
    if (typeof made !== 'object' || made === null) return made;
    if (kinds.some((kind) => (added.get(kind) ?? 0) >= mostOfOneKind)) return undefined;
    for (const kind of kinds) added.set(kind, (added.get(kind) ?? 0) + 1);
    return made;
  }
}
