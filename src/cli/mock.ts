import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  createCallbacks,
  createConsole,
  faultProblem,
  Hub,
  importedFiles,
  keepState,
  lookThrough as lookThroughAside,
  type Mock,
  picturePath,
  type ServedExchange,
  type ServeOptions,
  serve,
  watchFiles,
} from '../index.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { certificateOf } from './certificate.js';
import { controlToken } from './control-token.js';
import { documentFiles } from './document-file.js';
import { keysOf } from './keys.js';
import { filesOf, keepHeapSmall, load, type Wish } from './load.js';
import { loopbackPort } from './loopback-port.js';
import { optimisingSoon } from './optimise-later.js';
import type { Reporter } from './reporter.js';
import { createJsonReporter } from './reporter-json.js';
import { createTextReporter } from './reporter-text.js';
import { interrupted } from './signals.js';
import { isShared, storeOf } from './state.js';
import { fixtureCandidates, fixtureFile, shortest } from './subject.js';
import type { Terminal } from './terminal.js';
import { withoutKeys } from './without-keys.js';
import { isWorker } from './worker-setup.js';

/** The port where the document names none. */
const usualPort = 4010;
/** So long after it has begun to listen all operations are looked through, in milliseconds. */
const untilLooking = 100;

type Flags = Arguments<'mock'>['flags'];

/** `counterproof mock`: serves until it is interrupted. */
export async function run(given: Arguments<'mock'>, terminal: Terminal): Promise<number> {
  const { flags, configuration } = given;
  let wish = wishOf(given);
  if (isWorker) {
    const again = async () => (configuration === undefined ? wish : wishOf(await configuration.again()));
    const { runWorker } = await import('./worker.js');
    return runWorker(wish, again, flags, serveOptionsOf(flags));
  }
  const reporter = flags.json ? createJsonReporter(terminal) : createTextReporter(terminal, flags.quiet);

  // 1. Read everything; what cannot be used ends the command here.
  for (const { fault } of flags.fault) {
    const problem = faultProblem(fault, null);
    if (problem !== null) throw usage('mock', problem);
  }
  const readSince = Date.now();
  let current = await load(wish);
  keepHeapSmall();

  // What is printed of it is worked out while nobody waits.
  void current.document.problems;
  await setImmediate();

  // 2. Listen.
  const isWatched = flags.watch ?? terminal.interactive;
  const token = controlToken(flags);
  const hub = flags.workers > 1 ? new Hub((exchange) => onExchange?.(exchange)) : null;
  const store = (await storeOf(flags)) ?? hub ?? undefined;
  const { control, mount } = createConsole({
    mock: () => current.mock,
    everywhere: flags.fault,
    hosts: flags.host === undefined ? [] : [flags.host],
    token: token.wanted,
    version,
    store,
    settle: hub === null ? undefined : () => hub.settle(),
    apiKey: flags['api-key'],
    caseFile: (document) => caseFileOf(document, wish, token.wanted !== undefined || !flags['open-control']),
    // A watcher reads it by itself.
    onSaved: async (file) => (isWatched ? undefined : reload(new Set([file]))),
  });
  hub?.follow(control.sessions);
  control.sessions.onLost = reporter.lost;
  const say = (exchange: ServedExchange) => reporter.exchange(withoutKeys(exchange, current.document));
  const tell = listeners(flags.console && control.record, !flags.quiet && say);
  const onExchange = listeners(
    tell ?? false,
    callbacksOf(flags, tell, reporter, () => current.mock),
  );
  const file = isShared(flags.state) ? false : flags.state;
  const kept = file ? await keepState(control, file, reporter.unwritten) : null;
  const options: ServeOptions = {
    ...serveOptionsOf(flags),
    port: flags.port ?? (flags.compat === undefined ? loopbackPort(current.document) : null) ?? usualPort,
    ...(flags.console && { mount }),
    ask: optimisingSoon(store === undefined ? control.ask : control.askShared),
    onExchange,
  };
  const { replaced } = reporter;
  const workers =
    hub === null ? null : await (await import('./workers.js')).startWorkers(hub, flags.workers, options, replaced);
  const server = workers ?? (await serve(() => current.mock, options));
  const page = flags.console ? `${server.url}${mount.path}/` : null;
  reporter.listening(server, current, page === null ? null : { url: page, madeToken: token.made }, {
    isWatched,
    configuration: wish.configuration,
  });
  const keys = keysOf(flags, page, control, terminal);

  // Scripts wait for this line.
  if (flags.compat === 'prism') terminal.out(`[CLI] ▶  start     Prism is listening on ${server.url}`);

  // 3. Look through all operations while requests are already answered.
  let looking = lookThrough(current.mock);

  // 4. Follow the files.
  const watcher = isWatched ? watchFiles(filesOf(wish, current), reload, readSince) : null;

  async function reload(changed: ReadonlySet<string>): Promise<void> {
    const since = Date.now();
    try {
      if (configuration !== undefined && importedFiles(configuration.file).some((file) => changed.has(file))) {
        const read = await configuration.again();
        wish = wishOf(read);
        const later = boundFlags.filter((name) => JSON.stringify(read.flags[name]) !== JSON.stringify(flags[name]));
        if (later.length > 0) reporter.unfollowed(later, shortest(configuration.file));
      }
      current = await load(wish, current);
      reporter.reloaded(current, [...changed].map(shortest));
      control.documentChanged();
      workers?.reload();
      looking.abort();
      looking = lookThrough(current.mock);
      watcher?.follow(filesOf(wish, current), since);
    } catch (error) {
      reporter.broken(error);
      watcher?.follow(filesOf(wish, current, true), since);
    }
  }

  function lookThrough(mock: Mock): AbortController {
    const controller = new AbortController();
    const report = async () => {
      // Connections that wait are accepted before.
      await setImmediate();
      await mock.prepareInSlices(controller);
      // Whoever waited for it to listen asks at once, and first.
      await setTimeout(untilLooking, undefined, { ref: false });
      await lookThroughAside(mock.operations, reporter.problem, controller);
      if (!controller.signal.aborted) reporter.looked();
    };
    report().catch(reporter.broken);
    return controller;
  }

  // 5. End in order.
  const signal = await Promise.race([interrupted(), keys.quit]);
  keys.close();
  reporter.stopping(signal);
  watcher?.close();
  looking.abort();
  await server.close();
  await kept?.close();
  await store?.close();
  return 0;
}

