import type { Plugin, ViteDevServer } from 'vite';
import type { ServedExchange } from '../node/index.js';

const id = 'virtual:counterproof';
const violation = 'counterproof:violation';
/** An app that would rather ask again than be reloaded listens to this: `import.meta.hot.on('counterproof:change', …)`. */
const change = 'counterproof:change';

/** Runs in the page: says in its console what the document does not allow, where whoever writes the page looks. */
const code = `if (import.meta.hot) import.meta.hot.on(${JSON.stringify(violation)}, ({ message }) => console.warn(message));\n`;

/** What the plugin has in the page. */
export const clientHooks: Pick<Plugin, 'resolveId' | 'load' | 'transformIndexHtml'> = {
  resolveId: (source) => (source === id ? id : undefined),
  load: (source) => (source === id ? code : undefined),
  transformIndexHtml(_html, { server }) {
    if (server === undefined) return [];
    const { base } = server.config;
    return [{ tag: 'script', attrs: { type: 'module', src: `${base}@id/${id}` }, injectTo: 'head-prepend' }];
  },
};

/** What is wrong with a request, in one line; null where nothing is. */
export function violationLine({ request, answer: { status, violations } }: ServedExchange): string | null {
  if (request === null || violations.length === 0) return null;
  const reasons = violations.map(
    ({ in: where, pointer, message }) => `${where}${pointer === '' ? '' : ` ${pointer.slice(1)}`}: ${message}`,
  );
  return `${request.method} ${request.target} ${status} · ${reasons.join('; ')}`;
}

export function sendViolation(server: ViteDevServer, line: string): void {
  server.ws.send(violation, { message: `counterproof: ${line}` });
}

/** Tells the pages that other answers come now. */
export function sendChange(server: ViteDevServer, reloads: boolean): void {
  server.ws.send(change, {});
  if (reloads) server.ws.send({ type: 'full-reload', path: '*' });
}

/** Says where the console is, below Vite's own addresses. */
export function printWith(server: Pick<ViteDevServer, 'printUrls' | 'config' | 'resolvedUrls'>, path: string): void {
  const print = server.printUrls.bind(server);
  server.printUrls = () => {
    print();
    const [origin] = server.resolvedUrls?.local ?? [];
    if (origin !== undefined) server.config.logger.info(`  ➜  Mock:    ${new URL(path, origin).href}`);
  };
}

/**
 * Calls back when a dev server ends: it closes its watcher then, also where it starts again with another one in its place, and where
 * it has no HTTP server of its own (`middlewareMode`). Before 8.3 Vite has no hook for that.
 */
export function onClose({ watcher }: Pick<ViteDevServer, 'watcher'>, done: () => void): void {
  const close = watcher.close.bind(watcher);
  watcher.close = () => {
    done();
    return close();
  };
}
