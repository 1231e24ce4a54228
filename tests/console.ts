import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch } from './browser.js';
import { endAll, startMock } from './command.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const desktop = { width: 1280, height: 800 };
/** The widths that a page is laid out for: a telephone, a half of a screen, a screen. */
export const widths = [390, 1024, 1440];

/** A browser and a mock for all tests of a file; each test has pages of its own, and a mock as if it were new. */
export class ConsoleUnderTest {
  browser!: Browser;
  url!: string;
  /** What the pages complained of; a test that expects something takes it out. */
  complaints: string[] = [];
  #pages: Page[] = [];

  /** @param args of `counterproof mock`; a function where they are known only then */
  constructor(args: readonly string[] | (() => readonly string[])) {
    beforeAll(async () => {
      const given = typeof args === 'function' ? args() : args;
      [this.browser, { url: this.url }] = await Promise.all([launch(), startMock([...given, '--quiet'])]);
    });
    afterEach(async () => {
      await Promise.all(this.#pages.map((page) => page.context().close()));
      this.#pages = [];
      await fetch(`${this.url}/__counterproof/api/reset`, { method: 'POST' });
      const said = this.complaints;
      this.complaints = [];
      expect(said).toEqual([]);
    });
    afterAll(async () => {
      await this.browser?.close();
      endAll();
    });
  }

  /** Opens the console, of this mock or of another. */
  async open(target = '', options: BrowserContextOptions = {}, url = this.url): Promise<Page> {
    const page = await this.bare({ viewport: desktop, ...options });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    await page.goto(`${url}/__counterproof/${target}`);
    return page;
  }

  /** A page that is closed in the end, and whose complaints are its own affair. */
  async bare(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.browser.newPage(options);
    this.#pages.push(page);
    return page;
  }
}

/** What axe has against a page, in both themes, with where it was; and whether it is too wide. */
export async function axeProblems(page: Page, where: string): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe);
  const found: string[] = [];
  // Only colours are others in the other theme.
  for (const [colorScheme, only] of [
    ['light', ''],
    ['dark', 'runOnly: ["color-contrast"],'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const results = await page.evaluate(`axe.run(document, { ${only} resultTypes: ["violations"] })`);
    const { violations } = results as { violations: { id: string; nodes: { html: string }[] }[] };
    for (const { id, nodes } of violations) {
      found.push(`${where}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join('\n')}`);
    }
  }
  const [width = 0, inner = 0] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  return width > inner ? [...found, `${where}: it is ${width} pixels wide`] : found;
}
