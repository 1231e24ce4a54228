const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type Signal = keyof typeof signals;

/** npm passes on what the terminal has already sent: that is no second wish. */
const echoMilliseconds = 300;

/** How often it is looked whether npm is still there, in milliseconds. */
const parentInterval = 500;

/** The first signal that asks this process to end. The next one ends it at once. */
export function interrupted(): Promise<Signal> {
  return new Promise((resolve) => {
    // npm hands a signal to the shell between it and this process, and many shells keep it to themselves.
    if (process.env.npm_lifecycle_event !== undefined) {
      const parent = process.ppid;
      setInterval(() => process.ppid !== parent && resolve('SIGHUP'), parentInterval).unref();
    }
    let first: number | null = null;
    for (const signal of Object.keys(signals) as Signal[]) {
      process.on(signal, () => {
        const now = performance.now();
        if (first === null) {
          first = now;
          resolve(signal);
        } else if (now - first > echoMilliseconds) {
          process.exit(signals[signal]);
        }
      });
    }
  });
}
