import { type ChildProcess, spawn } from 'node:child_process';
import type { Client } from '../contract/index.js';

/** How long a target may take to listen again, and how often it is looked, in milliseconds. */
const patience = 30_000;
const interval = 200;

/** Runs the user's command whenever the target has ended, and ends at the end what it has started. */
export class Restarter {
  readonly #command: string;
  readonly #client: Client;
  #child: ChildProcess | null = null;

  /** @param command for the shell of this system; it may stay, as a server does, or end */
  constructor(command: string, client: Client) {
    this.#command = command;
    this.#client = client;
  }

  /** Whether the target listens again. */
  readonly restart = async (): Promise<boolean> => {
    this.end();
    const child = spawn(this.#command, { shell: true, stdio: 'ignore', detached: process.platform !== 'win32' });
    child.on('error', () => {});
    this.#child = child;
    const end = performance.now() + patience;
    while (performance.now() < end) {
      const listens = await this.#client.probe(interval).then(
        () => true,
        () => false,
      );
      if (listens) return true;
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
    return false;
  };

  /** Ends what the command left running. */
  end(): void {
    const { pid } = this.#child ?? {};
    if (pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
    this.#child = null;
  }
}
