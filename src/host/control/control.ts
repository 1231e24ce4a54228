import { faultProblem, type Mock, type Preference } from '../../mock/index.js';
import type { Answer, HttpRequest, Match, OperationEntry } from '../../operation/index.js';
import type { JournalLimits } from './journal.js';
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
   * What the mock is to be asked for besides the request; undefined where nothing is chosen.
   * @param match of the request, where the host knows it
   */
  preference(request: HttpRequest, match?: Match): Preference | undefined;
  record(exchange: { request: HttpRequest | null; answer: Answer; milliseconds: number }): void;
  /** To be called when the mock was replaced. */
  documentChanged(): void;
  /** Both, around the mock: for hosts that answer in one step. */
  answer(request: HttpRequest, match?: Match): Answer;
}

export function createControl({ mock, everywhere = [], journal }: ControlOptions): Control {
  const sessions = new Sessions(everywhere, () => mock().seed, journal);

  function preference(request: HttpRequest, known?: Match): Preference | undefined {
    const session = sessions.get(sessionNameOf(request.headers));
    if (session.isPlain) return undefined;
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
    preference,
    record,
    documentChanged() {
      for (const session of sessions.all()) session.documentChanged();
    },
    answer(request, match) {
      const began = performance.now();
      const answer = mock().answer(request, preference(request, match));
      record({ request, answer, milliseconds: performance.now() - began });
      return answer;
    },
  };
}
