import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { browserPath, browserReason, launch } from './browser.js';
import { startBuilt, startBuiltInPage } from './hosts/built.js';
import {
  bundleForBrowsers,
  type RunningHost,
  startFetch,
  startMsw,
  startNode,
  startPlaywright,
  startVite,
  startWorker,
} from './hosts/hosts.js';
import type { Came } from './hosts/send.js';
import { behaviours, type Expected, type HostName } from './hosts/table.js';

let browser: Browser;
let bundle = '';
const withBrowser = browserPath !== null;

beforeAll(async () => {
  if (!withBrowser) return;
  [browser, bundle] = await Promise.all([launch(), bundleForBrowsers()]);
});

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsMsw3 = major > 22 || (major === 22 && minor >= 12);
const msw3Reason = runsMsw3 ? '' : ` (skipped: MSW 3 needs Node 22.12, this is ${process.versions.node})`;

interface Host {
  readonly name: HostName;
  readonly title: string;
  readonly runs: boolean;
  readonly start: () => Promise<RunningHost>;
}

const hosts: readonly Host[] = [
  { name: 'node', title: 'node:http over a socket', runs: true, start: startNode },
  { name: 'fetch', title: 'fetch', runs: true, start: startFetch },
  { name: 'msw', title: 'MSW 2 in Node', runs: true, start: () => startMsw('msw') },
  { name: 'msw3', title: `MSW 3 in Node${msw3Reason}`, runs: runsMsw3, start: () => startMsw('msw3') },
  { name: 'vite', title: "Vite's dev server", runs: true, start: startVite },
  {
    name: 'playwright',
    title: `Playwright's routing in Chromium${browserReason}`,
    runs: withBrowser,
    start: () => startPlaywright(browser),
  },
  {
    name: 'worker',
    title: `MSW's service worker in Chromium${browserReason}`,
    runs: withBrowser,
    start: () => startWorker(browser, bundle),
  },
  { name: 'built', title: 'a built file in a Node that makes no code from strings', runs: true, start: startBuilt },
  {
    name: 'page',
    title: `a built file in a page under default-src 'self'${browserReason}`,
    runs: withBrowser,
    start: () => startBuiltInPage(browser),
  },
];

const done = (status: number) => ({ responses: { [status]: { description: 'Done' } } });
/** A document whose root, path and operation each name another server. */
const servers = {
  openapi: '3.1.0',
  info: { title: 'Servers', version: '1' },
  servers: [{ url: 'https://{region}.api.test/v1', variables: { region: { default: 'eu' } } }],
  paths: {
    '/users': { get: done(200), post: { servers: [{ url: 'https://write.test' }], ...done(201) } },
    '/reports': { servers: [{ url: 'https://reports.test' }], get: done(200) },
  },
};

/** Bodies by behaviour, from the first host that has shown it: all others must give the same bytes. */
const bodies = new Map<string, readonly number[]>();

for (const { name, title, runs, start } of hosts) {
  describe.skipIf(!runs)(title, () => {
    let host: RunningHost;
    beforeAll(async () => {
      host = await start();
    });
    afterAll(() => host?.close());

    for (const behaviour of behaviours) {
      const reason = behaviour.not?.[name];
      const caption = reason === undefined ? behaviour.title : `${behaviour.title} (skipped: ${reason})`;
      test.skipIf(reason !== undefined)(caption, async () => {
        const outcome = behaviour.outcomes?.[name] ?? behaviour.outcome;
        for (const [at, expected] of [{ ...behaviour, outcome }, ...(behaviour.after ?? [])].entries()) {
          expectAnswer(await host.send(behaviour), expected, `${behaviour.title}, ${at + 1}`);
        }
      });
    }
  });
}

for (const { name, title, runs } of hosts) {
  if (name !== 'msw' && name !== 'msw3') continue;
  test.skipIf(!runs)(
    `${title}: onUnhandledRequest hears of what is not the document's, and of nothing else`,
    async () => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => {});
      const host = await startMsw(name, { document: servers }, 'error');
      const outcome = async (target: string, method = 'GET', base?: string) =>
        (await host.send({ target, method }, base)).outcome;
      try {
        expect(await outcome('/users', 'GET', 'https://us.api.test')).toBe(200);
        expect(await outcome('/v1/users', 'DELETE', 'https://us.api.test')).toBe(405);
        expect(await outcome('/users', 'POST', 'https://write.test')).toBe(201);
        expect(await outcome('/reports', 'GET', 'https://reports.test')).toBe(200);
        expect(said).not.toHaveBeenCalled();
        for (const [target, base] of [
          ['/users', 'https://api.elsewhere.test'],
          ['/other', 'https://us.api.test'],
          ['/other', undefined],
        ] as const) {
          expect(await outcome(target, 'GET', base)).toBe('network error');
          expect(said.mock.lastCall?.[0]).toContain(`GET ${base ?? ''}`);
          expect(said.mock.lastCall?.[0]).toContain('without a matching request handler');
        }
      } finally {
        await host.close();
        said.mockRestore();
      }
    },
  );
}

function expectAnswer(came: Came, { outcome, fields = {}, atLeast = 0, holds }: Expected, title: string) {
  if (outcome === 'not the mock') {
    expect(came.fields).not.toHaveProperty('counterproof');
    return;
  }
  expect(came.outcome).toBe(outcome);
  for (const [name, value] of Object.entries(fields)) expect(came.fields[name], name).toMatch(value);
  expect(came.milliseconds).toBeGreaterThanOrEqual(atLeast);
  const text = new TextDecoder().decode(new Uint8Array(came.bytes));
  if (holds === '') expect(text).toBe('');
  else if (holds !== undefined) expect(text).toContain(holds);
  const known = bodies.get(title);
  if (known === undefined) bodies.set(title, came.bytes);
  else expect(came.bytes).toEqual(known);
}

test.skipIf(!withBrowser)(`nothing of Node's gets into a browser's bundle${browserReason}`, () => {
  expect(bundle).not.toMatch(/from\s*['"]node:|import\(\s*['"]node:|__vite-browser-external/);
  console.info(`The mock for browsers, with MSW: ${Math.round(gzipSync(bundle).length / 1024)} KiB gzipped`);
});
