import type { State } from '../../../mock/index.js';
import type { Session, SessionChange, Sessions, StateStore } from '../../control/index.js';
import type { ServedExchange } from '../options.js';
import type { FromWorker, ToWorker } from './messages.js';

/** A worker that does not say so for so long has a change, or nothing to tell. */
const longestWaitMilliseconds = 10_000;

interface Worker {
  readonly send: (message: ToWorker) => void;
  /** What it was told and has not confirmed: what is to be called then. */
  readonly open: Map<number, () => void>;
}

/**
 * The sessions of several workers, in the process above them. Each worker has copies, which are told every change, and a change
 * counts as made when all have it. So a worker answers from its copy without asking, and whoever has been answered finds what
 * they did, whichever worker they meet next.
 */
export class Hub implements StateStore {
  readonly #workers = new Set<Worker>();
  readonly #onExchange: (exchange: ServedExchange) => void;
  #sessions: Sessions | null = null;
  #ids = 0;

  constructor(onExchange: (exchange: ServedExchange) => void) {
    this.#onExchange = onExchange;
  }

  /** To be called once, with the sessions that are kept in step. */
  follow(sessions: Sessions): void {
    this.#sessions = sessions;
    sessions.onForgotten = ({ name }) => this.#tell({ kind: 'forget', session: name });
  }

  /**
   * Takes a worker in.
   * @param send never throws
   * @returns what is to be given the worker's messages, and to be called when it is gone
   */
  join(send: (message: ToWorker) => void): { receive(message: FromWorker): void; leave(): void } {
    const worker: Worker = { send, open: new Map() };
    this.#workers.add(worker);
    return {
      receive: (message) => this.#receive(worker, message),
      leave: () => {
        this.#workers.delete(worker);
        for (const done of worker.open.values()) done();
      },
    };
  }

  /** The copy of this process is the one that counts. */
  refresh(): undefined {
    return undefined;
  }

  async commit(session: Session, change: SessionChange, next?: State): Promise<boolean> {
    await this.#change(session, change, null, next);
    return true;
  }

  /** Resolves when workers have told of all that they have answered. */
  async settle(): Promise<void> {
    await this.#confirmed(this.#workers, (id) => ({ kind: 'flush', id }));
  }

  async close(): Promise<void> {}

  #receive(worker: Worker, message: FromWorker): void {
    switch (message.kind) {
      case 'pull': {
        const session = this.#sessionOf(message.session);
        const { id } = message;
        worker.send({ kind: 'pulled', id, place: placeOf(session), snapshot: session.snapshot() });
        return;
      }
      case 'commit': {
        const { id, place, change } = message;
        const session = this.#sessionOf(message.session);
        const now = placeOf(session);
        if (now.epoch !== place.epoch || now.version !== place.version) {
          worker.send({ kind: 'committed', id, isTaken: false });
          return;
        }
        void this.#change(session, change, { worker, id }).then(() =>
          worker.send({ kind: 'committed', id, isTaken: true }),
        );
        return;
      }
      case 'done': {
        worker.open.get(message.id)?.();
        return;
      }
      case 'exchanges':
        for (const exchange of message.exchanges) this.#onExchange(exchange);
    }
  }

  /** @param author the worker that wants it, and under which number */
  #change(
    session: Session,
    change: SessionChange,
    author: { readonly worker: Worker; readonly id: number } | null,
    next?: State,
  ): Promise<void> {
    const { epoch, version } = placeOf(session);
    session.apply(change, next);
    const place = { epoch, version: version + 1 };
    session.place = place;
    author?.worker.send({ kind: 'taken', id: author.id, place });
    const others = [...this.#workers].filter((worker) => worker !== author?.worker);
    return this.#confirmed(others, (id) => ({ kind: 'changed', id, session: session.name, place, change }));
  }

  /** Resolves when workers have confirmed a message, or are gone. */
  async #confirmed(workers: Iterable<Worker>, message: (id: number) => ToWorker): Promise<void> {
    const all = [...workers].map(
      (worker) =>
        new Promise<void>((resolve) => {
          const id = ++this.#ids;
          const timer = setTimeout(done, longestWaitMilliseconds);
          worker.open.set(id, done);
          worker.send(message(id));
          function done(): void {
            clearTimeout(timer);
            worker.open.delete(id);
            resolve();
          }
        }),
    );
    await Promise.all(all);
  }

  #tell(message: ToWorker): void {
    for (const worker of this.#workers) worker.send(message);
  }

  #sessionOf(name: string): Session {
    if (this.#sessions === null) throw new Error('The hub follows no sessions');
    return this.#sessions.get(name);
  }
}

let epochs = 0;

function placeOf(session: Session): { readonly epoch: string; readonly version: number } {
  session.place ??= { epoch: String(++epochs), version: 0 };
  return session.place;
}
