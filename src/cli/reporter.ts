import type { DocumentProblem, RunningServer, ServedExchange } from '../index.js';
import type { Loaded } from './load.js';
import type { Signal } from './signals.js';

export interface ServedConsole {
  readonly url: string;
  readonly madeToken: string | null;
}

/** By a mock, whose files are watched or not; or by a proxy of a server. */
export type Served = ({ readonly isWatched: boolean } | { readonly upstream: string }) & {
  /** The file that says what the command line does not; undefined for none. */
  readonly configuration?: string | undefined;
};

/** What `mock` has to say while it runs. */
export interface Reporter {
  /** `console` is where a person opens it, and the token that was made for it or null; null where there is none. */
  listening(server: RunningServer, loaded: Loaded, console: ServedConsole | null, how: Served): void;
  /** A schema of the document that does not compile, and the like. */
  problem(problem: DocumentProblem): void;
  /** All operations have been looked through. */
  looked(): void;
  exchange(exchange: ServedExchange): void;
  /** @param changed the files that have changed, as a person would name them */
  reloaded(loaded: Loaded, changed: readonly string[]): void;
  /** The configuration has changed what counts only when the mock is started again. */
  unfollowed(flags: readonly string[], file: string): void;
  /** A save that cannot be used, whatever the reason: what was served before still is. */
  broken(error: unknown): void;
  /** A callback that is not sent, and why, as a sentence without a final period. */
  unsent(reason: string): void;
  /** The file that keeps the state cannot be written. */
  unwritten(error: Error): void;
  /** A session whose active answers and rows are forgotten, since others needed the room. */
  lost(session: string): void;
  /** A process that answered has ended by itself, and another one takes its place. */
  replaced(reason: string): void;
  /** By a signal, or by the key. */
  stopping(signal: Signal | 'q'): void;
}
