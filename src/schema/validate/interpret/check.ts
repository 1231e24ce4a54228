import type { Json, JsonObject } from '../../../text/value.js';
import { type AjvError, errorLimit, type Target } from '../validator.js';

/** What of a value has been evaluated in place (JSON Schema Core, 11): its members, and its items from the first on. */
export interface Evaluated {
  props: Record<string, true> | true;
  items: number | true;
}

/** Where a check stands in the data, and where it leaves what it finds. */
export interface Spot {
  readonly path: string;
  readonly dynamicAnchors: object;
  readonly errors: AjvError[];
  readonly evaluated: Evaluated;
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
export function inPlace(spot: Spot, errors: AjvError[] = spot.errors): Spot {
  return { ...spot, errors, evaluated: { props: {}, items: 0 } };
}

/** Asks whether a schema holds, and nothing more. */
export function holds(check: Check, data: unknown, spot: Spot): Evaluated | null {
  const inner = inPlace(spot, []);
  check(data, inner);
  return inner.errors.length === 0 ? inner.evaluated : null;
}

export function inside(check: Check, data: unknown, step: string | number, { path, ...spot }: Spot): boolean {
  const before = spot.errors.length;
  const token = typeof step === 'number' ? step : step.replaceAll('~', '~0').replaceAll('/', '~1');
  check(data, { ...spot, path: `${path}/${token}`, evaluated: { props: {}, items: 0 } });
  return spot.errors.length === before;
}

export function merge(into: Evaluated, { props, items }: Evaluated): void {
  if (props === true || into.props === true) into.props = true;
  else Object.assign(into.props, props);
  into.items = items === true || into.items === true ? true : Math.max(into.items, items);
}

/** Goes on until there are errors enough. */
export function each<Item>(list: Iterable<Item>, { errors }: Spot, isValid: (item: Item) => boolean): void {
  const before = errors.length;
  for (const item of list) {
    if (!isValid(item) && errors.length - before >= errorLimit) break;
  }
}
