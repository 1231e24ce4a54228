import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endAll, root, runProcess } from './command.js';
import { json, type Serving, serveImplementation } from './contract/implementation.js';
import { installations } from './contract/installations.js';

const servers: Serving[] = [];
afterEach(async () => {
  endAll();
  for (const server of servers.splice(0)) await server.close();
});

const playwright = [process.execPath, join(root, 'node_modules/playwright/cli.js')];
const project = (env: Record<string, string> = {}) =>
  runProcess(
    ['test', '--config', 'contract-tests/playwright.config.ts', '--output', join(root, 'test-results/vitest')],
    {
      program: playwright,
      env: { CI: '1', ...env },
    },
  );

test('the contract runs as a Playwright test project against a mock that it starts itself', async () => {
  const { code, out } = await project();
  expect(out).toMatch(/7 passed/);
  expect(out).toContain('GET /api/user/installations › rejected');
  expect(code).toBe(0);
});

test('it fails with the finding in words where TARGET_URL is broken', async () => {
  const server = await serveImplementation((asked) => {
    const reply = installations()(asked);
    return reply.status === 200 && asked.method === 'GET' ? json(200, [1]) : reply;
  });
  servers.push(server);
  const { code, out } = await project({ TARGET_URL: server.url });
  expect(code).toBe(1);
  expect(out).toContain('must be a string, not a number');
  expect(out).toMatch(/4 failed\n[\s\S]*3 passed/);
});
