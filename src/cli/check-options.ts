import { checkTable, type RunOptions, selectChecks, selectOperations } from '../contract/index.js';
import type { Json } from '../index.js';
import type { Arguments } from './arguments.js';
import type { Subject } from './load.js';

/** What the suite is asked to do, but for where to send it. */
export type SuiteOptions = Omit<RunOptions, 'send' | 'target'> & { readonly timeout: number };

/**
 * The flags of `check` as options of a run.
 * @throws CounterproofError USAGE where an operation or check is named that does not exist
 */
export function suiteOptions({ operations, fixtures }: Subject, flags: Arguments<'check'>['flags']): SuiteOptions {
  const { seed, strict, operation, check, shard, concurrency, rate, timeout = 10_000, set } = flags;
  const maxCases = flags['max-cases'];
  // A wrong name is told before anything is sent, or even connected.
  selectOperations(operations.entries, operation);
  selectChecks(checkTable, check);
  return {
    operations,
    seed,
    strict,
    operation,
    check,
    concurrency,
    timeout,
    values: Object.fromEntries(set.map(([name, value]) => [name, jsonOrText(value)])),
    ...(fixtures !== undefined && { fixtures }),
    ...(shard !== undefined && { shard }),
    ...(rate !== undefined && { rate }),
    ...(flags.budget !== undefined && { budget: flags.budget }),
    ...(maxCases !== undefined && { maxCases }),
  };
}

function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
