import type { CounterproofTestOptions } from 'counterproof/playwright';
import { defineConfig } from 'playwright/test';
import { launchOptions } from '../../browser.js';

/**
 * Run by tests/hosts-playwright.test.ts: some of these tests are meant to fail. One run has them all, whichever mock
 * they are of, since to start Playwright's processes takes longer than the tests do.
 */
export default defineConfig<CounterproofTestOptions>({
  testDir: '.',
  testMatch: '*.page.ts',
  tsconfig: './tsconfig.json',
  // What is built needs no transpiling; where the package is installed, Playwright knows.
  build: { external: ['**/dist/**'] },
  fullyParallel: true,
  workers: 2,
  timeout: 600_000,
  expect: { timeout: 300_000 },
  outputDir: process.env.OUTPUT_FOLDER ?? '../../../test-results',
  reporter: [
    ['json', { outputFile: process.env.REPORT_FILE }],
    ['../../../dist/node/playwright-reporter.js', { outputFile: process.env.COVERAGE_FILE }],
  ],
  use: {
    baseURL: 'http://page.test',
    launchOptions,
    counterproof: {
      document: '../../../spec/openhands-installations.yaml',
      fixtures: '../../../fixtures/openhands-installations.yaml',
    },
  },
});
