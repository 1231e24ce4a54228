import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join, relative, resolve } from 'node:path';
import type { Logger, Plugin, PreviewServer, ViteDevServer } from 'vite';
import { isText } from '../../document/index.js';
import { CounterproofError } from '../../errors.js';
import { fixtureNames } from '../../fixture/index.js';
import type { Mock } from '../../mock/index.js';
import { version } from '../../version.js';
import { isOfPage } from '../belongs.js';
import { handlerFiles } from '../handlers.js';
import { createHandler } from '../node/handler.js';
import { consolePath, createConsole, type ServedExchange } from '../node/index.js';
import { Scope, type ScopeOptions } from '../scope.js';
import {
  configured,
  documentsOf,
  isFileName,
  type MockSource,
  noticesOf,
  placedIn,
  readMock,
  type SubjectDocument,
  type SubjectOptions,
} from '../subject.js';
import { type Watcher, watchFiles } from '../watch.js';
import { clientHooks, onClose, printWith, sendChange, sendViolation, violationLine } from './client.js';
import { forwardTo } from './forward.js';

/** Paths are relative to Vite's root. */
export interface VitePluginOptions extends Omit<SubjectOptions, 'name'>, ScopeOptions {
  /**
   * The real server, `http://localhost:8080`, for the operations that the mock does not answer (`only`, `except`); without these for all,
   * and the mock answers what that server does not have. What it answers is held against the document.
   */
  readonly proxy?: string;
  /** Whether pages are reloaded when document or fixtures have changed (true). They are told `counterproof:change` in any case. */
  readonly reload?: boolean;
  /** Whether the console is served, under `/__counterproof/` (true). */
  readonly console?: boolean;
  /** What a client of the console's API has to know. */
  readonly token?: string;
}

type Next = (error?: unknown) => void;

/**
 * A plugin for Vite: its dev server and its preview answer the paths of a document, and serve the console. What
 * a browser loads to show a page goes to Vite, as does every other path. Document and fixtures are followed.
 */
export default function counterproof(options: VitePluginOptions = {}): Plugin {
  return {
    name: 'counterproof',
    apply: 'serve',
    ...clientHooks,
    async configureServer(server) {
      const readSince = Date.now();
      const mounted = await mount(server, options, (line) => sendViolation(server, line)).catch(refused);
      const changed = async () => {
        if (await mounted.reload(watcher.follow)) sendChange(server, options.reload ?? true);
      };
      // Vite's own watcher misses what is written before it has first looked at a file, and does not say when that was.
      const watcher = watchFiles(mounted.files(), changed, readSince);
      onClose(server, () => {
        watcher.close();
        mounted.close();
      });
    },
    async configurePreviewServer(server) {
      const mounted = await mount(server, options).catch(refused);
      server.httpServer.once('close', mounted.close);
    },
  };
}

interface Mounted {
  readonly files: () => readonly string[];
  /** Reads everything again; what cannot be used is said, and the last good mock stays. */
  reload(follow: Watcher['follow']): Promise<boolean>;
  /** Ends what the console's pages listen to. */
  close(): void;
}

