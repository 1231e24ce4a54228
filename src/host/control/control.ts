import { faultProblem } from '../../fault/index.js';
import { type Mock, type MockAnswer, type Preference, State, type StateSnapshot } from '../../mock/index.js';
import type { Answer, HttpRequest, Match, OperationEntry } from '../../operation/index.js';
import { answerHandled } from './handled.js';
import type { JournalLimits } from './journal.js';
import type { Made, Session, Wish } from './session.js';
import { Sessions, sessionNameOf } from './sessions.js';
import { SharedSessions, type StateStore } from './store.js';

export interface ControlOptions {
  /** Asked anew each time: a mock is replaced when its document is saved. */
  readonly mock: () => Mock;
  /** Active for every operation that has nothing of its own, in every session. */
  readonly everywhere?: readonly Preference[];
  readonly journal?: JournalLimits;
  /** Where other processes have the same sessions: then hosts ask by `askShared`. */
  readonly store?: StateStore | undefined;
}

/** The state beside a mock: what is chosen, and what happened. Any host asks it before, and tells it after. */
export interface Control {
  readonly sessions: Sessions;
  readonly mock: () => Mock;
  /**
   * Asks a mock as its session has it: for what is chosen, in the state that its requests have led to; and keeps the next one.
   * A promise only where a function answers.
   * @param match of the request, where the host knows it
   */
  ask(mock: Mock, request: HttpRequest, match?: Match): Answer | Promise<Answer>;
  /** The same where the sessions are in a store; 503 while it cannot be reached. */
  askShared(mock: Mock, request: HttpRequest): Answer | Promise<Answer>;
  /** Makes sure that a session has what other processes have done to it. */
  refresh(session: Session): Promise<void> | undefined;
  /**
   * Changes a session; with a promise where it is in a store.
   * @param make what is to change: asked again where others have changed it first
   * @throws StoreUnavailable where the store cannot be reached
   */
  change(session: Session, make: () => Made | null): Promise<void> | undefined;
  record(exchange: { request: HttpRequest | null; answer: Answer; milliseconds: number }): void;
  /** What the requests of a session have changed, by default of the one of requests that name none; `restore` takes it back. */
  state(session?: string): StateSnapshot;
  /** @throws TypeError where it is no such state */
  restore(snapshot: StateSnapshot, session?: string): void;
  /** To be called when the mock was replaced. */
  documentChanged(): void;
  /** Both, around the mock: for hosts that answer in one step. */
  respond(request: HttpRequest, match?: Match): Promise<Answer>;
  /** The same for whoever cannot wait: what the mock alone answers, without its handlers. */
  answer(request: HttpRequest, match?: Match): Answer;
}

/** What is sent and recorded of an answer: the journal is to keep no state alive. */
function withoutNext(answer: Answer): Answer {
  const { status, headers, body, delay, effect, operationId, source, name, seed, violations } = answer;
  return { status, headers, body, delay, effect, operationId, source, name, seed, violations };
}

export function createControl({ mock, everywhere = [], journal, store }: ControlOptions): Control {
  const sessions = new Sessions(everywhere, mock, journal);
  const shared = store === undefined ? null : new SharedSessions(store);

  /** What the session of a request wants of the mock; that it was asked is counted. */
  function wished(request: HttpRequest, match?: Match) {
    const session = sessions.get(sessionNameOf(request.headers));
    const wish = session.isPlain ? undefined : wishOf(session, request, match);
    if (wish?.isCounted) session.count(wish.operationId);
    return { session, preference: wish?.preference };
  }

  function ask(ready: Mock, request: HttpRequest, match?: Match): Answer | Promise<Answer> {
    const { session, preference } = wished(request, match);
    const { state } = session;
    const answer = ready.respond(request, preference, state);
    if (!(answer instanceof Promise)) return kept(session, answer);
    const keep = (make: () => Made | null) => change(session, make);
    return answerHandled({ mock: ready, request, preference, state: () => session.state, keep }, answer, state);
  }

  function kept(session: Session, answer: MockAnswer): Answer {
    if (answer.next === undefined) return answer;
    session.state = answer.next.state;
    return withoutNext(answer);
  }

  function change(session: Session, make: () => Made | null): Promise<void> | undefined {
    if (shared !== null) return shared.change(session, make);
    const made = make();
    if (made !== null) session.apply(made.change, made.next);
    return undefined;
  }

  function askShared(ready: Mock, request: HttpRequest): Answer | Promise<Answer> {
    if (shared === null) return ask(ready, request);
    const session = sessions.get(sessionNameOf(request.headers));
    const wish = () => (session.isPlain ? undefined : wishOf(session, request));
    return shared.ask(ready, session, request, wish);
  }

  function wishOf(session: Session, request: HttpRequest, known?: Match): Wish | undefined {
    const { operations } = mock();
    const match = known ?? operations.match(request.method, request.target, request.headers);
    if (match.kind === 'operation') return wishFor(match.entry);
    // A method that the path does not declare belongs to its first operation: faults show there as well.
    const other = match.kind === 'method-not-allowed' ? operations.match(match.allow[0] ?? '', request.target) : match;
    return other.kind === 'operation' ? wishFor(other.entry) : undefined;

    function wishFor(entry: OperationEntry): Wish {
      return session.wishFor(entry.id, (fault) => faultProblem(fault, operations.compile(entry)) === null);
    }
  }

  function record({ request, answer, milliseconds }: Parameters<Control['record']>[0]): void {
    if (request === null) return;
    sessions.record({ time: Date.now(), request, answer, milliseconds });
  }

  return {
    sessions,
    mock,
    ask,
    askShared,
    refresh: (session) => shared?.refresh(session),
    change,
    record,
    state: (session) => sessions.get(session).state.toJSON(),
    restore(snapshot, session) {
      const state = State.from(snapshot);
      if (typeof state === 'string') throw new TypeError(state);
      sessions.get(session).state = state;
    },
    documentChanged() {
      for (const session of sessions.all()) session.documentChanged();
    },
    answer(request, match) {
      const began = performance.now();
      const { session, preference } = wished(request, match);
      const answer = kept(session, mock().answer(request, preference, session.state));
      record({ request, answer, milliseconds: performance.now() - began });
      return answer;
    },
    async respond(request, match) {
      const began = performance.now();
      const answer = await ask(mock(), request, match);
      record({ request, answer, milliseconds: performance.now() - began });
      return answer;
    },
  };
}
