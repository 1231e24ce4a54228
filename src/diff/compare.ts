import type { Document } from '../document/index.js';
import { equalityKey } from '../schema/equality.js';
import { pointerOf } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

/** A value, and where it stands in its document. */
export interface Spot {
  readonly value: Json | undefined;
  readonly pointer: string;
}

/** One member that the documents do not say alike. A side that has it not is undefined there. */
export interface Difference {
  readonly name: string;
  readonly old: Spot;
  readonly new: Spot;
}

/** Two parts that are to be held against each other, or their members of a name. */
interface Task {
  readonly name?: string;
  readonly old: Spot;
  readonly new: Spot;
  readonly isMap: boolean;
}

/** So many alternatives inside of each other are paired by what they mean. */
const maximumAlternatives = 100;

/** The values that are known of a list which may grow (Zalando's guidelines, rule 112): it asserts nothing. */
export const extensibleEnum = 'x-extensible-enum';

/** Extensions that tell programs something. */
const heededExtensions: readonly string[] = ['x-sunset', extensibleEnum];
/** What tells people something, and programs nothing. */
const words = new Set([
  'title',
  'summary',
  'description',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'operationId',
  '$comment',
  '$schema',
  '$defs',
  'termsOfService',
]);
/** Members that are maps: their keys are names, and no keywords. */
const maps = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'content',
  'headers',
  'responses',
  'encoding',
  'mapping',
]);
const lists = new Set(['enum', 'required', 'type', extensibleEnum]);
const schemaLists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);

/** Holds the parts of two documents against each other by what they mean: references followed, order and words aside. */
export class Comparison {
  readonly #old: Document;
  readonly #new: Document;
  readonly #same = new Map<Json, Map<Json, boolean>>();
  /** Taken for the same while that is found out: schemas know each other in circles. */
  readonly #assumed = new Pairs();

  #depth = 0;

  constructor(old: Document, other: Document) {
    this.#old = old;
    this.#new = other;
  }

  isSame(old: Spot, other: Spot): boolean {
    const [a, b] = [old.value, other.value];
    if (a === undefined || b === undefined) return a === b;
    const known = this.#same.get(a)?.get(b);
    if (known !== undefined && isObject(a)) return known;
    if (this.#assumed.has(a, b)) return true;
    // What is not known to be the same is looked at as two.
    if (this.#depth > maximumAlternatives) return false;
    const began = this.#assumed.length;
    this.#assumed.add(a, b);
    const seen: Seen = new Map();
    this.#depth += 1;
    const same = this.#differences(old, other, false, seen).next().done === true;
    this.#depth -= 1;
    if (same) for (const [left, rights] of seen) for (const right of rights) this.#assumed.add(left, right);
    else this.#note(a, b, false);
    // What was assumed holds where all that led to it does.
    if (same && began > 0) return true;
    for (const [left, right] of this.#assumed.takeFrom(began)) if (same) this.#note(left, right, true);
    return same;
  }

  /** Every difference, each once, from the outside in. */
  differences(old: Spot, other: Spot): Generator<Difference> {
    return this.#differences(old, other, false, new Map());
  }

  #note(a: Json, b: Json, same: boolean): void {
    const known = this.#same.get(a);
    if (known === undefined) this.#same.set(a, new Map([[b, same]]));
    else known.set(b, same);
  }

  /** In a list of what is still to be looked at, since schemas lead to each other deeper than the stack bears. */
  *#differences(old: Spot, other: Spot, isMap: boolean, seen: Seen): Generator<Difference> {
    const open: (Task | Difference)[] = [{ old, new: other, isMap }];
    for (let task = open.pop(); task !== undefined; task = open.pop()) {
      if (!('isMap' in task)) {
        yield task;
        continue;
      }
      const inner = task.name === undefined ? this.#members(task, seen) : this.#member(task.name, task);
      for (let index = inner.length - 1; index >= 0; index--) open.push(inner[index] as Task | Difference);
    }
  }

  /** The members of two parts that are to be held against each other, or that the parts differ. */
  #members({ old, new: other, isMap }: Task, seen: Seen): (Task | Difference)[] {
    const a = isMap ? old : this.#resolved(this.#old, old);
    const b = isMap ? other : this.#resolved(this.#new, other);
    if (!isObject(a.value) || !isObject(b.value))
      return isEqual(a.value, b.value) ? [] : [{ name: lastOf(old.pointer), old: a, new: b }];
    if (seen.get(a.value)?.has(b.value) || this.#same.get(a.value)?.get(b.value)) return [];
    seen.set(a.value, (seen.get(a.value) ?? new Set()).add(b.value));
    return [...new Set([...Object.keys(a.value), ...Object.keys(b.value)])]
      .filter((name) => isMap || !isUnheeded(name))
      .map((name) => ({ name, old: a, new: b, isMap }));
  }

  #member(name: string, { old, new: other, isMap }: Task): (Task | Difference)[] {
    const [a, b] = [memberOf(old, name), memberOf(other, name)];
    const [left, right] = [a.value, b.value];
    const difference = [{ name, old: a, new: b }];
    if (!isMap && lists.has(name)) return isSameSet(left, right) ? [] : difference;
    if (left === undefined || right === undefined) {
      const holder = left === undefined ? other.value : old.value;
      return left === right || (!isMap && isDefault(name, left ?? right, holder)) ? [] : difference;
    }
    if (!isMap && schemaLists.has(name) && Array.isArray(left) && Array.isArray(right))
      return this.#items(a, left, b, right);
    if (isObject(left) && isObject(right) && name !== 'const' && name !== 'default')
      return [{ old: a, new: b, isMap: !isMap && maps.has(name) }];
    return isEqual(left, right) ? [] : difference;
  }

