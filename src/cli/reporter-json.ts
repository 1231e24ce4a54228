import { CounterproofError, type Problem } from '../index.js';
import type { Loaded } from './load.js';
import type { Reporter } from './reporter.js';
import type { Terminal } from './terminal.js';

/** One JSON object a line, each with `event` and `time` (RFC 3339). */
export function createJsonReporter(terminal: Terminal): Reporter {
  const line = (event: string, more: object) => JSON.stringify({ event, time: new Date().toISOString(), ...more });
  const say = (event: string, more: object) => terminal.out(line(event, more));

  const served = ({ document, mock, fixtures }: Loaded) => ({
    document: document.name,
    title: (document.root.info as { title?: unknown } | undefined)?.title,
    fixtures,
    seed: mock.seed,
    operations: mock.operations.entries.length,
    problems: document.problems,
    leftOut: document.leftOut,
    keptOut: mock.keptOut,
  });

  return {
    listening: ({ url, port, addresses }, loaded, console, how) =>
      say('listening', {
        url,
        port,
        addresses,
        console: console?.url ?? null,
        ...(console !== null && console.madeToken !== null && { token: console.madeToken }),
        ...how,
        ...served(loaded),
      }),
    problem: (problem) => say('problem', { ...problem }),
    looked: () => {},
    exchange({ request, answer, milliseconds }) {
      const { status, operationId, source, name, seed, delay, effect, violations } = answer;
      const { method, target } = request ?? { method: null, target: null };
      const figures = { milliseconds: Math.round(milliseconds * 1000) / 1000, delay, effect: effect?.kind ?? null };
      terminal.log(
        line('request', { method, target, status, operation: operationId, source, name, seed, ...figures, violations }),
        (count) => line('dropped', { requests: count }),
      );
    },
    reloaded: (loaded, changed) => say('reloaded', { ...served(loaded), changed }),
    unfollowed: (flags, file) => say('unfollowed', { flags, file }),
    broken: (error) => say('broken', { problems: problemsOf(error) }),
    unsent: (reason) => say('callback-unsent', { reason }),
    unwritten: ({ message }) => say('unwritten', { problems: [{ message }] }),
    lost: (session) => say('session-lost', { session }),
    replaced: (reason) => say('worker-replaced', { reason }),
    stopping: (signal) => say('stopping', { signal }),
  };
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof CounterproofError) return error.problems;
  return [{ message: error instanceof Error ? error.message : String(error) }];
}
