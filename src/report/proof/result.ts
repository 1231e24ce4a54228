import type { Location } from '../../errors.js';

/** One fault in one operation, or in one place of it. */
export interface Trial {
  readonly fault: string;
  readonly operationId: string;
  /** Pointer to the schema keyword where it strikes; null for a fault without places. */
  readonly site: string | null;
  readonly outcome: Outcome;
}

export type Outcome =
  /** A check complained. `requests`: how many had been sent by then, the one that told included. */
  | {
      readonly kind: 'killed';
      readonly by: readonly string[];
      readonly caseId: string;
      readonly title: string;
      readonly requests: number;
    }
  /** It showed in at least one answer, and no check complained. `example`: a request whose answer was changed. */
  | { readonly kind: 'survived'; readonly requests: number; readonly example: string }
  /** The operation gives it nothing to spoil, or nothing that its schema would not allow. */
  | { readonly kind: 'not-applicable'; readonly reason: string }
  /** Its place stands in the document, and no answer to any request brought it there: nothing is known of it. */
  | { readonly kind: 'not-tried'; readonly reason: string };

/** A right implementation that was accused. */
export interface FalseAlarm {
  /** The id of a harmless variant; null for the mock as it is. */
  readonly variant: string | null;
  readonly operationId: string;
  readonly check: string;
  readonly caseId: string;
  readonly title: string;
  readonly message: string;
}

export interface FaultSummary {
  readonly id: string;
  /** One of `families` in `fault/`. */
  readonly family: string;
  readonly summary: string;
  readonly caughtBy: readonly string[];
  readonly killed: number;
  readonly survived: number;
  readonly notApplicable: number;
  /** Places that no answer brought it to: they are no part of the score. */
  readonly notTried: number;
}

/** What a proof found. Plain JSON: the JSON report is this object. */
export interface ProofResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'counterproof'; readonly version: string };
  readonly document: { readonly name: string; readonly title: string; readonly version: string };
  readonly seed: number;
  readonly operations: number;
  readonly cases: number;
  readonly requests: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly trials: readonly Trial[];
  readonly faults: readonly FaultSummary[];
  readonly falseAlarms: readonly FalseAlarm[];
  /** How many variants were tried on how many operations. */
  readonly variants: number;
  /** Operations that the suite cannot send a valid request to, with the reason. */
  readonly unusable: readonly { readonly operationId: string; readonly reason: string }[];
  /** Where operations (by id) and the sites of survivors (by pointer) stand in the document. */
  readonly places: Readonly<Record<string, Location>>;
  /** Killed trials by all that were tried: 0 to 1, or null where none was. */
  readonly score: number | null;
  /** Trials that are no part of the score, since no answer brought the fault to its place: see `trials` for each. */
  readonly notTried: number;
  /** Places beyond the most at which one fault is tried in one operation: they are not among the trials. */
  readonly placesLeftOut: number;
}
