import { selectOperations } from '../contract/index.js';
import { type ProveOptions, prove, proveAndLearn, worthsById } from '../prove/index.js';
import { isProven } from '../report/index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { createProgressBar } from './progress.js';
import { conclude, doAll, ReportWriter } from './report-files.js';
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
  const { order } = flags;
  // To learn an order, every case is tried against every fault, which takes longer.
  const proven =
    order === undefined
      ? { result: await prove(options), kills: [] }
      : await proveAndLearn({ ...options, maxSites: 4 });
  const { result } = proven;
  bar.clear();
  await doAll(
    () => conclude(new ReportWriter('prove', flags.report), result, flags, terminal),
    () => order !== undefined && writeOrder(order, proven),
  );
  return isProven(result) ? 0 : 1;
}

/** Writes down what each case is worth. */
function writeOrder(file: string, { result, kills }: Awaited<ReturnType<typeof proveAndLearn>>): void {
  const order = { schemaVersion: 1, document: result.document, seed: result.seed, worths: worthsById(kills) };
  try {
    replaceFileSync(file, `${JSON.stringify(order, null, 2)}\n`);
  } catch (error) {
    throw usage('prove', `--order ${file} cannot be written: ${whyUnwritten(error)}`);
  }
}
