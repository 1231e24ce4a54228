import type { Fixtures } from '../../fixture/index.js';
import type { Operations } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import type { Aspect, Check, ContractCase, RunCheck, Send } from '../types.js';
import type { Budget } from './budget.js';
import type { Credentials } from './credentials.js';
import type { RunResult } from './result.js';

/** What a run is given. Only `operations`, `send` and `target` have no default. */
export interface RunOptions {
  readonly operations: Operations;
  readonly send: Send;
  /** The base URL, for reports. */
  readonly target: string;
  /** Whether unsafe methods may be sent: the target is on this machine, or the user said so. */
  readonly allowWrites?: boolean;
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
  /** Most requests a second; absent: as fast as the target answers. */
  readonly rate?: number;
  readonly credentials?: Credentials;
  /** Ends the run early; what was found until then is the result. Its reason is a string for the report. */
  readonly signal?: AbortSignal;
  /** Called at the start and after each case. `snapshot` makes a result of what is known so far; it costs as much as a report. */
  readonly onProgress?: (progress: Progress, snapshot: () => RunResult) => void;
  /** Version of the tool, for reports. */
  readonly version?: string;
  /** In place of the suite's own, for tests and for `prove`. */
  readonly checks?: readonly Check[];
  readonly createRunChecks?: () => RunCheck[];
  readonly derive?: (operation: ReturnType<Operations['compile']>) => readonly ContractCase[];
}

export interface Progress {
  readonly operations: number;
  readonly operationsDone: number;
  readonly cases: number;
  readonly violations: number;
}
