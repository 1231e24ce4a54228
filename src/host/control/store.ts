import type { Mock, Preference, State } from '../../mock/index.js';
import type { Answer, HttpRequest } from '../../operation/index.js';
import { answerHandled } from './handled.js';
import type { Made, Session, SessionChange, Wish } from './session.js';

/**
 * Where several processes share sessions. What is shared of one is the list of its changes, numbered; each process has a copy
 * that has come to some number. Since a mock is a function, an answer that was worked out on an old copy is thrown away and
 * worked out again.
 */
export interface StateStore {
  /**
   * Brings a copy to where the session is.
   * @returns undefined where it is there already, so that nothing has to be awaited
   * @throws StoreUnavailable, as `commit` does
   */
  refresh(session: Session): Promise<void> | undefined;
  /**
   * Makes a change the next one of a session, in the store and in the copy.
   * @param next the state after it, where it is known
   * @returns false where others came first: nothing is kept then, and the copy has what they did
   */
  commit(session: Session, change: SessionChange, next?: State): Promise<boolean>;
  close(): Promise<void>;
}

/** The store cannot be reached, or keeps nothing more. The message is a sentence without a final period. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Others may come first so often before a request is given up. */
const maximumAttempts = 100;
/** From the second time on a pause, up to so long, lets others finish. */
const longestPauseMilliseconds = 20;

/** The changes of this process to sessions of a store, one after the other. */
export class SharedSessions {
  readonly #store: StateStore;
  /** The last change of each session that has begun. */
  readonly #last = new WeakMap<Session, Promise<unknown>>();

  constructor(store: StateStore) {
    this.#store = store;
  }

  refresh(session: Session): Promise<void> | undefined {
    return this.#store.refresh(session);
  }

  /** Changes a session, whatever others do meanwhile. */
  change(session: Session, make: () => Made | null): Promise<void> {
    return this.#inTurn(session, () =>
      this.#insist(async () => {
        const made = make();
        return made === null || this.#store.commit(session, made.change, made.next);
      }),
    );
  }

  /**
   * Asks a mock in the state that the session is in, and keeps the next one. Only what has to be awaited is.
   * @param wish what the session wants, asked for once its copy is up to date
   */
  ask(mock: Mock, session: Session, request: HttpRequest, wish: () => Wish | undefined): Answer | Promise<Answer> {
    const waiting = this.#store.refresh(session);
    const answer = () => this.#wished(mock, session, request, wish);
    if (waiting !== undefined) return waiting.then(answer).catch((error: unknown) => unavailable(mock, request, error));
    const given = answer();
    return given instanceof Promise ? given.catch((error: unknown) => unavailable(mock, request, error)) : given;
  }

  #wished(mock: Mock, session: Session, request: HttpRequest, wish: () => Wish | undefined): Answer | Promise<Answer> {
    const first = wish();
    if (first === undefined || !first.isOwn) {
      // What is active everywhere is counted by each process for itself.
      if (first?.isCounted) session.count(first.operationId);
      return this.#answer(mock, session, request, first?.preference);
    }
    let wanted = first.preference;
    const counted = this.change(session, () => {
      const again = wish();
      wanted = again?.preference ?? {};
      return again?.isOwn ? { change: { kind: 'counted', operationId: again.operationId } } : null;
    });
    return counted.then(() => this.#answer(mock, session, request, wanted));
  }

  #answer(
    mock: Mock,
    session: Session,
    request: HttpRequest,
    wanted: Preference | undefined,
  ): Answer | Promise<Answer> {
    const { state } = session;
    const first = mock.respond(request, wanted, state);
    if (first instanceof Promise) {
      const keep = (make: () => Made | null) => this.change(session, make);
      const asked = { mock, request, preference: wanted, state: () => session.state, keep };
      return answerHandled(asked, first, state);
    }
    if (first.next === undefined) return first;
    let sent: Answer = first;
    const changed = this.change(session, () => {
      const made = session.state === state ? first : mock.answer(request, wanted, session.state);
      const { next, ...answer } = made;
      sent = answer;
      return next === undefined ? null : { change: { kind: 'rows', changes: next.changes }, next: next.state };
    });
    return changed.then(() => sent);
  }

  async #insist(attempt: () => Promise<boolean>): Promise<void> {
    for (let count = 0; count < maximumAttempts; count++) {
      if (count > 1) await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMilliseconds));
      if (await attempt()) return;
    }
    throw new StoreUnavailable(`Others have changed this session each of ${maximumAttempts} times`);
  }

  /** Processes compete for a session, and the requests of one process wait for each other. */
  #inTurn<T>(session: Session, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(session) ?? Promise.resolve();
    const turn = before.then(act, act);
    this.#last.set(session, turn);
    return turn;
  }
}

/** @throws what is no matter of the store */
function unavailable(mock: Mock, request: HttpRequest, error: unknown): Answer {
  if (!(error instanceof StoreUnavailable)) throw error;
  const answer = mock.refuse(request, 503, error.message);
  return { ...answer, headers: { ...answer.headers, 'Retry-After': '1' } };
}
