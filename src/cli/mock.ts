import { type Mock, problemsOf, serve } from '../index.js';
import type { Arguments } from './arguments.js';
import { filesOf, load, type Wish } from './load.js';
import { loopbackPort } from './loopback-port.js';
import { createReporter } from './reporter.js';
import { interrupted } from './signals.js';
import type { Terminal } from './terminal.js';
import { watchFiles } from './watch.js';

/** The port where the document names none. */
const usualPort = 4010;

/** `counterproof mock`: serves until it is interrupted. */
export async function run({ positionals, flags }: Arguments<'mock'>, terminal: Terminal): Promise<number> {
  const reporter = createReporter(terminal, flags);
  const wish: Wish = {
    document: positionals[0],
    fixtures: flags.fixtures,
    seed: flags.seed,
    apiKey: flags['api-key'],
    cors: flags.cors,
    allowRemote: flags['allow-remote'],
  };

  // 1. Read everything; what cannot be used ends the command here.
  let current = await load(wish);

  // 2. Listen.
  const server = await serve(() => current.mock, {
    port: flags.port ?? loopbackPort(current.document) ?? usualPort,
    ...(flags.host !== undefined && { host: flags.host }),
    onExchange: reporter.exchange,
  });
  reporter.listening(server, current);

  // 3. Look through all operations while requests are already answered.
  let looking = lookThrough(current.mock);

  // 4. Follow the files.
  const watching = flags.watch ?? terminal.interactive;
  const watcher = watching ? watchFiles(filesOf(wish, current.document), reload) : null;

  async function reload(): Promise<void> {
    try {
      current = await load(wish);
      reporter.reloaded(current);
      looking.abort();
      looking = lookThrough(current.mock);
      watcher?.follow(filesOf(wish, current.document));
    } catch (error) {
      reporter.broken(error);
      watcher?.follow(filesOf(wish, current.document, true));
    }
  }

  function lookThrough({ operations }: Mock): AbortController {
    const controller = new AbortController();
    const report = async () => {
      for await (const problem of problemsOf(operations, controller)) reporter.problem(problem);
    };
    report();
    return controller;
  }

  // 5. End in order.
  const signal = await interrupted();
  reporter.stopping(signal);
  watcher?.close();
  looking.abort();
  await server.close();
  return 0;
}