  /** The same ones aside, those at the same index belong together. */
  #items(a: Spot, left: Json[], b: Spot, right: Json[]): (Task | Difference)[] {
    const olds = left.map((value, index) => ({ value, pointer: `${a.pointer}/${index}` }));
    const news = new Set(right.map((value, index) => ({ value, pointer: `${b.pointer}/${index}` })));
    const rest = olds.filter((old) => {
      const twin = [...news].find((other) => this.isSame(old, other));
      return twin === undefined || !news.delete(twin);
    });
    const others = [...news];
    return Array.from({ length: Math.max(rest.length, others.length) }, (_, index) => {
      const [old, other] = [rest[index], others[index]];
      if (old && other) return { old, new: other, isMap: false };
      return { name: lastOf(a.pointer), old: old ?? nothingAt(a), new: other ?? nothingAt(b) };
    });
  }

  /** A reference that says nothing besides stands for what it leads to. */
  #resolved(document: Document, spot: Spot): Spot {
    const { value } = spot;
    if (!isObject(value) || typeof value.$ref !== 'string') return spot;
    const resolved = document.resolve(value, spot.pointer);
    const says = Object.keys(value).some((name) => name !== '$ref' && !isUnheeded(name));
    if (!says) return resolved;
    const { $ref: _, ...siblings } = value;
    return { value: { ...siblings, allOf: [...listOf(siblings.allOf), resolved.value ?? {}] }, pointer: spot.pointer };
  }
}

/** Pairs in the order in which they came. */
class Pairs {
  readonly #list: (readonly [Json, Json])[] = [];
  readonly #rights = new Map<Json, Json[]>();

  get length(): number {
    return this.#list.length;
  }

  has(left: Json, right: Json): boolean {
    return this.#rights.get(left)?.includes(right) === true;
  }

  add(left: Json, right: Json): void {
    this.#list.push([left, right]);
    const rights = this.#rights.get(left);
    if (rights === undefined) this.#rights.set(left, [right]);
    else rights.push(right);
  }

  /** Takes out those from an index on. */
  takeFrom(index: number): readonly (readonly [Json, Json])[] {
    const taken = this.#list.splice(index);
    for (const [left] of taken) this.#rights.get(left)?.pop();
    return taken;
  }
}

type Seen = Map<JsonObject, Set<JsonObject>>;

export function memberOf({ value, pointer }: Spot, name: string): Spot {
  const member = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return { value: member, pointer: pointer + pointerOf(name) };
}

function nothingAt({ pointer }: Spot): Spot {
  return { value: undefined, pointer };
}

const falseWhereAbsent = new Set([
  'deprecated',
  'required',
  'readOnly',
  'writeOnly',
  'nullable',
  'uniqueItems',
  'allowEmptyValue',
  'allowReserved',
]);

/** What is not said means this, in what holds it. */
function isDefault(name: string, value: Json | undefined, holder: Json | undefined): boolean {
  const { in: place, style } = isObject(holder) ? holder : {};
  // Of a parameter, a header or an Encoding Object (OpenAPI 3.1, 4.8.12.2.2, 4.8.15.1).
  const isHeader = place === 'header' || (place === undefined && isObject(holder) && Object.hasOwn(holder, 'schema'));
  const usual = place === 'path' || isHeader ? 'simple' : 'form';
  return (
    (name === 'style' && value === usual) ||
    (name === 'explode' && value === ((style ?? usual) === 'form')) ||
    (value === false && falseWhereAbsent.has(name)) ||
    ((name === 'additionalProperties' || name === 'items') && (value === true || isEqual(value, {}))) ||
    (['minLength', 'minItems', 'minProperties'].includes(name) && value === 0)
  );
}

function isSameSet(left: Json | undefined, right: Json | undefined): boolean {
  if (left === true || right === true || left === false || right === false) return (left ?? false) === (right ?? false);
  const [a, b] = [left, right].map((list) => new Set(listOf(list).map(equalityKey)));
  return a !== undefined && b !== undefined && a.size === b.size && [...a].every((key) => b.has(key));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  return equalityKey(left) === equalityKey(right);
}

function isUnheeded(name: string): boolean {
  return words.has(name) || (name.startsWith('x-') && !heededExtensions.includes(name));
}

function lastOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}
