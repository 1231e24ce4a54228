import type { Operation } from '../../operation/index.js';
import { checks as allChecks, createRunChecks } from '../checks/index.js';
import type { Check, CheckContext, ContractCase, RunCheck } from '../types.js';
import { CoverageTally } from './coverage.js';
import { type Credentials, createCredentials } from './credentials.js';
import { mostListed } from './findings.js';
import type { RunOptions } from './options.js';
import type { NotSentReason } from './result.js';
import { selectChecks, selectOperations } from './select.js';
import { Sender } from './send.js';
import { OperationTally } from './tally.js';

/** One case to send. */
export interface Task {
  readonly tally: OperationTally;
  readonly operation: Operation;
  readonly case: ContractCase;
  /** Its place in the run. */
  readonly order: number;
  /** Whether this is the valid request from which the others are varied: it goes first. */
  readonly isBase: boolean;
  /** Whether this is the base case once more, at the end. */
  readonly atEnd: boolean;
}

/** All that a run knows while it goes on. */
export class RunState {
  readonly options: RunOptions;
  readonly credentials: Credentials;
  readonly sender: Sender;
  readonly context: CheckContext;
  readonly checks: readonly Check[];
  readonly runChecks: readonly RunCheck[];
  readonly tallies: readonly OperationTally[];
  readonly coverage: CoverageTally;
  readonly began = Date.now();
  /** Cases that were derived and left out. */
  readonly notSent = new Map<NotSentReason, number>();
  /** The first case of each operation, to be sent once more at the end. */
  readonly bases: Task[] = [];
  /** Paths that a DELETE has emptied. */
  readonly deleted = new Set<string>();
  operationsDone = 0;
  cases = 0;
  violations = 0;
  /** Complaints of checks that could not tell. */
  undecided = 0;
  /** By check id: how many exchanges it was about. */
  readonly exchanges = new Map<string, number>();
  /** Requests in a row that got nothing. */
  unanswered = 0;
  /** Why the run ends early, where that is not the user's wish. */
  stopped: string | null = null;
  #order = 0;

  /** @throws CounterproofError USAGE where an operation or check is named that does not exist */
  constructor(options: RunOptions) {
    const { operations, send, signal, timeout = 10_000, rate = null, strict = false } = options;
    const everyCheck = options.checks ?? allChecks;
    const everyRunCheck = (options.createRunChecks ?? createRunChecks)();
    const selected = selectChecks<{ id: string }>([...everyCheck, ...everyRunCheck], options.check ?? []);
    const entries = selectOperations(operations.entries, options.operation ?? []);
    this.options = options;
    this.context = { operations, strict };
    this.checks = everyCheck.filter((check) => selected.includes(check));
    this.runChecks = everyRunCheck.filter((check) => selected.includes(check));
    this.credentials = options.credentials ?? createCredentials({}, []);
    this.sender = new Sender({ send, credentials: this.credentials, timeout, rate, signal });
    this.tallies = entries.map((entry) => new OperationTally(entry, mostListed(entries.length)));
    this.coverage = new CoverageTally(operations);
  }

  nextOrder(): number {
    return this.#order++;
  }

  leaveOut(reason: NotSentReason): void {
    this.notSent.set(reason, (this.notSent.get(reason) ?? 0) + 1);
  }

  looked(checks: readonly string[]): void {
    for (const id of checks) this.exchanges.set(id, (this.exchanges.get(id) ?? 0) + 1);
  }

  /** Why no more may be sent; null while more may. */
  stopReason(): string | null {
    const { signal } = this.options;
    if (signal?.aborted) return typeof signal.reason === 'string' ? signal.reason : 'it was interrupted';
    return this.stopped;
  }
}
