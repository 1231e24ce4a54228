import { checks as allChecks, createRunChecks } from '../checks/index.js';
import { type Credentials, createCredentials } from '../credentials/credentials.js';
import type { Check, CheckContext, Exchange, RunCheck } from '../types.js';
import type { CoverageTally } from './coverage.js';
import { mostListed } from './findings.js';
import type { TrialOptions } from './options.js';
import type { NotSentReason } from './result.js';
import { selectChecks, selectOperations } from './select.js';
import { Sender, systemClock } from './sender.js';
import { OperationTally } from './tally.js';

/** What a run is made of, which is settled before the first request, and what it has come to know. */
export class RunState {
  readonly options: TrialOptions;
  readonly credentials: Credentials;
  readonly sender: Sender;
  readonly checks: readonly Check[];
  readonly runChecks: readonly RunCheck[];
  readonly context: CheckContext;
  readonly tallies: readonly OperationTally[];
  /** null where nobody asks what was exercised. */
  readonly coverage: CoverageTally | null;
  readonly target = new TargetWatch();
  /** Cases that were derived and left out. */
  readonly notSent = new Map<NotSentReason, number>();
  readonly began = Date.now();

  /** @throws CounterproofError USAGE where an operation or check is named that does not exist */
  constructor(options: TrialOptions, coverage: CoverageTally | null) {
    const { operations, send, signal, timeout = 10_000, rate = null, strict = false, clock = systemClock } = options;
    const everyCheck = options.checks ?? allChecks;
    const everyRunCheck = (options.createRunChecks ?? createRunChecks)();
    const selected = selectChecks<{ id: string }>([...everyCheck, ...everyRunCheck], options.check ?? []);
    const entries = options.entries ?? selectOperations(operations.entries, options.operation ?? []);
    this.options = options;
    this.coverage = coverage;
    this.context = { operations, strict, protectedBodies: new Map() };
    this.checks = everyCheck.filter((check) => selected.includes(check));
    this.runChecks = everyRunCheck.filter((check) => selected.includes(check));
    this.credentials = options.credentials ?? createCredentials({}, []);
    this.sender = new Sender({ send, credentials: this.credentials, timeout, rate, signal, clock });
    this.tallies = entries.map((entry) => new OperationTally(entry, mostListed(entries.length)));
  }

  leaveOut(reason: NotSentReason): void {
    this.notSent.set(reason, (this.notSent.get(reason) ?? 0) + 1);
  }

  /** The sum of something over all operations. */
  sum(of: (tally: OperationTally) => number): number {
    return this.tallies.reduce((total, tally) => total + of(tally), 0);
  }

  /** Why no more may be sent; null while more may. */
  get stopReason(): string | null {
    const { signal, listener } = this.options;
    if (signal?.aborted) return typeof signal.reason === 'string' ? signal.reason : 'it was interrupted';
    if (listener?.isSatisfied) return 'what was looked for had been found';
    return this.target.goneReason;
  }
}

/** After so many requests in a row that got nothing the target is taken to be gone. */
const mostUnanswered = 20;

/** What the answers say of the target as a whole: what it no longer has, and whether it is still there. */
class TargetWatch {
  /** Paths that a DELETE has emptied. */
  readonly #deleted = new Set<string>();
  /** Requests in a row that got nothing. */
  #unanswered = 0;
  #isGone = false;

  observe({ request, received }: Exchange): void {
    const { status, problems } = received;
    if (request.method === 'DELETE' && status !== null && status < 300) this.#deleted.add(pathOf(request.target));
    const isNothing = status === null && problems.some(({ kind }) => kind === 'refused' || kind === 'timeout');
    this.#unanswered = isNothing ? this.#unanswered + 1 : 0;
    if (this.#unanswered >= mostUnanswered) this.#isGone = true;
  }

  /** Whether what stands at the path of a target, or something above it, has been deleted. */
  hasDeleted(target: string): boolean {
    const path = pathOf(target);
    return [...this.#deleted].some((deleted) => path === deleted || path.startsWith(`${deleted}/`));
  }

  /** Why nothing more is to be sent, or null. */
  get goneReason(): string | null {
    return this.#isGone ? `the target stopped answering: ${this.#unanswered} requests in a row got nothing` : null;
  }
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}
