import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Arguments, usage } from './arguments.js';
import { openInBrowser } from './open.js';
import { ReportWriter } from './report-files.js';
import { readResult } from './result-file.js';
import type { Terminal } from './terminal.js';

/** `counterproof report`: a JSON report as a page, or in another format. */
export async function run({ positionals, flags }: Arguments<'report'>, { out }: Terminal): Promise<number> {
  const [file] = positionals;
  if (file === undefined) throw usage('report', 'needs a JSON report, such as result.json');
  const result = readResult('report', file);
  const page = file.replace(/(\.json)?$/i, '.html');
  const reports = flags.report.length > 0 ? flags.report : [{ format: 'html', file: page } as const];
  new ReportWriter('report', reports).finish(result);
  for (const report of reports) if (report.file !== '-') out(report.file);
  const shown = reports.find(({ format }) => format === 'html')?.file;
  if (flags.open && shown !== undefined) await openInBrowser(pathToFileURL(resolve(shown)).href);
  return 0;
}
