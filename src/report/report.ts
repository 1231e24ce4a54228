import type { RunFinding } from '../contract/run/result.js';

/** What every format shows of a result: `run/report.ts` makes it of a run, `proof/report.ts` of a proof. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** Title and version of the document. */
  readonly title: string;
  /** The file of the document, as the user named it. */
  readonly document: string;
  readonly openapi: string | null;
  /** What was held against the document. */
  readonly target: Text;
  readonly seed: number;
  readonly requests: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly outcome: 'kept' | 'broken' | 'incomplete';
  /** The outcome in one line. */
  readonly verdict: string;
  /** What was looked at, in one line. */
  readonly headline: string;
  /** What it took, in one line. */
  readonly effort: string;
  /** Short ones, for the head of a page. */
  readonly facts: readonly string[];
  /** Why it did not come to its end; null where it did. */
  readonly partial: string | null;
  /** What findings are of, by `check`. */
  readonly rules: readonly { readonly id: string; readonly summary: string }[];
  /** The most serious first. */
  readonly findings: readonly RunFinding[];
  /** Findings that were counted and are not listed. */
  readonly findingsNotKept: number;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Empty where the rows say it already. */
  readonly checks: readonly CheckRow[];
  /** Method and path, by the id of an operation; where one is missing its id has to do. */
  readonly operationNames: ReadonlyMap<string, string>;
  readonly suites: readonly Suite[];
  readonly coverage: readonly CoverageRow[];
  readonly undeclaredStatuses: readonly UndeclaredStatus[];
  readonly matrix: Matrix | null;
  /** null where it is not of a run. */
  readonly grid: Grid | null;
  readonly notSent: readonly string[];
  /** What was done wrong by whoever ran it, with what to do. */
  readonly mistakes: readonly string[];
  /** What would let more be exercised. */
  readonly raise: readonly string[];
  /** Sentences that a reader has to know. */
  readonly notes: readonly string[];
  /** What the report is of: the JSON report is this object. */
  readonly result: object;
}

export type State = 'kept' | 'broken' | 'not-exercised' | 'not-sent';

/** Words, a number, or what is to be read letter by letter. */
export type Text = string | number | { readonly code: string };

export interface Column {
  readonly name: string;
  readonly isNumber?: true;
  /** Shown only where there is room: on a page. */
  readonly isWide?: true;
}

/** An operation of a run, or a fault of a proof. */
export interface Row {
  readonly state: State;
  /** What stands above it at a terminal, where the row before has another; empty for nothing. */
  readonly heading: string;
  readonly name: string;
  /** How many cases or places, padded for a terminal. */
  readonly amount: string;
  /** What is to be said of it at a terminal. */
  readonly note: string;
  /** By column. */
  readonly cells: readonly Text[];
}

/** A check of a run. Its state is `not-sent` where no exchange was held against it. */
export interface CheckRow {
  readonly id: string;
  readonly summary: string;
  readonly state: State;
  readonly exchanges: number;
  readonly violations: number;
}

/** A suite as JUnit has it. */
export interface Suite {
  readonly name: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly tests: readonly Test[];
}

export interface Test {
  /** The suite's own name, without blanks. */
  readonly group: string;
  readonly name: string;
  /** How many cases of ours it stands for. */
  readonly assertions: number;
  /** Milliseconds. */
  readonly duration: number;
  /** It failed where there are any. */
  readonly findings: readonly RunFinding[];
  /** Why it could not be run, or was not; null where it was. */
  readonly error: string | null;
  readonly skipped: string | null;
}

interface CoverageRow {
  readonly part: string;
  readonly total: number;
  readonly exercised: number;
  /** What was not; bounded. */
  readonly never: readonly string[];
}

interface UndeclaredStatus {
  readonly operationId: string;
  readonly status: number;
  readonly count: number;
}

/** Each check in each operation. */
export interface Grid {
  readonly checks: readonly string[];
  /** Checks for which nothing came in any operation. */
  readonly unseen: readonly string[];
  readonly rows: readonly GridRow[];
}

interface GridRow {
  readonly name: string;
  readonly state: State;
  /** By check. */
  readonly cells: readonly GridCell[];
  readonly requests: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly note: string;
}

export interface GridCell {
  readonly state: State;
  /** The place of the finding on a page; null where there is none. */
  readonly anchor: string | null;
  /** Violations. */
  readonly count: number;
}

/** Each fault in each operation. */
export interface Matrix {
  readonly operations: readonly string[];
  readonly rows: readonly { readonly name: string; readonly summary: string; readonly cells: readonly Cell[][] }[];
}

export interface Cell {
  readonly state: State;
  readonly text: string;
  readonly details: string;
}
