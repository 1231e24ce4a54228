import type { Writable } from 'node:stream';
import { createPaint, type Paint } from '../report/paint.js';
import { tame } from '../text/visible.js';

/** Where a command prints, so that it need not know whether anybody reads it. */
export interface Terminal {
  /** One line on standard output, soon: lines that follow each other closely go out together. */
  readonly out: (line: string) => void;
  /** One line on standard error, at once. */
  readonly error: (line: string) => void;
  /**
   * One line on standard output that is dropped while whoever reads it does not keep up.
   * @param missing the line that then says how many were
   */
  readonly log: (line: string, missing: (count: number) => string) => void;
  /**
   * Resolves when everything has been handed to whoever reads it.
   * @returns why standard output could not be written (a full disk), or null; a reader that has gone is no reason
   */
  readonly end: () => Promise<string | null>;
  /** Whether a person sits in front of standard output. */
  readonly interactive: boolean;
  /** How many characters fit on a line; Infinity where nobody sits there. */
  readonly columns: number;
  readonly paint: Paint;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** At least so long between two writes, in milliseconds: one costs as much as the answer that it tells of. */
const pause = 25;

/** More than this, in bytes, is not kept for a reader that does not keep up. */
const maximumBacklog = 4 * 1024 * 1024;

/** So long a log waits at the end for a reader that takes nothing of it, in milliseconds. */
const logPatience = 2000;

/** The streams of a process, and what it is told of where it runs. */
export interface Streams {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  on(event: 'exit', listener: () => void): unknown;
}

/** The terminal of this process. */
export function processTerminal(streams: Streams = process): Terminal {
  const { stdout, stderr, env } = streams;
  const interactive = stdout.isTTY === true;
  // https://no-color.org: set and not empty.
  const colored = interactive && !env.NO_COLOR && env.TERM !== 'dumb';
  let waiting = '';
  let flushed = Number.NEGATIVE_INFINITY;

  function flush(): void {
    if (waiting === '') return;
    flushed = performance.now();
    const text = waiting;
    waiting = '';
    stdout.write(text);
  }

  let failure: string | null = null;
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever read the output has gone: there is nobody left to tell.
    if (code !== 'EPIPE') failure ??= message;
  });
  stderr.on('error', () => {});
  streams.on('exit', flush);

  function out(line: string): void {
    const isFirst = waiting === '';
    waiting += `${tame(line)}\n`;
    if (!isFirst) return;
    if (performance.now() - flushed > pause) setImmediate(flush);
    else setTimeout(flush, pause);
  }

  /** Resolves when nothing of a log has been taken for a while. */
  async function untilNobodyReads(): Promise<void> {
    for (let left = Number.POSITIVE_INFINITY; stdout.writableLength < left; ) {
      left = stdout.writableLength;
      await new Promise((resolve) => setTimeout(resolve, logPatience).unref());
    }
  }

  let dropped = 0;
  let isLog = false;
  return {
    out,
    log(line, missing) {
      isLog = true;
      if (stdout.writableLength + waiting.length > maximumBacklog) {
        dropped += 1;
        return;
      }
      if (dropped > 0) out(missing(dropped));
      dropped = 0;
      out(line);
    },
    error(line) {
      flush();
      stderr.write(`${tame(line)}\n`);
    },
    end() {
      flush();
      // A write that fails calls back as well, and is told after that.
      const written = new Promise<void>((resolve) => stdout.write('', () => setImmediate(resolve)));
      // A result waits for its reader, as long as that takes. A log has lost lines before, and is to be ended.
      return (isLog ? Promise.race([written, untilNobodyReads()]) : written).then(() => failure);
    },
    interactive,
    columns: interactive ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY,
    paint: createPaint(colored),
    environment: env,
  };
}
