import type { OperationEntry } from '../../operation/index.js';
import type { Resource } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { checks as allChecks, createRunChecks } from '../checks/index.js';
import { type Credentials, createCredentials } from '../credentials/credentials.js';
import { type LifeCheck, lifeChecks } from '../life/table.js';
import { Things } from '../things/things.js';
import type { Check, CheckContext, RunCheck } from '../types.js';
import { systemClock } from './clock.js';
import type { CoverageTally } from './coverage.js';
import { Findings } from './findings.js';
import type { TrialOptions } from './options.js';
import type { LeftBehind, NotSentReason } from './result.js';
import { selectChecks, selectOperations } from './select.js';
import { Sender, type Sent, Turns } from './sender.js';
import { sharingBodies } from './shared-bodies.js';
import { Steadiness } from './steadiness.js';
import { OperationTally } from './tally.js';
import { type Sending, TargetWatch } from './target-watch.js';

/** What a run is made of, which is settled before the first request, and what it has come to know. */
export class RunState {
  readonly options: TrialOptions;
  readonly credentials: Credentials;
  readonly sender: Sender;
  readonly checks: readonly Check[];
  readonly runChecks: readonly RunCheck[];
  /** Rules over sequences of requests. */
  readonly lifeChecks: readonly LifeCheck[];
  readonly context: CheckContext;
  readonly tallies: readonly OperationTally[];
  readonly #tallies: ReadonlyMap<string, OperationTally>;
  /** null where nobody asks what was exercised. */
  readonly coverage: CoverageTally | null;
  readonly findings = new Findings();
  readonly target: TargetWatch;
  /** What is known to exist on the target. */
  readonly things: Things;
  /** Why things of a resource could not be followed through their life: a sentence for each. */
  readonly unlived: string[] = [];
  /** Answers that came, to whatever was asked. */
  answers = 0;
  /** How often time was let pass. */
  pauses = 0;
  /** How often was waited for what was written to be seen, and it never was. */
  readonly waitsInVain: string[] = [];
  /** Requests that were sent once more without a made-up credential. */
  readonly withoutStandIn: Promise<Sent>[] = [];
  readonly steadiness = new Steadiness();
  /** Checks that had something to say of an operation as a whole. */
  readonly saidAtEnd = new Set<string>();
  /** Cases that were derived and left out. */
  readonly notSent = new Map<NotSentReason, number>();
  /** What there is one of, as it was before the run first changed it; null where nobody could tell, or need not. */
  readonly before = new Map<
    Resource,
    { readonly row: JsonObject; readonly path: Readonly<Record<string, Json>> } | null
  >();
  /** What the run made and could not remove, and what it changed and could not put back. */
  leftBehind: readonly LeftBehind[] = [];
  /** The operations as they are sent, once that is known: `byPhase`. */
  phases: readonly (readonly OperationTally[])[] | null = null;
  /** Whether a workflow could not be carried out, or a criterion of one not be judged. */
  hasUntoldWorkflow = false;
  /** Requests that removed what the run had made. */
  removals = 0;
  /** Lets a case that needs a thing which an earlier one has deleted go to another one. */
  renew: <Sent extends Sending>(sending: Sent) => Promise<Sent | null> = async (sending) => sending;
  /** Of changes that say which state of a thing they are meant for, one at a time: each makes another state. */
  readonly turns = new Turns(1);
  /** Told after each step of a sequence. */
  onStep: () => void = () => {};
  readonly began = performance.now();

  /** @throws CounterproofError USAGE where an operation or check is named that does not exist */
  constructor(options: TrialOptions, coverage: CoverageTally | null) {
    const {
      operations,
      send,
      signal,
      timeout = 10_000,
      rate = null,
      strict = false,
      clock = systemClock,
      onWait,
    } = options;
    const everyCheck = options.checks ?? allChecks;
    const everyRunCheck = (options.createRunChecks ?? createRunChecks)();
    const everyLifeCheck = options.lifeChecks ?? lifeChecks;
    const every = [...everyCheck, ...everyRunCheck, ...everyLifeCheck];
    const selected = selectChecks<{ id: string }>(every, options.check ?? []);
    const entries = options.entries ?? selectOperations(operations.entries, options.operation ?? []);
    this.options = options;
    this.coverage = coverage;
    this.context = { operations, strict, bases: new Map() };
    this.checks = everyCheck.filter((check) => selected.includes(check));
    this.runChecks = everyRunCheck.filter((check) => selected.includes(check));
    this.lifeChecks = everyLifeCheck.filter((check) => selected.includes(check));
    this.credentials = options.credentials ?? createCredentials({}, []);
    const { secondUser } = options;
    this.target = new TargetWatch(clock);
    this.sender = new Sender({
      // Whoever listens tells an exchange by its answer as it was given.
      send: options.listener === undefined ? sharingBodies(send) : send,
      credentials: this.credentials,
      secondUser,
      timeout,
      rate,
      signal,
      clock,
      onWait,
    });
    this.things = new Things(operations, options.fixtures?.resources);
    this.tallies = entries.map((entry) => new OperationTally(entry));
    this.#tallies = new Map(this.tallies.map((tally) => [tally.entry.id, tally]));
  }

  /**
   * What the user says of the path parameters of an operation, and of what a call names: by `--set`, or in the fixtures for it, or for all.
   */
  givenFor(entry: OperationEntry): Readonly<Record<string, Json>> {
    const { id, path } = entry;
    const { values = {}, fixtures } = this.options;
    const given = { ...fixtures?.contract.parameters, ...fixtures?.for(id).contract.parameters, ...values };
    const last = this.things.resources.named(entry).at(-1);
    const isNamed = (name: string): boolean =>
      path.includes(`{${name}}`) || (last?.naming !== undefined && last.parameter === name);
    return Object.fromEntries(Object.entries(given).filter(([name]) => isNamed(name)));
  }

  /** Nothing of either user's credentials is shown. */
  readonly mask = (text: string): string => {
    const masked = this.credentials.mask(text);
    return this.options.secondUser?.mask(masked) ?? masked;
  };

  leaveOut(reason: NotSentReason): void {
    this.notSent.set(reason, (this.notSent.get(reason) ?? 0) + 1);
  }

  /** Of an operation that the run was asked for. */
  tallyOf(operationId: string): OperationTally | undefined {
    return this.#tallies.get(operationId);
  }

  /** The sum of something over all operations: too long for each request. */
  sum(of: (tally: OperationTally) => number): number {
    return this.tallies.reduce((total, tally) => total + of(tally), 0);
  }

  /** Why no more may be sent; null while more may. */
  get stopReason(): string | null {
    const { signal, listener } = this.options;
    if (signal?.aborted) return typeof signal.reason === 'string' ? signal.reason : 'it was interrupted';
    if (listener?.isSatisfied) return 'what was looked for had been found';
    return this.target.goneReason ?? this.sender.limitedReason;
  }
}
