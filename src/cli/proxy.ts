import { createConsole, picturePath, prismDialect, type ServedExchange, serve } from '../index.js';
import { createProxy, parseUpstream, proxyOfEnvironment } from '../proxy/index.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { certificateOf } from './certificate.js';
import { controlToken } from './control-token.js';
import { keysOf } from './keys.js';
import { load } from './load.js';
import { openRecord } from './record-file.js';
import { conclude, doAll, exitCode, ReportWriter } from './report-files.js';
import { createJsonReporter } from './reporter-json.js';
import { createTextReporter } from './reporter-text.js';
import { interrupted } from './signals.js';
import { linesReader, shortest } from './subject.js';
import { openSuggestion } from './suggestion.js';
import type { Terminal } from './terminal.js';
import { withoutKeys } from './without-keys.js';

/** The port where none is named. */
const usualPort = 4010;

/** `counterproof proxy`: passes on and judges until it is interrupted; then says what was found. */
export async function run(
  { positionals, flags, configuration }: Arguments<'proxy'>,
  terminal: Terminal,
): Promise<number> {
  const reporter = flags.json ? createJsonReporter(terminal) : createTextReporter(terminal, flags.quiet);
  const [document, upstream] = positionals;
  if (document === undefined || upstream === undefined) {
    throw usage('proxy', 'needs a document and an upstream, such as openapi.yaml http://localhost:3000');
  }

  parseUpstream(upstream);

  // 1. Read everything; what cannot be used ends the command here.
  const certificate = certificateOf('proxy', flags);
  const loaded = await load({
    document,
    fixtures: flags.fixtures,
    handlers: flags.handlers,
    seed: flags.seed,
    apiKey: undefined,
    cors: flags.cors,
    errors: flags.errors && flags.compat === 'prism',
    compat: flags.compat,
    picturePath: flags.console ? picturePath : undefined,
    streamItems: undefined,
    rows: flags.rows,
    unknownIds: 'made',
    state: true,
    allowRemote: flags['allow-remote'],
    overlays: flags.overlay,
    root: flags.root,
    maxDocument: flags['max-document'],
  });
  const { mock } = loaded;
  const token = controlToken(flags);
  const { control, mount } = createConsole({
    mock: () => mock,
    hosts: flags.host === undefined ? [] : [flags.host],
    token: token.wanted,
    version,
  });
  control.sessions.onLost = reporter.lost;
  const tell = (exchange: ServedExchange) => {
    if (flags.console) control.record(exchange);
    if (!flags.quiet) reporter.exchange(withoutKeys(exchange, loaded.document));
  };
  const record = flags.record === undefined ? null : await openRecord(flags.record, mock.operations);
  const suggestion =
    flags.suggest === undefined
      ? null
      : openSuggestion('proxy', flags.suggest, mock.operations, {
          document,
          allowRemote: flags['allow-remote'],
          overlays: flags.overlay,
          root: flags.root,
          maxDocument: flags['max-document'],
        });
  const upstreamProxy = flags['upstream-proxy'] ?? proxyOfEnvironment(upstream, terminal.environment);
  const proxy = createProxy({
    upstream,
    ...(upstreamProxy !== undefined && { upstreamProxy }),
    operations: mock.operations,
    version,
    linesOf: linesReader(loaded.document),
    check: flags.check,
    only: flags.only,
    except: flags.except,
    errors: flags.errors,
    validateRequest: flags['validate-request'],
    mockMissing: flags['mock-missing'],
    ...(flags.compat === 'prism' && { dialect: prismDialect(mock.operations, flags['validate-request']) }),
    forwarded: flags.forwarded,
    insecure: flags.insecure,
    ...(flags.timeout !== undefined && { timeout: flags.timeout }),
    onExchange(exchange) {
      tell(exchange);
      record?.add(exchange);
      const { request, read: asked, answer } = exchange;
      const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
      if (asked.isWhole) suggestion?.evidence.note(request, { ...answer, body }, true);
    },
  });

  suggestion?.evidence.noteServer(proxy.target);

  // 2. Pass on and judge. Until the end, the reports are files that say that they are partial.
  const reports = new ReportWriter('proxy', flags.report);
  const server = await serve(() => mock, {
    port: flags.port ?? usualPort,
    ...(flags.host !== undefined && { host: flags.host }),
    ...certificate,
    ...(flags.console && { mount }),
    ...(flags['max-header'] !== undefined && { headLimit: flags['max-header'] }),
    forward: proxy.forward,
    ask: control.ask,
    onExchange: tell,
  });
  const page = flags.console ? `${server.url}${mount.path}/` : null;
  const console = page === null ? null : { url: page, madeToken: token.made };
  reporter.listening(server, loaded, console, {
    upstream: proxy.target,
    configuration: configuration && shortest(configuration.file),
  });
  const keys = keysOf(flags, page, control, terminal);
  // Scripts wait for this line.
  if (flags.compat === 'prism') terminal.out(`[CLI] ▶  start     Prism is listening on ${server.url}`);
  const clock = setInterval(() => reports.update(proxy.result), 1000);

  // 3. Say what was found.
  const signal = await Promise.race([interrupted(), keys.quit]);
  keys.close();
  reporter.stopping(signal);
  clearInterval(clock);
  await server.close();
  proxy.forward.close();
  const isRecorded = (await record?.close(terminal)) ?? true;
  const result = proxy.result();
  await doAll(
    () => suggestion?.finish(terminal),
    () => conclude(reports, result, flags, terminal),
  );
  return isRecorded ? exitCode(result) : 2;
}
