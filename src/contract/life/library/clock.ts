import type { TrialOptions } from '../../run/options.js';

/** Nobody waits. */
export function virtualClock(): NonNullable<TrialOptions['clock']> {
  let now = 0;
  return {
    now: () => now,
    pause: async (milliseconds) => {
      now += milliseconds;
    },
  };
}
