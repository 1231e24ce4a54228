import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { type Place, placeIn } from '../read/origins.js';
import type { File, Link, Target } from '../refer/reference.js';

/** A Parameter, Response or Path Item Object of 2.0, references followed. */
export interface Found {
  readonly value: Json | undefined;
  readonly place: Place;
  /** The name in the root's `parameters` or `responses` that a reference leads to. */
  readonly name: string | null;
}

/** What is described, and not merely referred to by its name. */
export type Described = Found & { readonly value: JsonObject; readonly name: null };

export function isDescribed(found: Found): found is Described {
  return isObject(found.value) && found.name === null;
}

/** As if it stood where it is used. */
export function inline(found: Found): Found {
  return { ...found, name: null };
}

export function isBody({ value }: Found): boolean {
  return isObject(value) && (value.in === 'body' || value.in === 'formData');
}

/** The parts of an operation that 2.0 and 3.0 write differently. */
export interface OperationParts {
  readonly parameters?: readonly Found[];
  /** Body and form parameters. */
  readonly bodies?: readonly Found[];
  readonly responses?: Readonly<Record<string, Found>>;
  readonly consumes?: readonly string[] | undefined;
  readonly produces?: readonly string[] | undefined;
}

/** Follows references to the root's own parameters and responses, and to those of other files. */
export function createFollower(file: File, links: readonly Link[]): (value: Json | undefined, place: Place) => Found {
  const targets = new Map<JsonObject, Target>(links.map(({ site, target }) => [site.holder, target]));
  return (written, place) => {
    let found: Found = { value: written, place, name: null };
    const seen = new Set<Json>();
    while (isObject(found.value) && !seen.has(found.value)) {
      seen.add(found.value);
      const target = targets.get(found.value);
      if (target === undefined) break;
      const { segments, value } = target;
      const [section = '', name = ''] = segments;
      const isNamed = target.file === file && segments.length === 2 && /^(?:parameters|responses)$/.test(section);
      found = { value, place: placeIn(target.file, segments), name: isNamed ? name : null };
    }
    return found;
  };
}

/** Body and form parameters of an operation: its own, and those of its path that they do not replace. */
export function bodiesOf(own: readonly Found[], shared: readonly Found[]): Found[] {
  const member = ({ value }: Found, name: string) => (isObject(value) ? value[name] : undefined);
  const hasBody = own.some((found) => member(found, 'in') === 'body');
  const names = new Set(own.map((found) => member(found, 'name')));
  const kept = shared.filter((found) =>
    member(found, 'in') === 'body' ? own.length === 0 : !hasBody && !names.has(member(found, 'name')),
  );
  return [...own, ...kept];
}

/** The media types of `consumes` or `produces`; an empty list says nothing. */
export function mediaTypes(value: Json | undefined): string[] | undefined {
  const types = Array.isArray(value) ? value.filter((type) => typeof type === 'string') : [];
  return types.length > 0 ? types : undefined;
}

export function extensions(value: Json | undefined): JsonObject {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => name.startsWith('x-'))) : {};
}
