import type { Problem } from '../../../errors.js';
import { isObject, type Json, type JsonObject } from '../../../text/value.js';
import { type Origins, type Place, placeIn } from '../../read/origins.js';
import type { File, Link, Target } from '../../refer/reference.js';
import type { OldSchema } from '../schemas.js';

/** A Parameter, Response or Path Item Object of 2.0, references followed. */
export interface Found {
  readonly value: Json | undefined;
  readonly place: Place;
  /** The name in the root's `parameters` or `responses` that a reference leads to. */
  readonly name: string | null;
}

/** A warning whose place is not looked for before somebody reads it. */
export interface PlacedWarning extends Omit<Problem, 'location'> {
  readonly place: Place;
}

/** What the rules for one document share. */
export interface Upgrade {
  readonly origins: Origins;
  /** Schemas that stood in parameters and headers, still in words of 2.0. */
  readonly schemas: OldSchema[];
  readonly warnings: PlacedWarning[];
  /** Follows references to the root's own parameters and responses, and to those of other files. */
  follow(written: Json | undefined, place: Place): Found;
}

export function createUpgrade(file: File, links: readonly Link[], origins: Origins): Upgrade {
  const targets = new Map<JsonObject, Target>(links.map(({ site, target }) => [site.holder, target]));
  return {
    origins,
    schemas: [],
    warnings: [],
    follow(written, place) {
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
    },
  };
}

/** As if it stood where it is used. */
export function inline(found: Found): Found {
  return { ...found, name: null };
}

export function extensions(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name.startsWith('x-')));
}
