import type { Location } from '../../errors.js';
import { child } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Source } from '../read/source.js';

/** Where a value was written: a file, and the reference tokens in it. */
export interface Written {
  readonly source: Source;
  readonly segments: readonly string[];
}

export type Container = JsonObject | Json[];

export function below({ source, segments }: Written, key: string): Written {
  return { source, segments: [...segments, key] };
}

export function isContainer(value: Json | undefined): value is Container {
  return typeof value === 'object' && value !== null;
}

/**
 * Which members of a tree were not written where their parents and names say. Members are noted by the object that holds
 * them, while the tree changes; `freeze` makes of that what is asked later, when others have changed the tree further.
 */
export class Provenance {
  readonly #members = new Map<Container, Map<string, Written>>();
  readonly #root: Written;

  constructor(source: Source) {
    this.#root = { source, segments: [] };
  }

  note(container: Container, key: string, written: Written): void {
    const members = this.#members.get(container);
    if (members === undefined) this.#members.set(container, new Map([[key, written]]));
    else members.set(key, written);
  }

  /** Where the value at these reference tokens was written. */
  of(root: Json, segments: readonly string[]): Written {
    let written = this.#root;
    let value: Json | undefined = root;
    for (const segment of segments) {
      if (isContainer(value)) written = this.member(value, segment, written);
      value = child(value, segment);
    }
    return written;
  }

  /** Where a member was written whose container was written there. */
  member(container: Container, key: string, written: Written): Written {
    return this.#members.get(container)?.get(key) ?? below(written, key);
  }

  /** For a copy of a container, whose members have the same names. */
  copyNotes(from: Container, to: Container): void {
    const members = this.#members.get(from);
    if (members !== undefined) this.#members.set(to, new Map(members));
  }

  forget(object: JsonObject, key: string): void {
    this.#members.get(object)?.delete(key);
  }

  /** Takes items out of a list that was written there; the others keep their places. */
  removeItems(list: Json[], removed: ReadonlySet<string>, written: Written): void {
    const kept = [...list.keys()].map(String).filter((key) => !removed.has(key));
    const places = kept.map((key) => this.member(list, key, written));
    const items = kept.map((key) => list[Number(key)] as Json);
    list.splice(0, list.length, ...items);
    this.#members.set(list, new Map(places.map((place, index) => [String(index), place])));
  }

  /** The places of the tree as it is now, for every later call. */
  freeze(root: Json): (segments: readonly string[]) => Location {
    const tree = this.#branch(root) ?? new Map<string, Branch>();
    return (segments) => {
      let written = this.#root;
      let members: ReadonlyMap<string, Branch> | null = tree;
      for (const segment of segments) {
        const branch: Branch | undefined = members?.get(segment);
        written = branch?.written ?? below(written, segment);
        members = branch?.members ?? null;
      }
      return written.source.locate(written.segments);
    };
  }

  /** null where all below was written where its parents say. */
  #branch(value: Json): Map<string, Branch> | null {
    if (!isContainer(value)) return null;
    const noted = this.#members.get(value);
    const branches = new Map<string, Branch>();
    for (const [key, member] of Object.entries(value)) {
      const written = noted?.get(key) ?? null;
      const members = this.#branch(member);
      if (written !== null || members !== null) branches.set(key, { written, members });
    }
    return branches.size > 0 ? branches : null;
  }
}

interface Branch {
  /** null where it was written where its parent says. */
  readonly written: Written | null;
  readonly members: ReadonlyMap<string, Branch> | null;
}
