import { createRequire } from 'node:module';
import type * as playwrightTest from 'playwright/test';

/**
 * The test runner of the user: there may be only one in a process. `@playwright/test` is `playwright/test` by
 * another name, and either may be the one that can be reached from here, so the packages are asked in turn; by
 * `require`, since this module must be loadable by `require` too and so must not await.
 */
export const runner: typeof playwrightTest = load(['@playwright/test', 'playwright/test']);

function load(names: readonly string[]): typeof playwrightTest {
  const require = createRequire(import.meta.url);
  for (const name of names) {
    try {
      return require(name);
    } catch (error) {
      // Only its absence is passed over: a runner that is loaded twice says so, and that must be heard.
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error('counterproof/playwright needs Playwright Test. Install it with: npm install -D @playwright/test');
}
