import { Worker } from 'node:worker_threads';
import { elsewhereIn } from '../../../document/document.js';
import type { Document } from '../../../document/index.js';
import type { Fixtures } from '../../../fixture/index.js';
import { type Aside, type MockAnswer, Overload, State } from '../../../mock/index.js';
import type { Answer, HttpRequest } from '../../../operation/index.js';
import { pointerOf } from '../../../text/pointer.js';
import { isObject, type JsonObject } from '../../../text/value.js';
import type { AsideOptions, FromThread, ToThread } from './messages.js';

/** What target, header fields and body may have together, in bytes, to be answered at once: what a head may have. */
const longestAtOnce = 16 * 1024;
/** So many signs that part values may be in what is answered at once: reading takes its time by values, and not by bytes. */
const mostSignsAtOnce = 500;
/** When it is worth asking again, where too many wait. */
const retryAfterSeconds = 10;
/** A thread that has had nothing to do for so long is ended. */
const idleMilliseconds = 60_000;
/** So many threads have nothing to do at a time: each reading of a document has one of its own, which the next reading does not need. */
const mostResting = 2;
/** What ends a thread that has nothing to do, the one that has rested longest first. */
const resting = new Set<() => void>();
/** What is told to a thread is told in stretches of about so long. */
const stretchMilliseconds = 10;
/** So many states are kept that may be asked in again. */
const mostStates = 4;
/** So many changes of a state are sent in one message. */
const mostChanges = 500;
/** Where others have changed the state so often meanwhile, a request is answered at once. */
const mostAttempts = 3;

/** What requests with much to read may cost. */
export interface AsideLimits {
  /** Of one request, from when it is sent to the thread. */
  readonly milliseconds: number;
  /** Of requests that wait for each other, together. */
  readonly waitingBytes: number;
}

const usualLimits: AsideLimits = { milliseconds: 30_000, waitingBytes: 256 * 1024 * 1024 };

export interface AsideSource {
  readonly document: Document;
  readonly fixtures: Fixtures | undefined;
  readonly options: AsideOptions;
}

/** What of a `Worker` is used. */
export type Thread = Pick<Worker, 'postMessage' | 'on' | 'terminate' | 'unref'>;

interface Job {
  readonly asked: Parameters<Aside>[0];
  readonly here: () => MockAnswer;
  readonly resolve: (answer: MockAnswer | Promise<MockAnswer>) => void;
  readonly reject: (error: Error) => void;
}

/** From a module of the source, of `dist/`, or of a bundle, which finds it as if it were where its source is. */
const startWorker = (): Thread => new Worker(new URL('../../../node/aside-thread.js', import.meta.url));

/**
 * Answers requests with much to read in a thread that has the same document, so that others need not wait for them: since a mock is a
 * function, the bytes are the same. The thread is started when the first one comes; where it cannot be, all are answered here.
 */
export function createAside(source: AsideSource, start: () => Thread = startWorker, limits = usualLimits): Aside {
  const queue: Job[] = [];
  const attempts = new WeakMap<HttpRequest, number>();
  let waiting = 0;
  let thread: Promise<AsideThread> | null = null;
  let isWorking = false;
  let idle: NodeJS.Timeout | undefined;

  async function work(): Promise<void> {
    isWorking = true;
    resting.delete(end);
    clearTimeout(idle);
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      waiting -= lengthOf(job.asked[0]);
      let opened = await thread?.catch(() => null);
      // One that has ended while nobody asked costs no request.
      if (opened === undefined || opened?.hasEnded) {
        thread = AsideThread.open(source, start, limits);
        opened = await thread.catch(() => null);
      }
      if (opened === null) settle(job, job.here);
      else {
        await opened.answer(job).then(job.resolve, (error: Error) => {
          thread = null;
          job.reject(error);
        });
      }
    }
    isWorking = false;
    idle = setTimeout(end, idleMilliseconds);
    idle.unref();
    resting.add(end);
    const [oldest] = resting;
    if (resting.size > mostResting) oldest?.();
  }

  function end(): void {
    resting.delete(end);
    clearTimeout(idle);
    void thread?.then((opened) => opened.end()).catch(() => {});
    thread = null;
  }

  return (asked, here) => {
    const [request] = asked;
    const length = lengthOf(request);
    if (length <= longestAtOnce && !hasMoreSigns(request, length)) return null;
    const attempt = (attempts.get(request) ?? 0) + 1;
    attempts.set(request, attempt);
    if (attempt > mostAttempts) return null;
    if (waiting + length > limits.waitingBytes) {
      const detail = `Other requests with much to read wait already, and no more than ${limits.waitingBytes} bytes of them may`;
      return Promise.reject(new Overload(detail, retryAfterSeconds));
    }
    waiting += length;
    return new Promise((resolve, reject) => {
      queue.push({ asked, here, resolve, reject });
      if (!isWorking) void work();
    });
  };
}

