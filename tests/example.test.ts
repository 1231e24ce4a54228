import { afterEach, expect, test } from 'vitest';
import { browserPath, browserReason } from './browser.js';
import { endAll, root, start } from './command.js';

afterEach(endAll);

/** Beside the results of the page as it should be. */
const output = '--output=test-results/installations-picker-changed';
const suite = ['node_modules/playwright/cli.js', 'test', '--config=examples/installations-picker/playwright.config.ts'];
/** It shows what it is told to: the request alone makes it fail, and nothing that it waits for in vain. */
const only = '--grep=shows what the server found wrong';

test.skipIf(browserPath === null)(
  `the tests of a page that sends provider=GITHUB fail, and say so${browserReason}`,
  async () => {
    const { code, out } = await start([only, output], {
      cwd: root,
      env: { VITE_CONFIG: 'tests/changed/vite.config.ts', CI: '1', NO_COLOR: '1' },
      program: [process.execPath, ...suite],
    }).end();

    expect(out).toContain('The page sent a request that the document does not allow');
    expect(out).toMatch(/GET http:\/\/localhost:\d+\/api\/user\/installations\?provider=GITHUB/);
    expect(out).toContain("must be 'github', 'gitlab', 'bitbucket' or 'enterprise_sso'");
    expect(code).toBe(1);
  },
);
