import type { Location } from '../../errors.js';
import { child } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { File } from '../refer/reference.js';

/** The root member under which files that the document refers to are embedded, by their names. */
export const embeddedFiles = 'x-counterproof-files';

/** A place in a file, found when it is asked for. */
export interface Place {
  readonly file: File;
  segments(): readonly string[];
}

export function placeIn(file: File, segments: readonly string[]): Place {
  return { file, segments: () => segments };
}

/** A place below another. */
export function below(place: Place, ...steps: readonly string[]): Place {
  return { file: place.file, segments: () => [...place.segments(), ...steps] };
}

/**
 * Where the objects of the finished tree were written, for those that do not stand where their parents
 * and names say: what the upgrade moved, and what came from another file.
 */
export class Origins {
  readonly #places = new Map<object, Place>();
  /** By their holder, of members that are no objects. */
  readonly #members = new Map<object, Map<string, Place>>();

  set(value: Json, place: Place): void {
    if (typeof value === 'object' && value !== null && !this.#places.has(value)) this.#places.set(value, place);
  }

  /** The same for a member, whatever it is. */
  setMember(holder: JsonObject, name: string, place: Place): void {
    const value = holder[name];
    if (typeof value === 'object' && value !== null) this.set(value, place);
    else this.#members.set(holder, (this.#members.get(holder) ?? new Map<string, Place>()).set(name, place));
  }

  /** The location of a place of the finished tree, or of its nearest ancestor that was written. */
  locate(root: JsonObject, files: readonly File[], segments: readonly string[]): Location {
    const [main] = files as readonly [File, ...File[]];
    const [first, key] = segments;
    const embedded = first === embeddedFiles ? files.find((file) => file.key !== null && file.key === key) : undefined;
    let value: Json | undefined = embedded ? embedded.source.value : root;
    let place = placeIn(embedded ?? main, []);
    let steps: string[] = [];
    for (const segment of embedded ? segments.slice(2) : segments) {
      const holder = value as Json as object;
      value = child(value, segment);
      const isHeld = typeof value === 'object' && value !== null;
      const moved = isHeld ? this.#places.get(value as object) : this.#members.get(holder)?.get(segment);
      if (moved === undefined) {
        steps.push(segment);
      } else {
        place = moved;
        steps = [];
      }
    }
    return place.file.source.locate([...place.segments(), ...steps]);
  }
}
