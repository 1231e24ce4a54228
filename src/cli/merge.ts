import { againstBaseline, mergeResults } from '../contract/index.js';
import { type Arguments, usage } from './arguments.js';
import { conclude, exitCode, ReportWriter } from './report-files.js';
import { readRunResult } from './result-file.js';
import type { Terminal } from './terminal.js';

/** `counterproof merge`: the reports of shards as one. */
export async function run({ positionals, flags }: Arguments<'merge'>, terminal: Terminal): Promise<number> {
  if (positionals.length === 0) throw usage('merge', 'needs JSON reports, such as shard-1.json shard-2.json');
  const merged = mergeResults(positionals.map((file) => readRunResult('merge', file)));
  const { baseline } = flags;
  const result = baseline === undefined ? merged : againstBaseline(merged, readRunResult('merge', baseline));
  conclude(new ReportWriter('merge', flags.report), result, flags, terminal);
  return exitCode(result);
}
