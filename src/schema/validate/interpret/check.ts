import { pointerOf } from '../../../text/pointer.js';
import type { Json, JsonObject } from '../../../text/value.js';
import { type AjvError, errorLimit, type Target } from '../validator.js';

/** What of a value has been evaluated in place (JSON Schema Core, 11): its members, and its items from the first on. */
export interface Evaluated {
  props: Record<string, true> | true;
  items: number | true;
}

/** Where a check stands in the data, and where it leaves what it finds. Nearly all find nothing, so no path is written before. */
export class Spot {
  readonly outer: Spot | null;
  /** From the spot around it; of the outermost, the whole path. */
  readonly step: string | number;
  readonly dynamicAnchors: object;
  readonly errors: AjvError[];
  /** Whether nobody changes the data in place. */
  readonly isFixed: boolean;
  #evaluated: Evaluated | undefined;

  constructor(outer: Spot | null, step: string | number, dynamicAnchors: object, errors: AjvError[], isFixed: boolean) {
    this.outer = outer;
    this.step = step;
    this.dynamicAnchors = dynamicAnchors;
    this.errors = errors;
    this.isFixed = isFixed;
  }

  get path(): string {
    if (this.outer === null) return String(this.step);
    return this.outer.path + pointerOf(this.step);
  }

  get evaluated(): Evaluated {
    this.#evaluated ??= { props: {}, items: 0 };
    return this.#evaluated;
  }

  /** What another schema has evaluated of the same value counts here too. */
  adopt(other: Spot | Evaluated): void {
    const found = other instanceof Spot ? other.#evaluated : other;
    if (found === undefined) return;
    const own = this.evaluated;
    if (found.props === true || own.props === true) own.props = true;
    else Object.assign(own.props, found.props);
    own.items = found.items === true || own.items === true ? true : Math.max(own.items, found.items);
  }
}

/** Leaves an error at the spot for each thing that is wrong with the data. */
export type Check<Data = unknown> = (data: Data, spot: Spot) => void;

/** What a keyword is made of: the schema that it stands in, and how it makes the checks of schemas inside it. */
export interface Site {
  readonly schema: JsonObject;
  readonly tracked: boolean;
  readonly target: (key: string) => Target;
  check(schema: Json): Check;
  fail(keyword: string, data: unknown, spot: Spot, params?: Record<string, unknown>): void;
}

/** Makes the check of a keyword from its value; undefined where it has nothing to say. */
export type Rule<Data = unknown> = (value: never, site: Site) => Check<Data> | undefined;

/** The same value for another schema, which has evaluated nothing so far. */
export function inPlace({ outer, step, dynamicAnchors, errors, isFixed }: Spot): Spot {
  return new Spot(outer, step, dynamicAnchors, errors, isFixed);
}

/** Asks whether a schema holds, and nothing more. */
export function holds(check: Check, data: unknown, { outer, step, dynamicAnchors, isFixed }: Spot): Spot | null {
  const inner = new Spot(outer, step, dynamicAnchors, [], isFixed);
  check(data, inner);
  return inner.errors.length === 0 ? inner : null;
}

export function inside(check: Check, data: unknown, step: string | number, spot: Spot): boolean {
  const before = spot.errors.length;
  check(data, new Spot(spot, step, spot.dynamicAnchors, spot.errors, spot.isFixed));
  return spot.errors.length === before;
}

/** Goes on until there are errors enough. */
export function each<Item>(list: Iterable<Item>, { errors }: Spot, isValid: (item: Item) => boolean): void {
  const before = errors.length;
  for (const item of list) {
    if (!isValid(item) && errors.length - before >= errorLimit) break;
  }
}
