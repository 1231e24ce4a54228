import { virtualClock } from '../../run/clock.js';
import type { RunOptions } from '../../run/options.js';
import { run } from '../../run/run.js';

type Asked = Pick<RunOptions, 'operations'> & Partial<RunOptions>;

/** What is found of a target by its lists and the lives of its things; nothing is waited for. */
export async function foundOf(send: RunOptions['send'], options: Asked) {
  const { findings } = await run({
    target: 'http://t',
    aspects: ['life'],
    concurrency: 1,
    ...{ clock: virtualClock() },
    ...options,
    send,
  });
  return findings;
}

/** The checks that a target violates by them, one for each finding. */
export async function violatedBy(send: RunOptions['send'], options: Asked): Promise<string[]> {
  const findings = await foundOf(send, options);
  return findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
}
