import { virtualClock } from '../../run/clock.js';
import type { RunOptions } from '../../run/options.js';
import { run } from '../../run/run.js';

/** The checks that a target violates by its lists and the lives of its things, one for each finding; nothing is waited for. */
export async function violatedBy(
  send: RunOptions['send'],
  options: Pick<RunOptions, 'operations'> & Partial<RunOptions>,
): Promise<string[]> {
  const { findings } = await run({
    target: 'http://t',
    aspects: ['life'],
    concurrency: 1,
    ...{ clock: virtualClock() },
    ...options,
    send,
  });
  return findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
}
