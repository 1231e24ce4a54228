import { fileURLToPath } from 'node:url';
import type { CounterproofTestOptions } from 'counterproof/playwright';
import { defineConfig } from 'playwright/test';
import { findOrInstallBrowser, launchArguments, remedy } from '../../scripts/find-browser.mjs';

const executablePath = findOrInstallBrowser(console.error);
if (executablePath === null) {
  console.error(`The tests of the page need a Chromium. Install one with:\n  ${remedy}`);
  process.exit(1);
}

export default defineConfig<CounterproofTestOptions>({
  testDir: 'tests',
  // The package as it is built, not its sources.
  tsconfig: 'tests/tsconfig.json',
  // What is built needs no transpiling; where the package is installed, Playwright knows.
  build: { external: ['**/dist/**'] },
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Only what hangs takes so long: on a machine that is busy with other things a test is slow, and not wrong.
  timeout: 600_000,
  expect: { timeout: 300_000 },
  outputDir: '../../test-results/club-members',
  webServer: {
    // Not bundled: from there the package does not find itself by its name.
    command: 'vite build --configLoader runner && vite preview --configLoader runner --port 0',
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    // Vite would print the port in bold.
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
    // What this group matches is in the environment of the workers.
    wait: { stdout: /localhost:(?<members_port>\d+)/ },
  },
  use: {
    baseURL: `http://localhost:${process.env.MEMBERS_PORT ?? ''}`,
    counterproof: { document: 'openapi.yaml' },
    launchOptions: { executablePath, args: launchArguments },
  },
});
