import {
  type ContractCase,
  type Credentials,
  createCredentials,
  type Exchange,
  type Received,
} from '../contract/index.js';
import {
  deriveCases,
  isTaken,
  preparedCases,
  type RunListener,
  runTrial,
  type TrialOptions,
  virtualClock,
  whyNone,
} from '../contract/internal.js';
import { CounterproofError } from '../errors.js';
import { createMock, type Mock, State } from '../mock/index.js';
import type { Answer, HttpRequest, Operation, OperationEntry } from '../operation/index.js';
import type { ProveOptions } from './options.js';
import { overVirtualWire } from './virtual-wire.js';

/** The mock under proof demands this key, so that the suite can tell a right credential from a wrong one. */
export const key = 'counterproof-proves-itself';

/** The implementation under proof: the mock, which can be made wrong on purpose. */
export function createImplementation({ operations, fixtures, seed = 1 }: ProveOptions): Mock {
  return createMock({ operations, ...(fixtures && { fixtures }), seed, apiKey: key, errors: true });
}

/** One operation under proof: its cases, and the suite's own runner between them and the mock. */
export class Bench {
  readonly operation: Operation;
  /** The same for each fault. */
  cases: readonly ContractCase[];
  /** Requests so far. */
  requests = 0;
  /** Why the mock has no right answer to show, where it found none: nothing can be proven by it then. */
  unmade: string | null = null;
  readonly #options: ProveOptions;
  readonly #mock: Mock;
  readonly #entry: OperationEntry;
  readonly #credentials: Credentials;
  /** What has happened to the mock before each request: the same each time. */
  #state = State.empty;
  /** The answer that each exchange had before it was written to the wire. */
  readonly #answers = new WeakMap<Received, Answer>();
  /** What the mock answers to each request when nothing is wrong. */
  readonly #right = new Map<string, Answer>();

  private constructor(options: ProveOptions, mock: Mock, entry: OperationEntry, cases: readonly ContractCase[]) {
    this.operation = options.operations.compile(entry);
    this.cases = cases;
    this.#options = options;
    this.#mock = mock;
    this.#entry = entry;
    this.#credentials = credentialsFor([this.operation]);
  }

  /** A sentence in place of a bench where the suite cannot use the operation. */
  static async of(options: ProveOptions, mock: Mock, entry: OperationEntry): Promise<Bench | string> {
    const { operations, fixtures, seed = 1 } = options;
    const operation = operations.compile(entry);
    const [problem] = operation.problems;
    if (problem) return problem.message;
    try {
      const derivation = { seed, ...(fixtures && { fixtures }) };
      const cases = deriveCases(operation, operations, derivation);
      if (cases.length > 0) {
        const bench = new Bench(options, mock, entry, cases);
        if (await bench.#isTaken()) await bench.#prepare();
        return bench;
      }
      return `No valid request can be made for it: ${whyNone(operation, operations, derivation).reason}`;
    } catch (error) {
      if (error instanceof CounterproofError) return error.message;
      throw error;
    }
  }

  /**
   * The suite against this operation, as `check` runs it, over the virtual wire.
   *
   * @param fault id, perhaps with the place where it strikes, or null for the mock as it is
   * @returns the checks that had something to say of the operation as a whole
   */
  async run(fault: string | null, listener: RunListener): Promise<ReadonlySet<string>> {
    const { checks } = this.#options;
    let ordinal = 0;
    const state = await runTrial({
      ...this.#trial(async (request, timeout) => {
        const answer = this.#mock.answer(
          request,
          fault === null ? undefined : { fault, ordinal: ordinal++ },
          this.#state,
        );
        const received = await overVirtualWire(answer, request.method, timeout);
        this.#answers.set(received, answer);
        if (fault === null && answer.source === 'problem' && answer.status === 500) this.unmade ??= reasonIn(answer);
        return received;
      }),
      entries: [this.#entry],
      ...(checks && { checks }),
      casesOf: () => this.cases,
      listener,
    });
    return new Set(state.saidAtEnd);
  }

  /** @param answer gives what the mock answers, within milliseconds */
  #trial(answer: (request: HttpRequest, timeout: number) => Promise<Received>): TrialOptions {
    return {
      operations: this.#options.operations,
      send: (request, { timeout }) => {
        this.requests += 1;
        return answer(request, timeout);
      },
      target: 'http://localhost',
      allowWrites: true,
      allowDeletes: true,
      credentials: this.#credentials,
      concurrency: 1,
      // A mock with a fault is as wrong the second time.
      repeats: 0,
      clock: virtualClock(),
    };
  }

  /** Whether the valid request is refused for what the mock has: what it names is there already, or in another state. */
  async #isTaken(): Promise<boolean> {
    let isAnswered = false;
    let found = false;
    await this.run(null, {
      get isSatisfied() {
        return isAnswered;
      },
      isKnown(exchange) {
        isAnswered = true;
        found = isTaken(exchange.received);
        return true;
      },
      judged() {},
    });
    return found;
  }

  /** Lets the cases be what a run would send, and the mock remember what it was told for that. */
  async #prepare(): Promise<void> {
    const { fixtures, seed = 1 } = this.#options;
    this.cases = await preparedCases(
      {
        ...this.#trial(async (request, timeout) => {
          const answer = this.#mock.answer(request, undefined, this.#state);
          this.#state = answer.next?.state ?? this.#state;
          return overVirtualWire(answer, request.method, timeout);
        }),
        seed,
        ...(fixtures && { fixtures }),
      },
      this.#entry,
    );
  }

  answerOf({ received }: Exchange): Answer {
    const answer = this.#answers.get(received);
    if (answer === undefined) throw new Error('Failed to find the answer of an exchange: it is of another bench.');
    return answer;
  }

  /** Keeps an answer of the mock as it is, to tell by it what a fault has changed. */
  keepRight(exchange: Exchange): void {
    this.#right.set(requestKey(exchange), this.answerOf(exchange));
  }

  /** Whether a client would see no difference that counts: a refusal may name other reasons, and refuses all the same. */
  isRight(exchange: Exchange): boolean {
    const answer = this.answerOf(exchange);
    const right = this.#right.get(requestKey(exchange));
    if (right === undefined || answer.source === 'fault') return false;
    const { expectation } = exchange.case;
    if (expectation === 'rejected' && answer.source === 'problem' && isRefusal(answer) && isRefusal(right)) return true;
    return answer.status === right.status && (answer.status >= 400 || isSameBody(answer.body, right.body));
  }
}

function isRefusal({ status }: Answer): boolean {
  return status >= 400 && status < 500;
}

function isSameBody(body: Answer['body'], other: Answer['body']): boolean {
  if (typeof body === 'string' || typeof other === 'string') return body === other;
  return Buffer.compare(body, other) === 0;
}

/** What a problem document says (RFC 9457, 3.1.4). */
function reasonIn({ body }: Answer): string {
  const { detail } = JSON.parse(String(body)) as { readonly detail: string };
  return `no answer that fits was found: ${detail}`;
}

/** A case is sent once more at the end, where it may be answered in another coding. */
function requestKey({ case: { id, aspect } }: Exchange): string {
  return `${aspect} ${id}`;
}

export function credentialsFor(operations: readonly Operation[]): Credentials {
  const schemes = operations.flatMap(({ security }) => security.flat());
  const secret = (scheme: (typeof schemes)[number]) => (scheme.httpScheme === 'basic' ? `user:${key}` : key);
  const auth = Object.fromEntries(schemes.map((scheme) => [scheme.name, secret(scheme)]));
  return createCredentials({ auth }, Object.keys(auth));
}
