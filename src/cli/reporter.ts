import type { Problem, RunningServer, ServedExchange } from '../index.js';
import type { Loaded } from './load.js';
import { createJsonReporter } from './reporter-json.js';
import { createTextReporter } from './reporter-text.js';
import type { Signal } from './signals.js';
import type { Terminal } from './terminal.js';

/** What `mock` has to say while it runs. */
export interface Reporter {
  /** `console` is where a person opens it; null where there is none. */
  listening(server: RunningServer, loaded: Loaded, console: string | null): void;
  /** A schema of the document that does not compile, and the like. */
  problem(problem: Problem): void;
  /** undefined where nobody wants to know. */
  exchange: ((exchange: ServedExchange) => void) | undefined;
  reloaded(loaded: Loaded): void;
  /** A save that cannot be used, whatever the reason: what was served before still is. */
  broken(error: unknown): void;
  stopping(signal: Signal): void;
}

export function createReporter(terminal: Terminal, { json, quiet }: { json: boolean; quiet: boolean }): Reporter {
  const reporter = json ? createJsonReporter(terminal) : createTextReporter(terminal, quiet);
  return quiet ? { ...reporter, exchange: undefined } : reporter;
}
