import { type Aside, type MadeAside, type MockAnswer, Overload } from '../../../mock/index.js';
import type { HttpRequest } from '../../../operation/index.js';
import { type AsideSource, AsideThread, startWorker, type Thread } from './aside-thread.js';
import { hasMuchToRead, lengthOf } from './reading.js';

/** When it is worth asking again, where too many wait. */
const retryAfterSeconds = 10;
/** A thread that has had nothing to do for so long is ended. */
const idleMilliseconds = 60_000;
/** So many threads have nothing to do at a time: each reading of a document has one of its own, which the next reading does not need. */
const mostResting = 2;
/** What ends a thread that has nothing to do, the one that has rested longest first. */
const resting = new Set<() => void>();
/** Where others have changed the state so often meanwhile, a request is answered at once. */
const mostAttempts = 3;
/** A state with more changes is sent for what is long to read alone. */
const mostChangesSent = 5000;
/** A request that waits counts for no less, in bytes. */
const leastBytes = 16 * 1024;

/** What requests that are answered aside may cost. */
export interface AsideLimits {
  /** Of one request, from when it is sent to the thread. */
  readonly milliseconds: number;
  /** Of requests that wait for each other, together. */
  readonly waitingBytes: number;
}

const usualLimits: AsideLimits = { milliseconds: 30_000, waitingBytes: 256 * 1024 * 1024 };

interface Job {
  readonly asked: Parameters<Aside>[0];
  readonly here: () => MockAnswer;
  /** In bytes. */
  readonly length: number;
  readonly resolve: (made: MadeAside) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Answers requests with much to read, and what takes long to make, in a thread that has the same document, so that others need not wait
 * for them: since a mock is a function, the bytes are the same. The thread is started when the first one comes; where it cannot be, all
 * are answered here.
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
      waiting -= job.length;
      let opened = await thread?.catch(() => null);
      // One that has ended while nobody asked costs no request.
      if (opened === undefined || opened?.hasEnded) {
        thread = AsideThread.open(source, start, limits.milliseconds);
        opened = await thread.catch(() => null);
      }
      if (opened === null) settle(job);
      else {
        await opened.answer(job.asked, job.here).then(job.resolve, (error: Error) => {
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

  return (asked, here, isHeavy) => {
    const [request, , state] = asked;
    const toRead = lengthOf(request);
    const isSent = hasMuchToRead(request, toRead) || (isHeavy && (state?.size ?? 0) <= mostChangesSent);
    if (!isSent) return null;
    const attempt = (attempts.get(request) ?? 0) + 1;
    attempts.set(request, attempt);
    if (attempt > mostAttempts) return null;
    const length = Math.max(toRead, leastBytes);
    if (waiting + length > limits.waitingBytes) {
      const detail = `Other requests that take long wait already, and no more than ${limits.waitingBytes} bytes of them may`;
      return Promise.reject(new Overload(detail, retryAfterSeconds));
    }
    waiting += length;
    return new Promise((resolve, reject) => {
      queue.push({ asked, here, length, resolve, reject });
      if (!isWorking) void work();
    });
  };
}

function settle({ here, resolve, reject }: Job): void {
  try {
    resolve({ answer: here(), read: null });
  } catch (error) {
    reject(error as Error);
  }
}
