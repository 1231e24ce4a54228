import { parsePointer, pointerOf } from '../../text/pointer.js';
import { describe, isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import type { Document } from '../document.js';
import type { LeftOut, Misfit, Taken } from '../problems.js';

export type Segments = readonly string[];

/** A value of the tree and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly segments: Segments;
}

/** What the checks found, and the steps that all of them take. */
export class Report {
  readonly problems: Misfit[] = [];
  readonly leftOut: LeftOut[] = [];
  /** Done after every problem has found its place: takes out of the tree what is not served. */
  readonly removals: (() => void)[] = [];
  readonly #document: Pick<Document, 'resolve'>;
  readonly #checked = new Set<Json>();
  /** By object, why an operation that uses it cannot be served. */
  readonly #unusable = new Map<Json, string>();
  readonly #targets = new Map<string, Placed<JsonObject> | undefined>();

  constructor(document: Pick<Document, 'resolve'>) {
    this.#document = document;
  }

  /** What it takes away is nothing where it is not said. */
  add(segments: Segments, problem: Omit<Misfit, 'segments' | 'takes'> & Partial<Pick<Misfit, 'takes'>>): void {
    this.problems.push({ takes: 'nothing', segments, ...problem });
  }

  /** Says that an operation cannot be served which uses an object. */
  spoil(value: Json, reason: string): void {
    this.#unusable.set(value, reason);
  }

  /** Why an operation that uses what stands here cannot be served; undefined where it can. */
  reasonAgainst({ value, segments }: Placed<Json>, expected: string): string | undefined {
    if (!isObject(value)) return `${pointerOf(...segments)} is not ${expected}`;
    if (!('$ref' in value)) return this.#unusable.get(value);
    const target = this.#target(value, segments);
    if (target === undefined) return `${describe(value.$ref)} leads to nothing that is ${expected}`;
    return this.#unusable.get(target.value);
  }

  /** The object that a member holds. null is taken for absent, since an empty key of YAML is null. */
  object(
    holder: Placed<JsonObject>,
    member: string,
    expected: string,
    takes: Taken = 'nothing',
  ): Placed<JsonObject> | undefined {
    const value = this.present(holder, member, expected);
    const segments = [...holder.segments, member];
    if (value === undefined) return undefined;
    if (isObject(value)) return { value, segments };
    this.add(segments, {
      id: 'shape',
      takes,
      message: `${JSON.stringify(member)} is not ${expected}`,
      expected: 'an object',
      found: describe(value),
    });
    return undefined;
  }

  /** A member that has to be text: a number or a boolean, which YAML makes of what has no quotes, is read as its text. */
  text({ value, segments }: Placed<JsonObject>, member: string, called: string): void {
    const found = value[member];
    if (typeof found !== 'number' && typeof found !== 'boolean') return;
    const text = String(found);
    this.add([...segments, member], {
      id: 'text-unquoted',
      message: `${called} is a ${typeof found} and was read as ${JSON.stringify(text)}`,
      expected: 'a string',
      found: describe(found),
      remedy: 'Put it in quotes.',
    });
    setMember(value, member, text);
  }

  /** The items that a member holds. */
  list(holder: Placed<JsonObject>, member: string, expected: string, takes: Taken = 'nothing'): Placed<Json>[] {
    const value = this.present(holder, member, expected);
    const segments = [...holder.segments, member];
    if (value === undefined) return [];
    if (Array.isArray(value)) {
      return value.map((item, index) => ({ value: item, segments: [...segments, String(index)] }));
    }
    this.add(segments, {
      id: 'shape',
      takes,
      message: `${JSON.stringify(member)} is not ${expected}`,
      expected: 'a list',
      found: describe(value),
    });
    return [];
  }

  /** The members of an object, extensions left out. */
  members(holder: Placed<JsonObject>): (Placed<Json> & { readonly name: string })[] {
    return Object.keys(holder.value)
      .filter((name) => !name.startsWith('x-'))
      .map((name) => ({ name, value: holder.value[name] as Json, segments: [...holder.segments, name] }));
  }

  /** A value that has to be an object, after its references were followed; undefined where it is not, or was seen before. */
  once(placed: Placed<Json>, expected: string, takes: Taken = 'nothing'): Placed<JsonObject> | undefined {
    const found = this.follow(placed, expected, takes);
    if (found === undefined || this.#checked.has(found.value)) return undefined;
    this.#checked.add(found.value);
    return found;
  }

  /** A value that has to be an object, after its references were followed. A reference to nothing was reported before. */
  follow(placed: Placed<Json>, expected: string, takes: Taken = 'nothing'): Placed<JsonObject> | undefined {
    const { value, segments } = placed;
    if (!isObject(value)) {
      this.add(segments, {
        id: 'shape',
        takes,
        message: `Not ${expected}`,
        expected: 'an object',
        found: describe(value),
      });
      return undefined;
    }
    if (!('$ref' in value)) return { value, segments };
    if (typeof value.$ref !== 'string') {
      this.add([...segments, '$ref'], {
        id: 'reference-invalid',
        takes,
        message: 'A reference is not a string',
        expected: 'a URI reference',
        found: describe(value.$ref),
      });
      return undefined;
    }
    return this.#target(value, segments);
  }

  #target(holder: JsonObject, segments: Segments): Placed<JsonObject> | undefined {
    const text = String(holder.$ref);
    if (!this.#targets.has(text)) {
      const { value, pointer } = this.#document.resolve(holder, pointerOf(...segments));
      const target = isObject(value) && !('$ref' in value) ? { value, segments: parsePointer(pointer) } : undefined;
      this.#targets.set(text, target);
    }
    return this.#targets.get(text);
  }

  present(holder: Placed<JsonObject>, member: string, expected: string): Json | undefined {
    const value = holder.value[member];
    if (value === null) {
      this.add([...holder.segments, member], {
        id: 'empty-member',
        message: `${JSON.stringify(member)} is empty and was taken for absent`,
        expected,
        found: 'null',
        remedy: 'Remove it, or give it a value.',
      });
      delete holder.value[member];
      return undefined;
    }
    return Object.hasOwn(holder.value, member) ? value : undefined;
  }
}
