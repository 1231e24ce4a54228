import type { RunResult } from '../contract/index.js';
import { misfitOf, type Result } from '../report/index.js';
import { whyUnread } from '../text/file-failure.js';
import { readUserFile } from '../text/user-file.js';
import { isObject, type Json } from '../text/value.js';
import { usage } from './arguments.js';

/**
 * A JSON report of `check` or `prove`.
 * @throws CounterproofError USAGE where the file is none
 */
export function readResult(command: string, file: string): Result {
  let result: Json;
  try {
    result = JSON.parse(readUserFile(file)) as Json;
  } catch (error) {
    throw usage(command, `${file} cannot be read: ${whyUnread(error)}`);
  }
  const isProof = isObject(result) && 'trials' in result;
  if (!isProof && !(isObject(result) && 'findings' in result && result.schemaVersion === 2))
    throw usage(command, `${file} is no JSON report of this version of counterproof`);
  const misfit = misfitOf(result);
  if (misfit === null) return result as unknown as Result;
  const { pointer, expected, found } = misfit;
  throw usage(
    command,
    `${file} is no JSON report of this version of counterproof: expected ${expected} at ${pointer}, found ${found}`,
  );
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
