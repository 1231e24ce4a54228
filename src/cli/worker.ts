import {
  consolePath,
  createConsole,
  forwardTo,
  Member,
  type ServedExchange,
  type ServeOptions,
  serve,
} from '../index.js';
import { version } from '../version.js';
import type { Arguments } from './arguments.js';
import { endWithParent } from './end-with-parent.js';
import { keepHeapSmall, load, type Wish } from './load.js';
import { optimisingSoon } from './optimise-later.js';
import { storeOf } from './state.js';
import { type FromProcess, type ToProcess, type WorkerSetup, workerVariable } from './worker-setup.js';

/**
 * Serves as one of several, until the primary ends it or is gone. Says nothing: the primary does.
 * @param again what is wished when everything is read again
 */
export async function runWorker(
  wish: Wish,
  again: () => Promise<Wish>,
  flags: Arguments<'mock'>['flags'],
  options: ServeOptions,
): Promise<number> {
  // A signal that is for all processes is the primary's to obey.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
  endWithParent();
  const setup = JSON.parse(process.env[workerVariable] ?? '') as WorkerSetup;
  let current = await load(wish);
  keepHeapSmall();
  const send = (message: FromProcess) => {
    if (process.connected) process.send?.(message);
  };
  const member = new Member(send);
  const { control } = createConsole({
    mock: () => current.mock,
    everywhere: flags.fault,
    version,
    store: (await storeOf(flags)) ?? member,
  });
  member.follow(control.sessions);
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  process.on('message', (message: ToProcess) => {
    if (message.kind === 'stop') stop();
    else if (message.kind === 'asks') send({ kind: 'lives' });
    else if (message.kind === 'reload') {
      again()
        .then((wished) => load(wished, current))
        .then(
          (loaded) => {
            current = loaded;
          },
          // The primary has said what is wrong with it.
          () => {},
        );
    } else member.receive(message);
  });
  // What is told before nobody hears, and what is waited for would not come.
  send({ kind: 'hears' });
  const server = await serve(() => current.mock, {
    ...options,
    port: setup.port,
    ...(setup.console !== null && { mount: forwardTo(setup.console, consolePath) }),
    ask: optimisingSoon(control.askShared),
    ...(setup.tells && { onExchange: (exchange: ServedExchange) => member.record(exchange) }),
  });
  send({ kind: 'listens' });
  setImmediate(() => current.mock.prepareInSlices());
  await stopped;
  await server.close();
  await member.close();
  return 0;
}
