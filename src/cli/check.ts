import {
  createClient,
  githubAnnotations,
  type RunResult,
  reportFormats,
  run as runSuite,
  terminalReport,
  verdictLine,
} from '../contract/index.js';
import { type Arguments, usage } from './arguments.js';
import { credentialsFrom } from './check-credentials.js';
import { listCases } from './check-list.js';
import { suiteOptions } from './check-options.js';
import { createProgressBar } from './check-progress.js';
import { appendSummary, ReportWriter } from './check-reports.js';
import { read, type Subject } from './load.js';
import { loopbackPort } from './loopback-port.js';
import { version } from './program.js';
import { interrupted } from './signals.js';
import type { Terminal } from './terminal.js';

/** `counterproof check`: derives, sends, judges, reports. */
export async function run({ positionals, flags }: Arguments<'check'>, terminal: Terminal): Promise<number> {
  // 1. Read everything; what cannot be used ends the command here.
  const [document] = positionals;
  const subject = await read({ document, fixtures: flags.fixtures, allowRemote: flags['allow-remote'] });
  const options = suiteOptions(subject, flags);
  if (flags.list) return listCases(options, flags.json, terminal);
  if (flags.target === undefined) throw usage('check', missingTarget(subject));
  const credentials = credentialsFrom(subject.operations, flags, terminal.environment);
  const userAgent = `counterproof/${version()}`;
  const client = createClient(flags.target, { insecure: flags.insecure, userAgent });
  await client.probe(options.timeout);

  // 2. Send and judge. Until the end, the reports are files that say that they are partial.
  const reports = new ReportWriter(flags.report, (format, result) => reportFormats[format].render(result));
  const bar = createProgressBar(process.stderr, !flags.quiet && !flags.json);
  const stop = new AbortController();
  interrupted().then((signal) => {
    stop.abort(`it was stopped by ${signal}`);
    client.close();
  });
  // A target that hangs gives no progress, and what was found before must be in the files all the same.
  let latest: (() => RunResult) | null = null;
  const clock = setInterval(() => latest !== null && reports.update(latest), 250);
  const result = await runSuite({
    ...options,
    send: client.send,
    target: client.target.url,
    allowWrites: client.target.loopback || flags['allow-writes'],
    credentials,
    signal: stop.signal,
    version: version(),
    onProgress(progress, snapshot) {
      latest = snapshot;
      bar.show(progress);
      reports.update(snapshot);
    },
  });
  clearInterval(clock);
  client.close();
  bar.clear();

  // 3. Say what was found.
  reports.finish(result);
  announce(result, flags, terminal);
  return exitCode(result, terminal);
}

function missingTarget({ document }: Subject): string {
  const port = loopbackPort(document);
  return `needs --target URL, such as --target http://localhost:${port ?? 3000}`;
}

function announce(result: RunResult, flags: Arguments<'check'>['flags'], terminal: Terminal): void {
  const { environment, out, paint } = terminal;
  // A report on standard output has it for itself.
  if (flags.report.some(({ file }) => file === '-')) terminal.error(verdictLine(result));
  else if (flags.json) out(reportFormats.json.render(result).trimEnd());
  else if (flags.quiet) out(verdictLine(result));
  else out(terminalReport(result, paint).trimEnd());
  if (environment.GITHUB_ACTIONS === 'true' && !flags.json) for (const line of githubAnnotations(result)) out(line);
  const summary = environment.GITHUB_STEP_SUMMARY;
  if (summary) appendSummary(summary, reportFormats.markdown.render(result));
}

/** 0: kept, 1: broken, 2: could not run, or not to its end. */
function exitCode(result: RunResult, terminal: Terminal): number {
  if (result.verdict === 'broken') return 1;
  if (result.verdict === 'kept') return 0;
  terminal.error(`counterproof check: ${verdictLine(result)}`);
  return 2;
}
