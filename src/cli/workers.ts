import cluster, { type Worker } from 'node:cluster';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CounterproofError, type Hub, placeToListen, type RunningServer, type ServeOptions } from '../index.js';
import { type FromProcess, type ToProcess, type WorkerSetup, workerVariable } from './worker-setup.js';

/** One that has ended before it listened is tried again after so long. */
const pauseMilliseconds = 1000;

/** How often a worker is asked whether it still lives, and how often in vain before it is taken for held, as by a loop without an end. */
const pulse = { milliseconds: 3_000, mostInVain: 10 };

const heldSeconds = (pulse.milliseconds * pulse.mostInVain) / 1000;

/** Several processes that listen on one port. */
export interface RunningWorkers extends RunningServer {
  /** Lets each read document and fixtures again. */
  reload(): void;
}

/**
 * Starts processes that run this command line too and answer for this one (node:cluster), and replaces those that end or answer
 * nothing any more. The console stays here: they hand on what is asked of it.
 * @param replaced is told why one has ended
 * @throws CounterproofError PORT_UNAVAILABLE
 */
export async function startWorkers(
  hub: Hub,
  count: number,
  { mount, onExchange, ...options }: ServeOptions,
  replaced: (reason: string) => void,
): Promise<RunningWorkers> {
  const place = await placeToListen(options);
  const folder = await mkdtemp(join(tmpdir(), 'counterproof-'));
  const console = mount === undefined ? null : socketIn(folder);
  const server = mount === undefined ? null : createServer((request, response) => mount.handle(request, response));
  await new Promise<void>((resolve) => (server === null ? resolve() : server.listen(console, resolve)));
  const setup: WorkerSetup = { port: place.port, console, tells: onExchange !== undefined };
  // Where this process accepts connections and hands them on, those that are on their way to a worker that dies hang for ever.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ serialization: 'advanced' });
  const running = new Set<Worker>();
  let isEnding = false;

  /** Resolves when it listens. */
  function begin(): Promise<void> {
    const worker = cluster.fork({ [workerVariable]: JSON.stringify(setup) });
    running.add(worker);
    // What is sent to a process that has just ended is for nobody.
    const send = (message: ToProcess) => worker.isConnected() && worker.send(message, () => {});
    let joined: ReturnType<Hub['join']> | undefined;
    return new Promise((resolve, reject) => {
      let isReady = false;
      // Counted, and not timed: where the machine has slept, nobody could answer.
      let inVain = 0;
      const asking = setInterval(() => {
        if (!isReady) return;
        if (inVain++ === pulse.mostInVain) worker.process.kill('SIGKILL');
        else send({ kind: 'asks' });
      }, pulse.milliseconds);
      worker.on('error', () => {});
      worker.on('message', (message: FromProcess) => {
        inVain = 0;
        if (message.kind === 'hears') joined = hub.join(send);
        else if (message.kind === 'listens') {
          isReady = true;
          resolve();
        } else if (message.kind !== 'lives') joined?.receive(message);
      });
      worker.on('exit', (code, signal) => {
        running.delete(worker);
        clearInterval(asking);
        joined?.leave();
        const isHeld = inVain > pulse.mostInVain;
        const reason = isHeld ? `it had answered nothing for ${heldSeconds} s` : (signal ?? `code ${code}`);
        reject(new CounterproofError('WORKER_FAILED', { message: `A worker ended before it listened (${reason})` }));
        if (isEnding) return;
        if (isReady) replaced(reason);
        const again = () => !isEnding && void begin().catch(() => {});
        if (isReady) again();
        else setTimeout(again, pauseMilliseconds);
      });
    });
  }

  async function close(graceMilliseconds?: number): Promise<void> {
    isEnding = true;
    const ended = [...running].map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
    for (const worker of running) worker.send({ kind: 'stop' } satisfies ToProcess, () => {});
    const cut = setTimeout(
      () => {
        for (const worker of running) worker.process.kill('SIGKILL');
      },
      (graceMilliseconds ?? 5000) + 1000,
    );
    mount?.close?.();
    await Promise.all(ended);
    clearTimeout(cut);
    server?.close();
    server?.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await Promise.all(Array.from({ length: count }, begin));
  } catch (error) {
    await close(0);
    throw error;
  }
  return {
    ...place,
    close,
    reload() {
      for (const worker of running) worker.send({ kind: 'reload' } satisfies ToProcess, () => {});
    },
  };
}

function socketIn(folder: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, '-')}` : join(folder, 'console.sock');
}
