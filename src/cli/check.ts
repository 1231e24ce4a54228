import {
  type Aspect,
  againstBaseline,
  createClient,
  createComparison,
  plannedCasesInSlices,
  type RunResult,
  run as runSuite,
  type Send,
} from '../contract/index.js';
import { githubAnnotations, renderReport } from '../report/index.js';
import { visible } from '../text/visible.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { learntFile } from './learnt-file.js';
import { keepHeapSmall } from './load.js';
import { loopbackPort } from './loopback-port.js';
import { createProgressBar } from './progress.js';
import { appendSummary, conclude, doAll, exitCode, ReportWriter } from './report-files.js';
import { problemLines } from './reporter-text.js';
import { Restarter } from './restart.js';
import { readRunResult } from './result-file.js';
import { endableAtOnce, interrupted } from './signals.js';
import { linesReader, read, readingOf, type Subject } from './subject.js';
import { openSuggestion, type Suggestion } from './suggestion.js';
import { credentialsFrom, type SuiteOptions, suiteOptions } from './suite-options.js';
import type { Terminal } from './terminal.js';

/** `counterproof check`: derives, sends, judges, reports. */
export async function run({ positionals, flags }: Arguments<'check'>, terminal: Terminal): Promise<number> {
  // 1. Read everything; what cannot be used ends the command here.
  const [document] = positionals;
  const source = { document, fixtures: flags.fixtures, ...readingOf(flags) };
  const subject = await read({ ...source, strict: flags.strict });
  const options = suiteOptions(subject, flags);
  keepHeapSmall();
  if (flags.list) {
    sayProblems(subject, terminal);
    return listCases(options, flags.json, terminal);
  }
  if (flags.target === undefined) throw usage('check', missingTarget(subject));
  const credentials = credentialsFrom(subject.operations, flags, terminal.environment);
  const baseline = flags.baseline === undefined ? null : readRunResult('check', flags.baseline);
  const writeLearnt = flags.learn === undefined ? null : await learntFile(flags.learn);
  const clientOptions = {
    insecure: flags.insecure,
    userAgent: `counterproof/${version}`,
    maxBodyBytes: flags['max-answer'],
  };
  const client = createClient(flags.target, clientOptions);
  const remover = createClient(client.target, clientOptions);
  await client.probe(options.timeout);
  const compared = flags.compare === undefined ? null : createClient(flags.compare, clientOptions);
  await compared?.probe(options.timeout);
  const stop = new AbortController();
  // Until something was sent there is nothing to clean up and nothing to say, and a signal may end this process at once.
  let isHeard = false;
  const hear = () => {
    if (isHeard) return;
    isHeard = true;
    interrupted().then((signal) => {
      bar.clear();
      if (!flags.quiet) terminal.error(`${signal}: what was found is put together; once more ends it at once`);
      stop.abort(`it was stopped by ${signal}`);
      client.close();
      compared?.close();
      void endableAtOnce();
    });
  };
  const send: Send = (request, sendOptions) => {
    hear();
    return client.send(request, sendOptions);
  };
  const comparison = compared && createComparison(send, compared.send);
  const restarter = flags.restart === undefined ? null : new Restarter(flags.restart, client);

  const suggestion =
    flags.suggest === undefined ? null : openSuggestion('check', flags.suggest, subject.operations, source);
  if (!flags.quiet) sayProblems(subject, terminal);
  suggestion?.evidence.noteServer(client.target.url);

  // 2. Send and judge. Until the end, the reports are files that say that they are partial.
  const reports = new ReportWriter('check', flags.report);
  const bar = createProgressBar(process.stderr, !flags.quiet && !flags.json);
  // A target that hangs gives no progress, and what was found before must be in the files all the same.
  let latest: (() => RunResult) | null = null;
  const clock = setInterval(() => latest !== null && reports.update(latest), 250);
  const settled = (result: RunResult) => (baseline === null ? result : againstBaseline(result, baseline));
  const found = await runSuite({
    ...options,
    send: suggestion === null ? send : observed(send, suggestion),
    ...(comparison && { aspects: comparedAspects(options), ...comparison }),
    removeWith: remover.send,
    target: client.target.url,
    allowDeletes: flags['allow-deletes'],
    // What is made at the target that is compared with nobody removes.
    allowWrites: (client.target.loopback && compared === null) || flags['allow-writes'],
    credentials,
    signal: stop.signal,
    version,
    ...(restarter && { restart: restarter.restart }),
    linesOf: linesReader(subject.document),
    onWait: (milliseconds, why) => bar.wait(milliseconds, why),
    onProgress(progress, snapshot) {
      latest = () => settled(snapshot());
      bar.show(progress);
      reports.update(latest);
    },
  });
  clearInterval(clock);
  client.close();
  compared?.close();
  remover.close();
  restarter?.end();
  bar.clear();
  const result = settled(found);

  // 3. Say what was found. Of much that takes a while, and files say already what was found by then.
  await endableAtOnce();
  await doAll(
    () => conclude(reports, result, flags, terminal),
    async () => writeLearnt && terminal.error(await writeLearnt(result)),
    () => suggestion?.finish(terminal),
    () => tellGithub(result, flags.json, terminal),
  );
  return exitCode(result);
}

/** What is wrong with the document is said by `lint`: here only so much of it that nobody misses it. */
const mostProblems = 5;

function sayProblems({ document }: Subject, { error }: Terminal): void {
  for (const line of problemLines(document, mostProblems)) error(line);
}

/** One line a case, or one JSON object a line, and nothing is sent. */
async function listCases(options: SuiteOptions, json: boolean, { out, error, paint }: Terminal): Promise<number> {
  const cuts = new Set<string>();
  const onCut = (tried: string) => cuts.add(tried);
  for await (const { id, operationId, aspect, expectation, title, request } of plannedCasesInSlices({
    ...options,
    onCut,
  })) {
    const { method, target } = request;
    if (json) out(JSON.stringify({ id, operationId, aspect, expectation, title, method, target }));
    else
      out(`${paint.dim(id)} ${aspect.padEnd(10)} ${method} ${visible(target, 120)}  ${paint.dim(visible(title, 300))}`);
  }
  const [first, ...others] = cuts;
  if (first !== undefined)
    error(
      `Not all that the document allows is tried: ${first}${others.length > 0 ? `; and ${others.length} more` : ''}`,
    );
  return 0;
}

/** What two targets are asked: a sequence is about things of one, and what is hostile may be answered anyhow. */
function comparedAspects({ aspects }: SuiteOptions): readonly Aspect[] {
  return aspects ?? ['accepted', 'rejected', 'security', 'method', 'media-type'];
}

/** Sends, and notes what came back whole. */
function observed(send: Send, { evidence }: Suggestion): Send {
  return async (request, options) => {
    const received = await send(request, options);
    const { status, headers, body, problems } = received;
    if (status !== null && problems.length === 0 && !received.isOpen) {
      evidence.note(request, { status, headers: Object.fromEntries(headers), body }, false);
    }
    return received;
  };
}

function missingTarget({ document }: Subject): string {
  const port = loopbackPort(document);
  return `needs --target URL, such as --target http://localhost:${port ?? 3000}`;
}

/** What a step of GitHub Actions shows besides its log. */
function tellGithub(result: RunResult, json: boolean, { environment, out }: Terminal): void {
  if (environment.GITHUB_ACTIONS === 'true' && !json) for (const line of githubAnnotations(result)) out(line);
  const summary = environment.GITHUB_STEP_SUMMARY;
  if (summary) appendSummary(summary, renderReport('markdown', result));
}
