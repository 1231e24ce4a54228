import type { FromWorker, ToWorker } from '../index.js';

/** What processes say to each other: besides what is about sessions, when to begin and to end. */
export type FromProcess =
  | FromWorker
  | { readonly kind: 'hears' }
  | { readonly kind: 'listens' }
  | { readonly kind: 'lives' };
export type ToProcess = ToWorker | { readonly kind: 'reload' } | { readonly kind: 'stop' } | { readonly kind: 'asks' };

/** What the primary tells a worker when it starts it, as JSON. */
export const workerVariable = 'COUNTERPROOF_WORKER';

export interface WorkerSetup {
  readonly port: number;
  /** The socket of the console; null where there is none. */
  readonly console: string | null;
  /** Whether somebody wants to know what it answers. */
  readonly tells: boolean;
}

/** Whether this process is one of those that `startWorkers` has started. */
export const isWorker = process.connected === true && process.env[workerVariable] !== undefined;
