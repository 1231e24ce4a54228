import { readFileSync } from 'node:fs';
import { checkTable, type RunOptions, selectChecks, selectOperations } from '../contract/index.js';
import type { Json } from '../text/value.js';
import { type Arguments, usage } from './arguments.js';
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
    ...(flags.budget !== undefined && { budget: { ...flags.budget, ...orderFrom(flags.order) } }),
    ...(maxCases !== undefined && { maxCases }),
  };
}

/** @throws CounterproofError USAGE where the file is not one that `prove --order` wrote */
function orderFrom(file: string | undefined): { readonly worths?: Record<string, number> } {
  if (file === undefined) return {};
  try {
    const { worths } = JSON.parse(readFileSync(file, 'utf8')) as { worths?: Record<string, number> };
    if (typeof worths === 'object' && worths !== null) return { worths };
  } catch (error) {
    throw usage('check', `--order ${file} cannot be read: ${(error as Error).message}`);
  }
  throw usage('check', `--order ${file} is not a file that "counterproof prove --order" wrote`);
}

function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
