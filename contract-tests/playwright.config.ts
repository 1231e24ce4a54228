import { defineConfig } from 'playwright/test';

/** The contract suite as a Playwright test project. It needs no browser. */
export default defineConfig({
  testDir: '.',
  // The package as it is built, not its sources.
  tsconfig: './tsconfig.json',
  // What is built needs no transpiling; where the package is installed, Playwright knows.
  build: { external: ['**/dist/**'] },
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  outputDir: '../test-results',
  reporter: process.env.CI ? 'list' : [['list'], ['html', { open: 'never', outputFolder: '../playwright-report' }]],
});
