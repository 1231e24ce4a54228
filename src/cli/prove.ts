import { selectOperations } from '../contract/index.js';
import { isProven, proofReports, proofTerminal, proofVerdict, prove } from '../prove/index.js';
import type { Arguments } from './arguments.js';
import { ReportWriter } from './check-reports.js';
import { read } from './load.js';
import { version } from './program.js';
import type { Terminal } from './terminal.js';

/** `counterproof prove`: the suite against the mock with each fault. */
export async function run({ positionals, flags }: Arguments<'prove'>, terminal: Terminal): Promise<number> {
  const [document] = positionals;
  const { operations, fixtures } = await read({
    document,
    fixtures: flags.fixtures,
    allowRemote: flags['allow-remote'],
  });
  const chosen = new Set(selectOperations(operations.entries, flags.operation).map(({ id }) => id));
  const showsProgress = process.stderr.isTTY === true && !flags.quiet && !flags.json;
  const result = await prove({
    operations,
    ...(fixtures !== undefined && { fixtures }),
    seed: flags.seed,
    only: ({ id }) => chosen.has(id),
    version: version(),
    onProgress(done, total) {
      if (showsProgress) process.stderr.write(done < total ? `\r${done}/${total} operations ` : '\r\x1b[K');
    },
  });
  new ReportWriter(flags.report, (format, proof: typeof result) => proofReports[format](proof)).finish(result);
  if (flags.json) terminal.out(proofReports.json(result).trimEnd());
  else if (flags.quiet) terminal.out(proofVerdict(result));
  else terminal.out(proofTerminal(result, terminal.paint));
  return isProven(result) ? 0 : 1;
}