/** Flags that count from the start of a mock to its end. */
const boundFlags = [
  'port',
  'host',
  'api-key',
  'fault',
  'console',
  'control-token',
  'open-control',
  'state',
  'workers',
  'allow-callbacks',
  'max-body',
  'max-header',
  'request-timeout',
  'stream-interval',
  'stream-endless',
  'watch',
] as const satisfies readonly (keyof Flags)[];

function wishOf({ positionals: named, flags, configuration }: Arguments<'mock'>): Wish {
  // What is found once stays the document, whatever appears beside it.
  const { files, isBuiltIn } = documentFiles(named);
  return {
    document: isBuiltIn ? undefined : files,
    configuration: configuration && shortest(configuration.file),
    prefixes: flags.prefix,
    fixtures: flags.fixtures,
    handlers: flags.handlers,
    seed: flags.seed,
    apiKey: flags['api-key'],
    bodyLimits: {
      ...(flags['max-depth'] !== undefined && { depth: flags['max-depth'] }),
      ...(flags['max-members'] !== undefined && { members: flags['max-members'] }),
      ...(flags['max-parts'] !== undefined && { parts: flags['max-parts'] }),
    },
    cors: flags.cors,
    errors: flags.errors,
    dynamic: flags.dynamic,
    ignoreExamples: flags['ignore-examples'],
    compat: flags.compat,
    replay: flags.replay,
    locale: flags.locale,
    now: flags.now,
    optional: flags.optional,
    picturePath: flags.console ? picturePath : undefined,
    streamItems: flags['stream-items'],
    rows: flags.rows,
    unknownIds: flags['unknown-ids'],
    state: flags.state !== false,
    allowRemote: flags['allow-remote'],
    overlays: flags.overlay,
    root: flags.root,
    maxDocument: flags['max-document'],
  };
}

/** Where the console saves cases of a document: not in the package, and not for anybody who comes by. */
function caseFileOf(
  name: string | undefined,
  { document, fixtures, compat, replay }: Wish,
  isProtected: boolean,
): { file: string } | { reason: string } {
  if (!isProtected) return { reason: 'Anybody can reach this mock: start it without --open-control' };
  if (compat !== undefined || replay !== undefined)
    return { reason: 'With --compat and --replay no fixtures are read' };
  const named = [document ?? []].flat();
  const own = named.find((each) => shortest(each) === name) ?? named[0];
  if (own === undefined) return { reason: 'The document is the built-in one, whose fixtures come with the package' };
  if (fixtures === 'none') return { reason: 'The mock was started with --fixtures none' };
  const file = fixtureFile(own, fixtures) ?? fixtureCandidates(own)[0];
  return file === undefined || URL.canParse(own)
    ? { reason: 'The document is no file that fixtures could stand beside: name a file with --fixtures' }
    : { file };
}

/** How it is listened, wherever that is. */
function serveOptionsOf(flags: Flags): ServeOptions {
  return {
    ...(flags.host !== undefined && { host: flags.host }),
    ...certificateOf('mock', flags),
    ...(flags['max-body'] !== undefined && { bodyLimit: flags['max-body'] }),
    ...(flags['max-header'] !== undefined && { headLimit: flags['max-header'] }),
    ...(flags['request-timeout'] !== undefined && { requestTimeout: flags['request-timeout'] }),
    stream: {
      endless: flags['stream-endless'],
      ...(flags['stream-interval'] !== undefined && { interval: flags['stream-interval'] }),
    },
  };
}

/** Sends callbacks to the hosts that are named for them. */
function callbacksOf(
  flags: Flags,
  tell: Listener | undefined,
  { unsent }: Reporter,
  mock: () => Mock,
): Listener | false {
  const hosts = flags['allow-callbacks'];
  // Where none is named, what would be needed is said all the same, to whoever reads the log.
  if (hosts.length === 0 && flags.quiet) return false;
  const send = createCallbacks({ hosts, onSent: (exchange) => tell?.(exchange), onRefused: unsent });
  return (exchange) => send(exchange, mock());
}

type Listener = (exchange: ServedExchange) => void;

/** One listener that tells those that there are; undefined where there is none. */
function listeners(first: Listener | false, second: Listener | false): Listener | undefined {
  if (!first || !second) return first || second || undefined;
  return (exchange) => {
    first(exchange);
    second(exchange);
  };
}
