import { setTimeout } from 'node:timers/promises';

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type Signal = keyof typeof signals;

/** npm passes on what the terminal has already sent: that is no second wish. */
const echoMilliseconds = 300;

/** How often it is looked whether npm is still there, in milliseconds. */
const parentInterval = 500;

const isOfNpm = (): boolean => process.env.npm_lifecycle_event !== undefined;

/** When the first signal came, and what stops listening for more. */
let first: number | null = null;
const deafen: (() => void)[] = [];

/** The first signal that asks this process to end. The next one ends it at once. */
export function interrupted(): Promise<Signal> {
  first = null;
  return new Promise((resolve) => {
    // npm hands a signal to the shell between it and this process, and many shells keep it to themselves.
    if (isOfNpm()) {
      const parent = process.ppid;
      setInterval(() => process.ppid !== parent && resolve('SIGHUP'), parentInterval).unref();
    }
    for (const signal of Object.keys(signals) as Signal[]) {
      const hear = () => {
        const now = performance.now();
        if (first === null) {
          first = now;
          resolve(signal);
        } else if (now - first > echoMilliseconds) {
          process.exit(signals[signal]);
        }
      };
      process.on(signal, hear);
      deafen.push(() => process.off(signal, hear));
    }
  });
}

/**
 * From then on a signal ends this process at once, also while it is busy and could hear none: what is left to do can be left out. Waits
 * for what npm passes on.
 */
export async function endableAtOnce(): Promise<void> {
  if (first !== null && isOfNpm()) await setTimeout(Math.max(0, first + echoMilliseconds - performance.now()));
  for (const stop of deafen.splice(0)) stop();
}