/** @param tell is told of each request that the document does not allow */
async function mount(
  server: ViteDevServer | PreviewServer,
  options: VitePluginOptions,
  tell: (line: string) => void = () => {},
): Promise<Mounted> {
  const { root, logger } = server.config;
  let { source, file: configuration } = await sourceIn(root, options);
  let mock = await readMock(source);
  sayProblems(logger, mock);
  const { everywhere, token, console: hasConsole = true } = options;
  let scope = scopeOf(mock, options);
  const { control, mount: console } = createConsole({
    mock: () => mock,
    version,
    ...(everywhere !== undefined && { everywhere }),
    ...(token !== undefined && { token }),
    apiKey: options.apiKey,
    caseFile: (document) => caseFileOf(source, document),
  });
  const onExchange = (exchange: ServedExchange) => {
    control.record(exchange);
    const line = violationLine(exchange);
    if (line === null) return;
    logger.warn(line, { timestamp: true });
    tell(line);
  };
  const makeHandle = () => {
    const forward = options.proxy && forwardTo(options.proxy, mock, options, onExchange);
    return createHandler(() => mock, {
      ...(hasConsole && { mount: console }),
      ...(forward && { forward }),
      ask: control.ask,
      onExchange,
    });
  };
  let handle = makeHandle();
  server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: Next) => {
    if (hasConsole && isForConsole(request)) return handle(request, response);
    if (isOfPage(request.headers['sec-fetch-dest'] as string | undefined)) return next();
    const target = scope.targetOf(request.method ?? 'GET', request.url ?? '/');
    if (target === undefined) return next();
    request.url = target;
    return handle(request, response);
  });
  if (hasConsole) printWith(server, `${consolePath}/`);
  return {
    files: () => filesOf(mock),
    close: () => console.close(),
    async reload(follow) {
      const since = Date.now();
      try {
        const asked = await sourceIn(root, options);
        const read = await readMock(asked.source, mock);
        ({ source, file: configuration } = asked);
        scope = scopeOf(read, options);
        mock = read;
        handle = makeHandle();
        control.documentChanged();
        logger.info(`${mock.operations.document.name} was read again`, { timestamp: true });
        sayProblems(logger, mock);
        follow(filesOf(mock), since);
        return true;
      } catch (error) {
        sayBroken(logger, error);
        follow(filesOf(mock), since);
        return false;
      }
    },
  };

  function filesOf({ operations }: Mock): readonly string[] {
    const beside = documentsOf(source).flatMap(({ document, fixtures, handlers, overlays = [] }) => {
      const isFile = isFileName(document);
      return [
        ...(isFile ? [document] : []),
        ...(fixtures === undefined && isFile
          ? fixtureNames(document).map((name) => resolve(dirname(document), name))
          : []),
        ...[fixtures, ...overlays].filter(isFileText),
        ...filesOfHandlers(handlers ?? (isFile ? join(dirname(document), 'handlers') : 'none')),
      ];
    });
    const forAll = [...[source.fixtures].filter(isFileText), ...filesOfHandlers(source.handlers)];
    const named = [...beside, ...forAll];
    const said = configuration === null ? [] : [configuration];
    return [...new Set([...said, ...named, ...(operations.document.files ?? [])])];
  }
}

const isFileText = (given: unknown): given is string => typeof given === 'string' && given !== 'none' && !isText(given);

const filesOfHandlers = (given: unknown): readonly string[] => (isFileText(given) ? handlerFiles(given) : []);

/** The console's own page is a page, and still not Vite's. */
function isForConsole({ url = '/' }: IncomingMessage): boolean {
  return url.split(/[/?]/, 2)[1] === consolePath.slice(1);
}

/** With a real server behind, all that the document has comes here: the proxy knows what is the mock's. */
function scopeOf({ operations }: Mock, { only, except, prefix, proxy }: VitePluginOptions): Scope {
  const part = { ...(only !== undefined && { only }), ...(except !== undefined && { except }) };
  return new Scope(operations, { ...(proxy === undefined && part), ...(prefix !== undefined && { prefix }) });
}

/** Where the console saves cases of a document, which is one of several where it is named. */
function caseFileOf(source: MockSource, name?: string): { file: string } | { reason: string } {
  const documents = documentsOf(source);
  const { document, fixtures } = documents.find((each) => each.name === name) ?? (documents[0] as SubjectDocument);
  const given = documents.length > 1 ? (source.fixtures ?? fixtures) : fixtures;
  if (given === 'none' || (given !== undefined && isText(given)))
    return { reason: 'The plugin was not given a fixture file' };
  const beside = isFileName(document) ? fixtureNames(document).map((each) => resolve(dirname(document), each)) : [];
  const file = given ?? beside.find((each) => existsSync(each)) ?? beside[0];
  return file === undefined ? { reason: 'The document is no file that fixtures could stand beside' } : { file };
}

async function sourceIn(root: string, options: VitePluginOptions) {
  const { everywhere: _everywhere, console: _console, token: _token, ...given } = options;
  const { source, file } = await configured(given, root);
  const placed = placedIn(
    source,
    (name) => resolve(root, name),
    (path) => relative(root, path),
  );
  return { source: placed, file };
}

/** Vite prints the stack, which leads to nothing that its user has written. */
function refused(error: unknown): never {
  if (error instanceof CounterproofError) error.stack = `counterproof: ${error.message}`;
  throw error;
}

function sayProblems(logger: Logger, mock: Mock): void {
  for (const notice of noticesOf(mock)) logger.warn(notice);
}

function sayBroken(logger: Logger, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  logger.error(`The last good document stays:\n${reason}`, { timestamp: true });
}
