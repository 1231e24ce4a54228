import type { RunResult } from '../contract/index.js';
import type { Result } from '../report/index.js';
import { whyUnread } from '../text/file-failure.js';
import { readUserFile } from '../text/user-file.js';
import { usage } from './arguments.js';

/**
 * A JSON report of `check` or `prove`.
 * @throws CounterproofError USAGE where the file is none
 */
export function readResult(command: string, file: string): Result {
  let result: Partial<Result> | null;
  try {
    result = JSON.parse(readUserFile(file)) as Partial<Result> | null;
  } catch (error) {
    throw usage(command, `${file} cannot be read: ${whyUnread(error)}`);
  }
  const isProof = result !== null && typeof result === 'object' && 'trials' in result;
  if (
    isProof ||
    (result !== null && typeof result === 'object' && 'findings' in result && result.schemaVersion === 2)
  ) {
    return result as Result;
  }
  throw usage(command, `${file} is no JSON report of this version of counterproof`);
}

/**
 * A JSON report of `check`.
 * @throws CounterproofError USAGE where the file is none
 */
export function readRunResult(command: string, file: string): RunResult {
  const result = readResult(command, file);
  if ('trials' in result) throw usage(command, `${file} is a report of prove, and not of check`);
  return result;
}
