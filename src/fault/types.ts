import type { Answer, HttpRequest } from '../operation/http.js';
import type { Content, Operation, RequestValues, Response } from '../operation/types.js';
import type { Schema, Violation } from '../schema/index.js';
import type { Json, JsonObject } from '../text/value.js';

/** What a request changes in one thing. */
export interface Remembered {
  readonly key: string;
  /** null: it is deleted. */
  readonly row: Json | null;
}

/** The ways in which an implementation goes wrong, in the order of the docs; the last is how it is right in an unusual way. */
export const families = [
  'status',
  'headers',
  'media-type',
  'shape',
  'type',
  'bounds',
  'format',
  'required',
  'error-body',
  'encoding',
  'stream',
  'auth',
  'method',
  'parameters',
  'robustness',
  'timing',
  'life',
  'harmless',
] as const;
export type Family = (typeof families)[number];

/** Where a generated fault strikes: one keyword of one schema. */
export interface Site {
  /** Pointer into the document, keyword included. */
  readonly pointer: string;
  readonly keyword: string;
  /** The Schema Object that the keyword stands in; absent for what stands elsewhere. */
  readonly schema?: JsonObject;
}

/** One request and its answer, as a fault sees them. */
export interface FaultContext {
  readonly operation: Operation;
  readonly request: HttpRequest;
  readonly values: RequestValues;
  /** All violations of the request, before any was overlooked. */
  readonly violations: readonly Violation[];
  /** How many requests this operation had before this one, where a host counts them; else null. */
  readonly ordinal: number | null;
  /** The site asked for, or null: then the fault chooses. */
  readonly site: string | null;
  /** Seeded by mock seed, fault and request: in [0, 1). */
  random(): number;
  /** What the document declares for an answer. */
  declared(answer: Answer): { readonly response: Response | null; readonly content: Content | null };
  /** A valid value with every optional member, or undefined where there is none. Each attempt gives another one. */
  generate(schema: Schema, attempt: number): Json | undefined;
}

/** One named way in which an implementation can be wrong or slow. */
export interface Fault {
  readonly id: string;
  readonly family: Family;
  /** What the implementation does, as a phrase: "answers 500". */
  readonly summary: string;
  /** The checks that must notice. The first is the one that the fault table names. */
  readonly caughtBy: readonly string[];
  /** Why it cannot show with this operation, or null where it can. */
  unfit(operation: Operation): string | null;
  /** Made from the operation's own description (which keyword, place, status, scheme), not fixed. */
  readonly generated?: true;
  /** The places of the operation's own schemas where it can strike; absent for a fault without places. */
  sites?(operation: Operation): readonly Site[];
  /** Overlooks violations, or finds some where there are none. */
  judge?(violations: readonly Violation[], context: FaultContext): readonly Violation[];
  /** The method that is served instead of one that the path does not declare. */
  alias?(method: string, allowed: readonly string[]): string | null;
  /** What of a valid request the implementation heeds. */
  heed?(values: RequestValues, operation: Operation): RequestValues;
  /**
   * What it remembers of what a request changes.
   * @param before the thing with a key, as it was; undefined where none was written
   */
  remember?<Change extends Remembered>(
    changes: readonly Change[],
    context: FaultContext,
    before: (change: Change) => Json | null | undefined,
  ): readonly Change[];
  /** Whether it goes on showing what stands under a thing that was deleted. */
  readonly overlooksParents?: true;
  /** Spoils the finished answer; null where this one gives it nothing to spoil. */
  spoil?(answer: Answer, context: FaultContext): Answer | null;
}

/** A fault that was asked for, and where it is to strike. */
export interface ActiveFault {
  readonly fault: Fault;
  /** Pointer to a schema keyword, or null: then the fault chooses by the seed. */
  readonly site: string | null;
}
