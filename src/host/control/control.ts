import { faultProblem, type Mock, type Preference, State, type StateSnapshot } from '../../mock/index.js';
import type { Answer, HttpRequest, Match, OperationEntry } from '../../operation/index.js';
import type { JournalLimits } from './journal.js';
import type { Session } from './session.js';
import { Sessions, sessionNameOf } from './sessions.js';

export interface ControlOptions {
  /** Asked anew each time: a mock is replaced when its document is saved. */
  readonly mock: () => Mock;
  /** Active for every operation that has nothing of its own, in every session. */
  readonly everywhere?: readonly Preference[];
  readonly journal?: JournalLimits;
}

/** The state beside a mock: what is chosen, and what happened. Any host asks it before, and tells it after. */
export interface Control {
  readonly sessions: Sessions;
  readonly mock: () => Mock;
  /**
   * Asks a mock as its session has it: for what is chosen, in the state that its requests have led to; and keeps the next one.
   * @param match of the request, where the host knows it
   */
  ask(mock: Mock, request: HttpRequest, match?: Match): Answer;
  record(exchange: { request: HttpRequest | null; answer: Answer; milliseconds: number }): void;
  /** What the requests of a session have changed, by default of the one of requests that name none; `restore` takes it back. */
  state(session?: string): StateSnapshot;
  /** @throws TypeError where it is no such state */
  restore(snapshot: StateSnapshot, session?: string): void;
  /** To be called when the mock was replaced. */
  documentChanged(): void;
  /** Both, around the mock: for hosts that answer in one step. */
  answer(request: HttpRequest, match?: Match): Answer;
}

export function createControl({ mock, everywhere = [], journal }: ControlOptions): Control {
  const sessions = new Sessions(everywhere, mock, journal);

  function ask(ready: Mock, request: HttpRequest, match?: Match): Answer {
    const session = sessions.get(sessionNameOf(request.headers));
    const wanted = session.isPlain ? undefined : preference(session, request, match);
    const answer = ready.answer(request, wanted, session.state);
    if (answer.next === undefined) return answer;
    const { next, ...sent } = answer;
    session.state = next.state;
    return sent;
  }

  function preference(session: Session, request: HttpRequest, known?: Match): Preference | undefined {
    const { operations } = mock();
    const match = known ?? operations.match(request.method, request.target, request.headers);
    if (match.kind === 'operation') return preferenceOf(match.entry);
    // A method that the path does not declare belongs to its first operation: faults show there as well.
    const other = match.kind === 'method-not-allowed' ? operations.match(match.allow[0] ?? '', request.target) : match;
    return other.kind === 'operation' ? preferenceOf(other.entry) : undefined;

    function preferenceOf(entry: OperationEntry): Preference {
      return session.preferenceFor(entry.id, (fault) => faultProblem(fault, operations.compile(entry)) === null);
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
      const answer = ask(mock(), request, match);
      record({ request, answer, milliseconds: performance.now() - began });
      return answer;
    },
  };
}
