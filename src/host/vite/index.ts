import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, relative, resolve } from 'node:path';
import type { Logger, Plugin, PreviewServer, ViteDevServer } from 'vite';
import { isText } from '../../document/index.js';
import { CounterproofError } from '../../errors.js';
import { fixtureNames } from '../../fixture/index.js';
import type { Mock } from '../../mock/index.js';
import { version } from '../../version.js';
import { hasPath, isOfPage } from '../belongs.js';
import { createHandler } from '../node/handler.js';
import { consolePath, createConsole, type ServedExchange } from '../node/index.js';
import { isFileName, overlaysIn, problemNotice, readMock, type SubjectOptions } from '../subject.js';

/** Paths are relative to Vite's root. */
export interface VitePluginOptions extends Omit<SubjectOptions, 'name'> {
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
export default function counterproof(options: VitePluginOptions): Plugin {
  return {
    name: 'counterproof',
    apply: 'serve',
    async configureServer(server) {
      const mounted = await mount(server, options);
      const follower = followFiles(server.watcher, mounted.files(), async () => mounted.reload(follower.follow));
      server.httpServer?.once('close', () => follower.close());
    },
    async configurePreviewServer(server) {
      await mount(server, options);
    },
  };
}

interface Mounted {
  readonly files: () => readonly string[];
  /** Reads everything again; what cannot be used is said, and the last good mock stays. */
  reload(follow: (files: readonly string[]) => void): Promise<void>;
}

async function mount(server: ViteDevServer | PreviewServer, options: VitePluginOptions): Promise<Mounted> {
  const { root, logger } = server.config;
  const source = sourceIn(root, options);
  let mock = await readMock(source).catch((error: unknown) => {
    // Vite prints the stack, which leads to nothing that its user has written.
    if (error instanceof CounterproofError) error.stack = `counterproof: ${error.message}`;
    throw error;
  });
  sayProblems(logger, mock);
  const { everywhere, token, console: hasConsole = true } = options;
  const { control, mount: console } = createConsole({
    mock: () => mock,
    version,
    ...(everywhere !== undefined && { everywhere }),
    ...(token !== undefined && { token }),
  });
  const warn = logViolations(logger);
  const handle = createHandler(() => mock, {
    ...(hasConsole && { mount: console }),
    ask: control.ask,
    onExchange(exchange) {
      control.record(exchange);
      warn(exchange);
    },
  });
  server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: Next) => {
    if (isForMock(request, mock) || (hasConsole && isForConsole(request))) handle(request, response);
    else next();
  });
  server.httpServer?.once('close', () => console.close());
  return {
    files: () => filesOf(mock),
    async reload(follow) {
      try {
        mock = await readMock(source);
        control.documentChanged();
        logger.info(`${mock.operations.document.name} was read again`, { timestamp: true });
        sayProblems(logger, mock);
      } catch (error) {
        sayBroken(logger, error);
      }
      follow(filesOf(mock));
    },
  };

  function filesOf({ operations }: Mock): readonly string[] {
    const { document, fixtures } = source;
    const beside = isFileName(document) ? fixtureNames(document).map((name) => resolve(dirname(document), name)) : [];
    const named = fixtures === undefined ? beside : isText(fixtures) ? [] : [fixtures];
    const files = [...(isFileName(document) ? [document] : []), ...named, ...(operations.document.files ?? [])];
    return [...new Set(files)];
  }
}

/** The console's own page is a page, and still not Vite's. */
function isForConsole({ url = '/' }: IncomingMessage): boolean {
  return url.split(/[/?]/, 2)[1] === consolePath.slice(1);
}

function isForMock({ url = '/', method, headers }: IncomingMessage, { operations }: Mock): boolean {
  if (isOfPage(headers['sec-fetch-dest'] as string | undefined)) return false;
  return URL.canParse(url, 'http://localhost') && hasPath(operations, new URL(url, 'http://localhost'), method);
}

function sourceIn(root: string, { document, fixtures, overlays, ...rest }: VitePluginOptions) {
  const { everywhere: _everywhere, console: _console, token: _token, ...source } = rest;
  return {
    ...source,
    document: isFileName(document) ? resolve(root, document) : document,
    ...(isFileName(document) && { name: relative(root, resolve(root, document)) }),
    ...(fixtures !== undefined && { fixtures: placed(root, fixtures) }),
    ...(overlays !== undefined && { overlays: overlaysIn((file) => resolve(root, file), overlays) }),
  };
}

const placed = (root: string, fixtures: string): string =>
  isText(fixtures) || fixtures === 'none' ? fixtures : resolve(root, fixtures);

function sayProblems(logger: Logger, mock: Mock): void {
  const notice = problemNotice(mock);
  if (notice !== null) logger.warn(notice);
}

function sayBroken(logger: Logger, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  logger.error(`The last good document stays:\n${reason}`, { timestamp: true });
}

/** Says of each request that the document does not allow what is wrong with it. */
function logViolations(logger: Logger): (exchange: ServedExchange) => void {
  return ({ request, answer: { status, violations } }) => {
    if (request === null || violations.length === 0) return;
    const reasons = violations.map(
      ({ in: where, pointer, message }) => `${where}${pointer === '' ? '' : ` ${pointer.slice(1)}`}: ${message}`,
    );
    logger.warn(`${request.method} ${request.target} ${status} · ${reasons.join('; ')}`, { timestamp: true });
  };
}

/** An editor may write a file in several steps: it is read when nothing has moved for this long, in milliseconds. */
const rest = 50;

/** Calls back when one of the files changes, appears or goes. While one call runs the next one waits. */
function followFiles(
  watcher: ViteDevServer['watcher'],
  files: readonly string[],
  changed: () => Promise<void>,
): { follow: (files: readonly string[]) => void; close: () => void } {
  let followed: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  function touched(_event: string, file: string): void {
    if (!followed.has(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, rest);
  }

  function follow(next: readonly string[]): void {
    followed = new Set(next);
    // Those outside of Vite's root are not watched yet.
    watcher.add([...next]);
  }

  watcher.on('all', touched);
  follow(files);
  return {
    follow,
    close() {
      clearTimeout(timer);
      watcher.off('all', touched);
    },
  };
}
