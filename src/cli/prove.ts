import { selectOperations } from '../contract/index.js';
import { type ProveOptions, prove, proveAndLearn, worthsById } from '../prove/index.js';
import { isProven, type ProofResult } from '../report/index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { createProgressBar } from './progress.js';
import { announce, ReportWriter } from './report-files.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof prove`: the suite against the mock with each fault. */
export async function run({ positionals, flags }: Arguments<'prove'>, terminal: Terminal): Promise<number> {
  const [document] = positionals;
  const { operations, fixtures } = await read({
    document,
    fixtures: flags.fixtures,
    ...readingOf(flags),
    strict: flags.strict,
  });
  const chosen = new Set(selectOperations(operations.entries, flags.operation).map(({ id }) => id));
  const bar = createProgressBar(process.stderr, !flags.quiet && !flags.json);
  const options: ProveOptions = {
    operations,
    ...(fixtures !== undefined && { fixtures }),
    seed: flags.seed,
    only: ({ id }) => chosen.has(id),
    version,
    onProgress: (operationsDone, all) => bar.show({ operationsDone, operations: all }),
  };
  const result = flags.order === undefined ? await prove(options) : await learnOrder(options, flags.order);
  bar.clear();
  new ReportWriter('prove', flags.report).finish(result);
  announce(result, flags, terminal);
  return isProven(result) ? 0 : 1;
}

/** Every case is tried against every fault, which takes longer, and what each is worth is written down. */
async function learnOrder(options: ProveOptions, file: string): Promise<ProofResult> {
  const { result, kills } = await proveAndLearn({ ...options, maxSites: 4 });
  const order = { schemaVersion: 1, document: result.document, seed: result.seed, worths: worthsById(kills) };
  try {
    replaceFileSync(file, `${JSON.stringify(order, null, 2)}\n`);
  } catch (error) {
    throw usage('prove', `--order ${file} cannot be written: ${whyUnwritten(error)}`);
  }
  return result;
}
