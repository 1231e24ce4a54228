import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { build, createServer } from 'vite';
import { vi } from 'vitest';
import { createFetchHost } from '../../src/host/fetch/index.js';
import { serve } from '../../src/host/node/index.js';
import { answerInProcess } from '../../src/host/playwright/in-process.js';
import { readMock, type SubjectOptions } from '../../src/host/subject.js';
import counterproof from '../../src/host/vite/index.js';
import { serveElsewhere } from './elsewhere.js';
import handlers from './handlers.mjs';
import { type Came, send } from './send.js';
import { document, fixtures } from './subject.js';
import type { Wanted } from './table.js';

/** A host that runs, as a client sees it. */
export interface RunningHost {
  readonly send: (wanted: Wanted) => Promise<Came>;
  readonly close: () => Promise<unknown>;
}

const source = { document, fixtures, handlers };
const page = { '/': { type: 'text/html', text: '<!doctype html><title>Page</title>' } };

export async function startNode(): Promise<RunningHost> {
  const mock = await readMock(source);
  const server = await serve(() => mock);
  return { send: (wanted) => send({ base: server.url, wanted }), close: () => server.close(0) };
}

/** `send`, with the host's function in the place of `fetch`. */
export async function startFetch(): Promise<RunningHost> {
  const host = await createFetchHost(source);
  return {
    async send(wanted) {
      const before = globalThis.fetch;
      globalThis.fetch = async (input, init) => host.fetch(new Request(input, init));
      try {
        return await send({ base: 'http://anywhere.test', wanted });
      } finally {
        globalThis.fetch = before;
      }
    },
    close: async () => {},
  };
}

interface SetupServer {
  setupServer(...handlers: readonly unknown[]): { listen(options: object): void; close(): void };
}

/** The host, with handlers of the MSW that the server is of. */
async function hostFor(name: 'msw' | 'msw3'): Promise<typeof import('../../src/host/msw/index.js')> {
  if (name === 'msw') return import('../../src/host/msw/index.js');
  vi.doMock('msw', () => import('msw3'));
  // A query makes it another module, which finds another `msw`.
  const another = '../../src/host/msw/index.js?msw3';
  return import(another);
}

/** Its `send` takes an origin, where that is not the page's own. */
interface MswHost extends RunningHost {
  readonly send: (wanted: Wanted, base?: string) => Promise<Came>;
}

export async function startMsw(
  name: 'msw' | 'msw3',
  given: SubjectOptions = source,
  unhandled: 'bypass' | 'error' = 'bypass',
): Promise<MswHost> {
  const { setupServer } = (await import(`${name}/node`)) as SetupServer;
  const { createHandlers } = await hostFor(name);
  const { handlers } = await createHandlers(given);
  const elsewhere = await serveElsewhere();
  const server = setupServer(...handlers);
  // MSW 3 has another name for it.
  server.listen({ onUnhandledRequest: unhandled, onUnhandledFrame: unhandled });
  return {
    send: (wanted, base = elsewhere.url) => send({ base, wanted }),
    async close() {
      server.close();
      await elsewhere.close();
    },
  };
}

export async function startVite(): Promise<RunningHost> {
  const root = mkdtempSync(join(tmpdir(), 'counterproof-vite-'));
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'mpa',
    server: { port: 0, host: '127.0.0.1' },
    plugins: [counterproof(source)],
  });
  await server.listen();
  const [base = ''] = server.resolvedUrls?.local ?? [];
  return {
    send: (wanted) => send({ base: base.replace(/\/$/, ''), wanted }),
    async close() {
      await server.close();
      rmSync(root, { recursive: true });
    },
  };
}

export async function startPlaywright(browser: Browser): Promise<RunningHost> {
  const elsewhere = await serveElsewhere(page);
  const backend = answerInProcess(await readMock(source), { document });
  const context = await browser.newContext();
  await backend.attach(context);
  const tab = await context.newPage();
  await tab.goto(elsewhere.url);
  return {
    send: (wanted) => tab.evaluate(send, { base: elsewhere.url, wanted }),
    async close() {
      await context.close();
      await backend.end();
      await elsewhere.close();
    },
  };
}

/** The page of the worker: bundled from what is built, as a user's bundler would find it. */
export async function bundleForBrowsers(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-worker-'));
  const host = fileURLToPath(new URL('../../dist/host/msw/index.js', import.meta.url));
  const msw = fileURLToPath(import.meta.resolve('msw/browser'));
  writeFileSync(
    join(folder, 'main.js'),
    `import { createHandlers } from ${JSON.stringify(host)};
import { setupWorker } from ${JSON.stringify(msw)};
import functions from ${JSON.stringify(fileURLToPath(new URL('handlers.mjs', import.meta.url)))};
globalThis.startMocking = async (source) => {
  const { handlers } = await createHandlers({ ...source, handlers: functions });
  await setupWorker(...handlers).start({ quiet: true, onUnhandledRequest: 'bypass' });
};
`,
  );
  try {
    const made = await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        lib: { entry: 'main.js', formats: ['es'], fileName: 'main' },
        rollupOptions: { output: { codeSplitting: false } },
      },
    });
    const [first] = Array.isArray(made) ? made : [made];
    const chunks = first !== undefined && 'output' in first ? first.output : [];
    return chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function startWorker(browser: Browser, bundle: string): Promise<RunningHost> {
  const script = 'text/javascript';
  const worker = readFileSync(new URL('../../node_modules/msw/lib/mockServiceWorker.js', import.meta.url), 'utf8');
  const elsewhere = await serveElsewhere({
    '/': {
      type: 'text/html',
      text: '<!doctype html><title>Page</title><script type="module" src="/main.js"></script>',
    },
    '/main.js': { type: script, text: bundle },
    '/mockServiceWorker.js': { type: script, text: worker },
  });
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(elsewhere.url);
  await tab.waitForFunction(() => 'startMocking' in globalThis);
  await tab.evaluate(start, JSON.stringify({ document, fixtures }));
  return {
    send: (wanted) => tab.evaluate(send, { base: elsewhere.url, wanted }),
    async close() {
      await context.close();
      await elsewhere.close();
    },
  };
}

/** Runs in the page. */
async function start(source: string): Promise<void> {
  await (globalThis as unknown as { startMocking(given: unknown): Promise<void> }).startMocking(JSON.parse(source));
}
