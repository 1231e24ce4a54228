import type { State } from '../../../mock/index.js';
import type { Answer } from '../../../operation/index.js';
import {
  type Session,
  type SessionChange,
  type Sessions,
  type StateStore,
  StoreUnavailable,
} from '../../control/index.js';
import type { ServedExchange } from '../options.js';
import type { FromWorker, ToWorker } from './messages.js';

/** Exchanges are told of so often, where nobody asks for them. */
const pauseMilliseconds = 100;
/** Of more in one pause only the newest are told of. */
const mostExchanges = 1000;

interface Commit {
  readonly session: Session;
  readonly change: SessionChange;
  readonly next: State | undefined;
  readonly resolve: (isTaken: boolean) => void;
}

/** The sessions of a worker: copies of those of the `Hub`, which tells every change to them. */
export class Member implements StateStore {
  readonly #send: (message: FromWorker) => void;
  readonly #pulls = new Map<number, { readonly session: Session; readonly resolve: () => void }>();
  readonly #pulling = new WeakMap<Session, Promise<void>>();
  readonly #commits = new Map<number, Commit>();
  #sessions: Sessions | null = null;
  #exchanges: ServedExchange[] = [];
  #timer: NodeJS.Timeout | undefined;
  #ids = 0;

  /** @param send to the hub; what comes from there is for `receive` */
  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
  }

  /** To be called once, with the sessions that are kept in step. */
  follow(sessions: Sessions): void {
    this.#sessions = sessions;
  }

  refresh(session: Session): Promise<void> | undefined {
    if (session.place !== null) return undefined;
    const running = this.#pulling.get(session);
    if (running !== undefined) return running;
    const pull = new Promise<void>((resolve) => {
      const id = ++this.#ids;
      this.#pulls.set(id, { session, resolve });
      this.#send({ kind: 'pull', id, session: session.name });
    });
    this.#pulling.set(session, pull);
    return pull;
  }

  async commit(session: Session, change: SessionChange, next?: State): Promise<boolean> {
    await this.refresh(session);
    const { place } = session;
    if (place === null) throw new StoreUnavailable('The session was forgotten while it was asked for');
    return new Promise((resolve) => {
      const id = ++this.#ids;
      this.#commits.set(id, { session, change, next, resolve });
      this.#send({ kind: 'commit', id, session: session.name, place, change });
    });
  }

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'pulled': {
        const pull = this.#pulls.get(message.id);
        this.#pulls.delete(message.id);
        if (pull === undefined) return;
        const { session, resolve } = pull;
        session.restore(message.snapshot);
        session.place = message.place;
        this.#pulling.delete(session);
        resolve();
        return;
      }
      case 'changed': {
        const session = this.#sessions?.known(message.session);
        const { epoch, version } = message.place;
        if (session?.place?.epoch === epoch && session.place.version === version - 1) {
          session.apply(message.change);
          session.place = message.place;
        }
        this.#send({ kind: 'done', id: message.id });
        return;
      }
      case 'taken': {
        const commit = this.#commits.get(message.id);
        if (commit === undefined) return;
        commit.session.apply(commit.change, commit.next);
        commit.session.place = message.place;
        return;
      }
      case 'committed': {
        this.#commits.get(message.id)?.resolve(message.isTaken);
        this.#commits.delete(message.id);
        return;
      }
      case 'forget': {
        const session = this.#sessions?.known(message.session);
        if (session === undefined) return;
        session.place = null;
        session.restore(null);
        return;
      }
      case 'flush':
        this.#tell();
        this.#send({ kind: 'done', id: message.id });
    }
  }

  /** Tells the hub of an exchange, with others. */
  record(exchange: ServedExchange): void {
    this.#exchanges.push(exchange);
    if (this.#exchanges.length > 2 * mostExchanges) this.#exchanges = this.#exchanges.slice(-mostExchanges);
    this.#timer ??= setTimeout(() => this.#tell(), pauseMilliseconds);
  }

  async close(): Promise<void> {
    this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#exchanges.length === 0) return;
    const exchanges = this.#exchanges.slice(-mostExchanges).map(plain);
    this.#exchanges = [];
    this.#send({ kind: 'exchanges', exchanges });
  }
}

/** Without what no other process can call: frames of a stream behind those that it has. */
function plain({ request, answer, milliseconds }: ServedExchange): ServedExchange {
  const { effect } = answer;
  if (effect?.kind !== 'stream') return { request, answer, milliseconds };
  const { frames, end } = effect;
  // An effect that was sent between processes is only shown.
  const shown: Answer = { ...answer, effect: { kind: 'stream', frames, end } as unknown as typeof effect };
  return { request, answer: shown, milliseconds };
}
