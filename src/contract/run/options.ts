import type { Fixtures } from '../../fixture/index.js';
import type { Operation, OperationEntry, Operations } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import type { Credentials } from '../credentials/credentials.js';
import type { LifeCheck } from '../life/table.js';
import type { Aspect, Check, ContractCase, Exchange, RunCheck, Send } from '../types.js';
import type { Workflow } from '../workflow/arazzo.js';
import type { Clock } from './clock.js';
import type { CheckComplaint } from './judge.js';
import type { RunResult } from './result.js';

/** What a run is given. Only `operations`, `send` and `target` have no default. */
export interface RunOptions {
  readonly operations: Operations;
  readonly send: Send;
  /** The base URL, for reports. */
  readonly target: string;
  /** Whether unsafe methods may be sent: the target is on this machine, or the user said so. */
  readonly allowWrites?: boolean;
  /** Why unsafe methods are not sent, where they are not: the target is on another machine (the default), or another one is asked too. */
  readonly unsafeReason?: 'unsafe-method' | 'unsafe-compared';
  /** Whether that may be sent too which could remove what others have: a DELETE of a whole collection, or of what there is one of. */
  readonly allowDeletes?: boolean;
  /** 1 */
  readonly seed?: number;
  readonly fixtures?: Fixtures;
  /** Real values by parameter name. */
  readonly values?: Readonly<Record<string, Json>>;
  /** Most cases for each operation. */
  readonly maxCases?: number;
  /** Patterns: see `selectOperations`. */
  readonly operation?: readonly string[];
  /** Only cases that vary this; absent: all. */
  readonly aspects?: readonly Aspect[];
  /** Patterns: see `selectChecks`. */
  readonly check?: readonly string[];
  readonly strict?: boolean;
  readonly shard?: { readonly index: number; readonly count: number };
  /** How much the run may cost; the cases that caught most come first. */
  readonly budget?: Budget;
  /** Requests at the same time (8). */
  readonly concurrency?: number;
  /** Milliseconds for one exchange (10,000). */
  readonly timeout?: number;
  /** Longest body of an answer that is read, in bytes (8 MiB): of all answers of an operation some times that. */
  readonly maxAnswer?: number;
  /** Most requests a second; absent: as fast as the target answers. */
  readonly rate?: number;
  readonly credentials?: Credentials;
  /** Carried out before all else. */
  readonly workflows?: readonly Workflow[];
  /** Of the workflows, by name. */
  readonly inputs?: Readonly<Record<string, Json>>;
  /** Of another user, who may have nothing of what the first one makes. */
  readonly secondUser?: Credentials;
  /** How long what was written may take to be seen, in milliseconds (0). */
  readonly settle?: number;
  /** Brings the target back after it has died, and says whether it is there again. Absent: the run ends with the target. */
  readonly restart?: () => Promise<boolean>;
  /** Called when the run waits because the target asked for it: for how many milliseconds, and why. */
  readonly onWait?: (milliseconds: number, why: string) => void;
  /** Ends the run early; what was found until then is the result. Its reason is a string for the report. */
  readonly signal?: AbortSignal;
  /** Sends what removes at the end what the run has made, also after `signal`; absent: `send`. */
  readonly removeWith?: Send;
  /** Called at the start and after each case. `snapshot` makes a result of what is known so far; it costs as much as a report. */
  readonly onProgress?: (progress: Progress, snapshot: () => RunResult) => void;
  /** The lines of a file of the document, for reports; null for one that cannot be read. */
  readonly linesOf?: (file: string) => readonly string[] | null;
  /** Version of the tool, for reports. */
  readonly version?: string;
  /** In place of the suite's own. */
  readonly checks?: readonly Check[];
  readonly createRunChecks?: () => RunCheck[];
  readonly lifeChecks?: readonly LifeCheck[];
}

/** How much a run may cost. What does not fit is not sent, and is counted. */
export interface Budget {
  /** Cases, those that are sent again because they failed not counted. */
  readonly requests?: number;
  /** Milliseconds from the beginning of the run. */
  readonly duration?: number;
  /** What cases of this document are worth, by id, as a proof of it learnt; the kinds of cases decide without it. */
  readonly worths?: Readonly<Record<string, number>>;
}

export interface Progress {
  readonly operations: number;
  readonly operationsDone: number;
  /** How much of the work is done, from 0 to 1: an estimate. */
  readonly share: number;
  /** The operation that is tried, as method and path. */
  readonly operation: string;
  readonly cases: number;
  readonly violations: number;
}

/** What only a caller within this package gives: one that runs the same cases many times, as a proof does. */
export interface TrialOptions extends RunOptions {
  /** In place of those that `operation` selects. */
  readonly entries?: readonly OperationEntry[];
  /** In place of deriving them. */
  readonly casesOf?: (operation: Operation) => readonly ContractCase[];
  readonly listener?: RunListener;
  /** How often a case that is broken is sent again, to tell a flaky target from a wrong one (2). */
  readonly repeats?: number;
  /** In place of the system's. */
  readonly clock?: Clock;
}

/** Hears every exchange of a run, and may spare work. */
export interface RunListener {
  /** Whether the very answer has been judged before, so that it need not be judged again. */
  isKnown(exchange: Exchange): boolean;
  /** What the checks have to say of an exchange that was not known. */
  judged(exchange: Exchange, complaints: readonly CheckComplaint[]): void;
  /** Whether what has been heard is enough: nothing more is sent then. */
  readonly isSatisfied: boolean;
}
