import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Whether this machine has a Redis to start, and what a test without one is to say. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
export const redisSkipped = hasRedis ? '' : ': skipped, there is no redis-server (apt-get install redis-server)';

/** A Redis that keeps nothing on disk. */
export class TestRedis {
  readonly url: string;
  readonly #port: number;
  #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.#port = port;
    this.#process = process;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<TestRedis> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return new TestRedis(port, await startOn(port));
  }

  /** On the same port, with nothing in it. */
  async startAgain(): Promise<void> {
    this.#process = await startOn(this.#port);
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  /** Until `resume` it answers nothing. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }
}

async function startOn(port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  const process = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of process.stdout) if (/ready to accept connections/i.test(String(chunk))) break;
  return process;
}
