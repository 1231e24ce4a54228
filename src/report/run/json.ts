import type { RunResult } from '../../contract/run/result.js';

/** The result as it is: `RunResult`, with its `schemaVersion`. */
export function json(result: RunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
