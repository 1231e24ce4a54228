import { parsePointer, pointerOf } from '../../text/pointer.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Document } from '../document.js';
import type { Misfit } from '../read/identify.js';

export type Segments = readonly string[];

/** A value of the tree and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly segments: Segments;
}

/** What the checks found, and the steps that all of them take. */
export class Report {
  readonly problems: Misfit[] = [];
  readonly warnings: Misfit[] = [];
  readonly #document: Pick<Document, 'resolve'>;
  readonly #checked = new Set<Json>();
  readonly #targets = new Map<string, Placed<JsonObject> | undefined>();

  constructor(document: Pick<Document, 'resolve'>) {
    this.#document = document;
  }

  error(segments: Segments, problem: Omit<Misfit, 'segments'>): void {
    this.problems.push({ segments, ...problem });
  }

  warn(segments: Segments, problem: Omit<Misfit, 'segments'>): void {
    this.warnings.push({ segments, ...problem });
  }

  /** The object that a member holds. null is taken for absent, since an empty key of YAML is null. */
  object(holder: Placed<JsonObject>, member: string, expected: string): Placed<JsonObject> | undefined {
    const value = this.present(holder, member, expected);
    const segments = [...holder.segments, member];
    if (value === undefined) return undefined;
    if (isObject(value)) return { value, segments };
    this.error(segments, {
      message: `${JSON.stringify(member)} is not ${expected}`,
      expected: 'an object',
      found: describe(value),
    });
    return undefined;
  }

  /** The items that a member holds. */
  list(holder: Placed<JsonObject>, member: string, expected: string): Placed<Json>[] {
    const value = this.present(holder, member, expected);
    const segments = [...holder.segments, member];
    if (value === undefined) return [];
    if (Array.isArray(value)) {
      return value.map((item, index) => ({ value: item, segments: [...segments, String(index)] }));
    }
    this.error(segments, {
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
  once(placed: Placed<Json>, expected: string): Placed<JsonObject> | undefined {
    const found = this.follow(placed, expected);
    if (found === undefined || this.#checked.has(found.value)) return undefined;
    this.#checked.add(found.value);
    return found;
  }

  /** A value that has to be an object, after its references were followed. A reference to nothing was reported before. */
  follow(placed: Placed<Json>, expected: string): Placed<JsonObject> | undefined {
    const { value, segments } = placed;
    if (!isObject(value)) {
      this.error(segments, { message: `Not ${expected}`, expected: 'an object', found: describe(value) });
      return undefined;
    }
    if (!('$ref' in value)) return { value, segments };
    if (typeof value.$ref !== 'string') {
      this.error([...segments, '$ref'], {
        message: 'A reference is not a string',
        expected: 'a URI reference',
        found: describe(value.$ref),
      });
      return undefined;
    }
    if (!this.#targets.has(value.$ref)) {
      const { value: target, pointer } = this.#document.resolve(value, pointerOf(...segments));
      this.#targets.set(value.$ref, isObject(target) ? { value: target, segments: parsePointer(pointer) } : undefined);
    }
    return this.#targets.get(value.$ref);
  }

  present(holder: Placed<JsonObject>, member: string, expected: string): Json | undefined {
    const value = holder.value[member];
    if (value === null) {
      this.warn([...holder.segments, member], {
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
