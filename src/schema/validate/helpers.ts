import { equalityKey, firstDuplicate, membership } from '../equality.js';
import { formats } from '../formats.js';
import { isMultipleOf } from '../multiple-of.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import type { AjvError } from './validator.js';

/** What tells the branches of a union apart, as JSON. */
export interface BranchTags {
  readonly property: string;
  readonly indices: Readonly<Record<string, number>>;
  readonly otherwise?: number;
}

/** What the code that Ajv generates for this project calls, by name: code that was written ahead of time has it from here. */
export const helpers = {
  formats,
  firstDuplicate,
  hasOwn: Object.hasOwn,
  isMultipleOf,
  membership,

  /** Whether a member is none of `properties` and matches none of `patternProperties`. */
  isAdditional(properties: object = {}, patternProperties: object = {}): (name: string) => boolean {
    const names = new Set(Object.keys(properties));
    const patterns = Object.keys(patternProperties).map((pattern) => helpers.patternOf(pattern));
    return (name) => !names.has(name) && !patterns.some((pattern) => pattern.test(name));
  },

  /** Which branch of a union the tag of a value names; -1 for none. */
  branchNamer({ property, indices, otherwise = -1 }: BranchTags): (data: unknown) => number {
    return (data) => {
      if (typeof data !== 'object' || data === null || Array.isArray(data)) return -1;
      const tag = (data as Record<string, unknown>)[property];
      return typeof tag === 'string' && Object.hasOwn(indices, tag) ? (indices[tag] as number) : otherwise;
    };
  },

  patternOf(pattern: string): Pattern {
    const compiled = compilePattern(pattern);
    if (!compiled) throw new SyntaxError(`not a regular expression: ${pattern}`);
    return compiled;
  },

  /** Ajv makes a new list each time, which takes quadratic time over the items of a list. */
  appendErrors(errors: AjvError[] | null, more: AjvError[]): AjvError[] {
    if (errors === null) return more;
    for (const error of more) errors.push(error);
    return errors;
  },

  /** A copy of what a target has evaluated: what is evaluated besides is none of its business. */
  copyOf: (names: Readonly<Record<string, true>> | true | undefined): Record<string, true> | true =>
    names === true ? true : { ...names },

  /** The length of a string in characters (Ajv's name). */
  ucs2length(text: string): number {
    let count = 0;
    for (const _ of text) count += 1;
    return count;
  },

  /** Whether two JSON values are equal (Ajv's name). */
  equal: (left: unknown, right: unknown): boolean => equalityKey(left) === equalityKey(right),
};
