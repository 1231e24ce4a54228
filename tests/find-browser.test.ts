import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { findBrowser, remedy } from '../scripts/find-browser.mjs';
import { browserPath, browserReason } from './browser.js';
import { root } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-browser-'));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the one that is named is taken before all others', () => {
  const file = join(folder, 'named');
  writeFileSync(file, '');
  vi.stubEnv('CHROMIUM_PATH', file);
  expect(findBrowser()).not.toBe(file);
  chmodSync(file, 0o755);
  expect(findBrowser()).toBe(file);
});

test('where Playwright has none of its own, the one on the PATH is found', () => {
  const file = join(folder, 'google-chrome');
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  vi.stubEnv('CHROMIUM_PATH', undefined);
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', join(folder, 'none'));
  vi.stubEnv('PATH', [join(folder, 'no-folder'), folder].join(delimiter));
  // Playwright's own comes first, where it is there.
  expect([chromium.executablePath(), file]).toContain(findBrowser());
});

test('what the remedy installs is found, and preferred to a whole browser', () => {
  vi.stubEnv('CHROMIUM_PATH', undefined);
  const whole = chromium.executablePath();
  const revision = /chromium-(\d+)/.exec(whole)?.[1];
  const browsers = join(folder, 'playwright');
  const own = join(browsers, `chromium_headless_shell-${revision}`, 'chrome-headless-shell-linux64');
  mkdirSync(own, { recursive: true });
  const file = join(own, 'chrome-headless-shell');
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  vi.spyOn(chromium, 'executablePath').mockReturnValue(
    join(browsers, `chromium-${revision}`, 'chrome-linux64', 'chrome'),
  );
  expect(findBrowser()).toBe(file);
});

test('of the two on the PATH the headless shell is taken', () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['chromium', 'chromium-headless-shell']) {
    writeFileSync(join(bin, name), '');
    chmodSync(join(bin, name), 0o755);
  }
  vi.stubEnv('CHROMIUM_PATH', undefined);
  vi.spyOn(chromium, 'executablePath').mockReturnValue(join(folder, 'none', 'chromium-1', 'a', 'chrome'));
  vi.stubEnv('PATH', bin);
  expect(findBrowser()).toBe(join(bin, 'chromium-headless-shell'));
});

test.skipIf(browserPath === null)(`the script prints its path${browserReason}`, () => {
  const out = execFileSync(process.execPath, [join(root, 'scripts/find-browser.mjs')], { encoding: 'utf8' });
  expect(out).toBe(`${browserPath}\n`);
});

test('what a person is told to run is one command', () => {
  expect(remedy).toMatch(/^npx playwright install .*chromium$/);
});