function lengthOf({ target, headers, body }: HttpRequest): number {
  let length = target.length + (body?.length ?? 0);
  for (const name in headers) length += headers[name]?.length ?? 0;
  return length;
}

/** Whether there is more to read than is read at once. @param length of all of it, in bytes */
function hasMoreSigns({ target, headers, body }: HttpRequest, length: number): boolean {
  // Each value takes a byte at least.
  if (length <= 2 * mostSignsAtOnce) return false;
  let left = mostSignsAtOnce - signsIn(target);
  for (const name in headers) left -= signsIn(String(headers[name]));
  if (body === null || body === undefined) return left < 0;
  for (let at = 0; at < body.length && left >= 0; at++) left -= signs[body[at] ?? 0] ?? 0;
  return left < 0;
}

function signsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) count += signs[text.charCodeAt(at)] ?? 0;
  return count;
}

/** 1 for what parts values: those of JSON, forms, CSV, XML, lines, cookies and lists, and what opens one. */
const signs = new Uint8Array(256);
for (const sign of '&,;<[{\n') signs[sign.charCodeAt(0)] = 1;

function settle({ resolve, reject }: Job, make: () => MockAnswer): void {
  try {
    resolve(make());
  } catch (error) {
    reject(error as Error);
  }
}

/** A thread that has the document. It is asked one thing after the other. */
class AsideThread {
  readonly #thread: Thread;
  readonly #milliseconds: number;
  /** States that the thread has, by the request whose answer led to it, the oldest first. */
  readonly #states = new Map<number, State>();
  #ids = 0;
  #hasEnded = false;
  #hear: (message: FromThread) => void = () => {};
  #fail: (error: Error) => void = () => {};

  private constructor(thread: Thread, { milliseconds }: AsideLimits) {
    this.#thread = thread;
    this.#milliseconds = milliseconds;
    thread.on('message', (message: FromThread) => this.#hear(message));
    thread.on('error', (error: Error) => this.#fail(error));
    thread.on('exit', () => {
      this.#hasEnded = true;
      this.#fail(new Error('The thread that reads long requests has ended'));
    });
    thread.unref();
  }

  /** @throws Error where the thread cannot be started, or what it has to know cannot be sent */
  static async open(source: AsideSource, start: () => Thread, limits: AsideLimits): Promise<AsideThread> {
    const { document, fixtures, options } = source;
    const opened = new AsideThread(start(), limits);
    await opened.#send(messages());
    return opened;

    function* messages(): Generator<ToThread> {
      yield* piecesOf(document);
      const { name, declaredVersion } = document;
      const said = fixtures === undefined ? null : { name: fixtures.file, value: fixtures.value };
      yield { kind: 'open', name, declaredVersion, fixtures: said, options };
    }
  }

  async answer({ asked, here }: Job): Promise<MockAnswer> {
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
    if (heard.kind !== 'answered') return here();
    const { answer, changes } = heard;
    const sent: Answer = answer.effect?.kind === 'stream' ? withMore(answer, here) : answer;
    const next = changes === null ? null : state.with(changes);
    if (changes === null || next === null) return sent;
    this.#states.set(id, next);
    return { ...sent, next: { state: next, changes } };
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
      inStretches(messages, (message) => this.#thread.postMessage(message)).catch((error: Error) => this.#fail(error));
    });
  }
}

async function inStretches<Value>(values: Iterable<Value>, take: (value: Value) => void): Promise<void> {
  let began = performance.now();
  for (const value of values) {
    take(value);
    if (performance.now() - began < stretchMilliseconds) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
}

/** The document in parts that each take a moment, so that they come together to the same tree. */
function* piecesOf(document: Document): Generator<ToThread> {
  for (const [name, member] of Object.entries(document.root)) {
    const isWhole = !isObject(member) || document.elsewhere.has(member);
    yield pieceOf(document, [name], isWhole ? member : {});
    if (!isWhole) for (const [inner, value] of Object.entries(member)) yield pieceOf(document, [name, inner], value);
  }
}

function pieceOf(document: Document, path: readonly string[], value: JsonObject[string]): ToThread {
  return { kind: 'piece', path, value, elsewhere: elsewhereIn(document, value, pointerOf(...path)) };
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
