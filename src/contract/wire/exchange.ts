import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { ResponseReader } from './response-reader.js';

/** What a connection gave for one request. */
export interface Outcome {
  readonly reader: ResponseReader;
  /** `performance.now()` of the first byte sent and of the last received. */
  readonly began: number;
  readonly ended: number;
  /** Whether the connection may be used again. */
  readonly reusable: boolean;
}

export interface ExchangeOptions {
  readonly bytes: Uint8Array;
  readonly reader: ResponseReader;
  /** Milliseconds left for the whole exchange. */
  readonly timeout: number;
  /**
   * Milliseconds to keep listening after the answer is whole, for bytes that should not come. 0 waits for
   * what has already arrived.
   */
  readonly linger: (reader: ResponseReader) => number;
  /** How long a stream is read, in milliseconds from its head on, and in bytes: it need not end. */
  readonly stream: { readonly milliseconds: number; readonly bytes: number };
}

/** How much of the time that this process was busy is given back to an answer, in milliseconds; less makes no difference. */
const givenBackMilliseconds = { least: 20, most: 10_000 };

/**
 * Writes one request on an open connection and reads one answer. Resolves in any case: what went wrong is
 * in the reader. The socket is left with no listener of this exchange.
 */
export function exchange(socket: Socket, options: ExchangeOptions): Promise<Outcome> {
  const { reader } = options;
  return new Promise((resolve) => {
    const began = performance.now();
    let ended = began;
    let alive = true;
    const pieces = { count: 0, bytes: 0, since: 0 };
    let stopLingering: (() => void) | null = null;
    let stopStream: ReturnType<typeof setTimeout> | undefined;
    let stopEnding: (() => void) | null = null;

    const finish = () => {
      clearTimeout(deadline);
      clearTimeout(stopStream);
      stopLingering?.();
      stopEnding?.();
      if (!reader.isOpen && isTrickle(pieces, ended)) reader.tellTrickle(pieces.count, ended - pieces.since);
      socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError);
      resolve({ reader, began, ended, reusable: alive && reader.persistent && !socket.destroyed });
    };
    const onData = (chunk: Buffer) => {
      ended = performance.now();
      if (pieces.count === 0) pieces.since = ended;
      pieces.count++;
      pieces.bytes += chunk.length;
      reader.push(chunk);
      if (reader.streams) watchStream();
      if (reader.done && stopLingering === null) stopLingering = later(finish, options.linger(reader));
    };
    const watchStream = () => {
      const stop = () => {
        alive = false;
        reader.end('stopped');
        finish();
      };
      if (reader.bodyBytes > options.stream.bytes) stop();
      else stopStream ??= setTimeout(stop, Math.min(options.stream.milliseconds, options.timeout / 2));
    };
    const onEnd = () => {
      alive = false;
      reader.end('closed');
      finish();
    };
    const onError = (error: NodeJS.ErrnoException) => {
      alive = false;
      reader.end('reset', error.code ?? error.message);
      finish();
    };
    const atStart = performance.eventLoopUtilization();
    let given = 0;
    const onDeadline = () => {
      // While this process was busy it read nothing: that time is given back, within bounds.
      const { active } = performance.eventLoopUtilization(atStart);
      const busy = Math.min(active, givenBackMilliseconds.most) - given;
      if (busy >= givenBackMilliseconds.least) {
        given += busy;
        deadline = setTimeout(onDeadline, busy);
        return;
      }
      // What had arrived by then is read first: it was this process that was late.
      stopEnding = later(() => {
        alive = false;
        reader.end('timeout');
        finish();
      }, 0);
    };
    let deadline = setTimeout(onDeadline, options.timeout);

    socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError);
    socket.write(options.bytes);
  });
}

/**
 * Whether an answer came byte by byte with pauses: no network does that, and whoever waits for a longer answer
 * from such a server waits in vain.
 */
function isTrickle({ count, bytes, since }: { count: number; bytes: number; since: number }, ended: number): boolean {
  return count >= 10 && bytes <= 4 * count && ended - since >= 1000;
}

/** Calls back after so many milliseconds, or once what has already arrived has been read. Returns what undoes it. */
function later(callback: () => void, milliseconds: number): () => void {
  if (milliseconds > 0) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  }
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
}
