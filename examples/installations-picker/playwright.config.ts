import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { CounterproofTestOptions } from 'counterproof/playwright';
import { defineConfig } from 'playwright/test';
import { findOrInstallBrowser, launchArguments, remedy } from '../../scripts/find-browser.mjs';

const executablePath = findOrInstallBrowser(console.error);
if (executablePath === null) {
  console.error(`The tests of the page need a Chromium. Install one with:\n  ${remedy}`);
  process.exit(1);
}

/** VITE_CONFIG is another configuration to build the page with, such as one that changes it. */
const { VITE_CONFIG = 'vite.config.ts' } = process.env;

/** In a project that has installed the package its name alone will do. */
const coverage = createRequire(import.meta.url).resolve('counterproof/playwright-reporter');

// Not bundled: from there the package does not find itself by its name.
const config = `--configLoader runner --config ${VITE_CONFIG}`;

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
  outputDir: '../../test-results/installations-picker',
  reporter: [['list'], [coverage]],
  webServer: {
    command: `vite build ${config} && vite preview ${config} --port 0`,
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    // Vite would print the port in bold.
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
    // What this group matches is in the environment of the workers.
    wait: { stdout: /localhost:(?<picker_port>\d+)/ },
  },
  use: {
    baseURL: `http://localhost:${process.env.PICKER_PORT ?? ''}`,
    counterproof: {
      document: '../../spec/openhands-installations.yaml',
      fixtures: '../../fixtures/openhands-installations.yaml',
    },
    launchOptions: { executablePath, args: launchArguments },
  },
});
