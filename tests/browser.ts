import { type Browser, chromium } from 'playwright';
import { findBrowser, launchArguments, remedy } from '../scripts/find-browser.mjs';

/** The Chromium of this machine, or null. */
export const browserPath: string | null = findBrowser();

/** Ends the title of a test that needs a browser, where it is skipped. */
export const browserReason = browserPath === null ? ` (skipped: there is no Chromium here; ${remedy})` : '';

/** What Playwright's configuration needs to start it. */
export const launchOptions = { ...(browserPath !== null && { executablePath: browserPath }), args: launchArguments };

let launched: Promise<Browser> | undefined;

/** One for all test files that a worker runs: it ends with that, and contexts keep tests apart. */
export function launch(): Promise<Browser> {
  launched ??= chromium.launch(launchOptions);
  return launched;
}
