/** Time, and waiting for it to pass. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or once the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/** Like the time of day, but it never jumps when that is set. */
export const systemClock: Clock = { now: () => performance.timeOrigin + performance.now(), pause };

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}

/** Waits for nothing: time is what has been waited for. */
export function virtualClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    pause: async (milliseconds) => {
      now += milliseconds;
    },
  };
}
