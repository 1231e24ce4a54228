import { Worker } from 'node:worker_threads';
import type { Document, DocumentProblem } from '../../../document/index.js';
import type { Fixtures } from '../../../fixture/index.js';
import { type Aside, type MadeAside, type MockAnswer, State } from '../../../mock/index.js';
import { type Answer, inSlices } from '../../../operation/index.js';
import { knownIntegers } from '../../../text/integers.js';

import type { AsideOptions, FromThread, ToThread } from './messages.js';
import { piecesOf } from './pieces.js';
import { withPlaces } from './places.js';

/** So many states are kept that may be asked in again. */
const mostStates = 4;
/** So many changes of a state are sent in one message. */
const mostChanges = 500;

export interface AsideSource {
  readonly document: Document;
  readonly fixtures: Fixtures | undefined;
  readonly options: AsideOptions;
}

/** What of a `Worker` is used. */
export type Thread = Pick<Worker, 'postMessage' | 'on' | 'terminate' | 'unref'>;

/** From a module of the source, of `dist/`, or of a bundle, which finds it as if it were where its source is. */
export const startWorker = (): Thread => new Worker(new URL('../../../node/aside-thread.js', import.meta.url));

/** A thread that has the document. It is asked one thing after the other. */
export class AsideThread {
  readonly #thread: Thread;
  readonly #milliseconds: number;
  /** States that the thread has, by the request whose answer led to it, the oldest first. */
  readonly #states = new Map<number, State>();
  #ids = 0;
  #hasEnded = false;
  #hear: (message: FromThread) => void = () => {};
  #fail: (error: Error) => void = () => {};
  #tell: (problem: Extract<FromThread, { kind: 'problem' }>) => void = () => {};

  private constructor(thread: Thread, milliseconds: number) {
    this.#thread = thread;
    this.#milliseconds = milliseconds;
    thread.on('message', (message: FromThread) =>
      message.kind === 'problem' ? this.#tell(message) : this.#hear(message),
    );
    thread.on('error', (error: Error) => this.#fail(error));
    thread.on('exit', () => {
      this.#hasEnded = true;
      this.#fail(new Error('The thread that answers what takes long has ended'));
    });
    thread.unref();
  }

  /** @throws Error where the thread cannot be started, or what it has to know cannot be sent */
  static async open(source: AsideSource, start: () => Thread, milliseconds: number): Promise<AsideThread> {
    const { document, fixtures, options } = source;
    const opened = new AsideThread(start(), milliseconds);
    await opened.#send(messages());
    return opened;

    function* messages(): Generator<ToThread> {
      yield* piecesOf(document);
      const { name, declaredVersion } = document;
      const said = fixtures === undefined ? null : { name: fixtures.file, value: fixtures.value };
      yield { kind: 'open', name, declaredVersion, fixtures: said, options, integers: knownIntegers() };
    }
  }

  async answer(asked: Parameters<Aside>[0], here: () => MockAnswer): Promise<MadeAside> {
    const [request, preference, state = State.empty] = asked;
    const id = ++this.#ids;
    const known = [...this.#states].find(([, each]) => each === state)?.[0] ?? null;
    const [oldest = null] = this.#states.keys();
    const forget = this.#states.size > mostStates && oldest !== known ? oldest : null;
    if (forget !== null) this.#states.delete(forget);
    function* messages(): Generator<ToThread> {
      if (known === null) for (const collection of state.pieces(mostChanges)) yield { kind: 'state', collection };
      const { method, target, headers, body } = request;
      yield { kind: 'ask', id, request: { method, target, headers, body }, preference, after: known, forget };
    }
    const heard = await this.#send(messages());
    if (heard.kind !== 'answered') return { answer: here(), read: null };
    const { answer, changes, read, milliseconds } = heard;
    if (answer.effect?.kind === 'stream') return { answer: withMore(answer, here), read: null, milliseconds };
    const next = changes === null ? null : state.with(changes);
    if (changes === null || next === null) return { answer, read, milliseconds };
    this.#states.set(id, next);
    return { answer: { ...answer, next: { state: next, changes } }, read, milliseconds };
  }

  /** Tells each problem that `problemsOf` finds in the document, as it is found. */
  async look(document: Document, tell: (problem: DocumentProblem) => void): Promise<void> {
    const locate = (pointer: string) => document.locate(pointer);
    this.#tell = ({ problem, pointers }) => {
      const message = withPlaces(problem.message, pointers, locate);
      const place = problem.location && { location: locate(problem.location.pointer) };
      tell({ ...problem, message, ...place });
    };
    await this.#send([{ kind: 'look' }]);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  end(): void {
    void this.#thread.terminate();
  }

  /**
   * Sends messages, and waits for what is said to the last one.
   * @throws Error where the thread ends instead, or takes too long, which ends it
   */
  #send(messages: Iterable<ToThread>): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.end();
        this.#fail(new Error(`It takes longer than ${this.#milliseconds / 1000} seconds`));
      }, this.#milliseconds);
      const settled = () => {
        clearTimeout(timer);
        this.#hear = () => {};
        this.#fail = () => {};
      };
      this.#hear = (message) => {
        settled();
        resolve(message);
      };
      this.#fail = (error) => {
        settled();
        reject(error);
      };
      this.#post(messages).catch((error: Error) => this.#fail(error));
    });
  }

  async #post(messages: Iterable<ToThread>): Promise<void> {
    for await (const message of inSlices(messages)) this.#thread.postMessage(message);
  }
}

/** Frames behind those that were sent are made here, when they are asked for. */
function withMore(answer: Answer, here: () => MockAnswer): Answer {
  const { effect } = answer;
  if (effect?.kind !== 'stream') return answer;
  let whole: MockAnswer['effect'] | undefined;
  const more = (index: number): string => {
    whole ??= here().effect;
    return whole?.kind === 'stream' ? whole.more(index) : '';
  };
  return { ...answer, effect: { ...effect, more } };
}
