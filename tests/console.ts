import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch } from './browser.js';
import { endAll, startMock } from './command.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const desktop = { width: 1280, height: 800 };
/** The widths that a page is laid out for: a telephone, a half of a screen, a screen. */
export const widths = [390, 1024, 1440];

type Theme = 'light' | 'dark';
/** Both themes are looked at on a telephone, one at each greater width; with `npm run test:whole` both everywhere. */
const sampled: Readonly<Record<number, readonly Theme[]>> =
  process.env.WHOLE === '1' ? {} : { 1024: ['dark'], 1440: ['light'] };

/**
 * A mock, and a window of the browser, for all tests of a file. Each test has a mock as if it were new; the first page
 * that it opens is that of the test before, emptied, since a new one takes longer than most tests.
 */
export class ConsoleUnderTest {
  url!: string;
  /** What the pages complained of; a test that expects something takes it out. */
  complaints: string[] = [];
  #context!: BrowserContext;
  #pages: Page[] = [];
  #emptied: Page | null = null;

  /** @param args of `counterproof mock`; a function where they are known only then */
  constructor(args: readonly string[] | (() => readonly string[])) {
    beforeAll(async () => {
      const given = typeof args === 'function' ? args() : args;
      const [browser, { url }] = await Promise.all([launch(), startMock([...given, '--quiet'])]);
      this.url = url;
      this.#context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      // The test's own time is the limit.
      this.#context.setDefaultTimeout(0);
    });
    afterEach(async () => {
      const said = this.complaints;
      await Promise.all(this.#pages.map((page) => (page === this.#emptied ? empty(page) : page.close())));
      this.#pages = [];
      await fetch(`${this.url}/__counterproof/api/reset`, { method: 'POST' });
      this.complaints = [];
      expect(said).toEqual([]);
    });
    afterAll(async () => {
      await this.#context?.close();
      endAll();
    });
  }

  /** Opens the console, of this mock or of another. */
  async open(target = '', { viewport = desktop } = {}): Promise<Page> {
    const isFirst = this.#emptied === null || !this.#pages.includes(this.#emptied);
    const page = await (isFirst ? this.#first() : this.#another());
    await page.setViewportSize(viewport);
    await page.goto(`${this.url}/__counterproof/${target}`);
    return page;
  }

  /** A page that is closed in the end, and whose complaints are its own affair. */
  async bare(): Promise<Page> {
    const page = await this.#context.newPage();
    this.#pages.push(page);
    return page;
  }

  async #another(): Promise<Page> {
    const page = await this.bare();
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    return page;
  }

  async #first(): Promise<Page> {
    if (this.#emptied === null) this.#emptied = await this.#another();
    else this.#pages.push(this.#emptied);
    return this.#emptied;
  }
}

/** Leaves nothing in a page that the next test would see. */
async function empty(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.goto('about:blank');
}

/**
 * What axe has against a page, in the themes of its width, with where it was; and whether it is too wide.
 * @param part the selector of what has changed since it was looked at
 */
export async function axeProblems(page: Page, where: string, part = 'html'): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe);
  const found: string[] = [];
  const themes = sampled[page.viewportSize()?.width ?? 0] ?? (['light', 'dark'] satisfies Theme[]);
  for (const [index, colorScheme] of themes.entries()) {
    // Only colours are others in the other theme.
    const only = index === 0 ? '' : 'runOnly: ["color-contrast"],';
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const results = await page.evaluate(
      `axe.run(${part === 'html' ? 'document' : `'${part}'`}, { ${only} resultTypes: ["violations"], preload: false })`,
    );
    const { violations } = results as { violations: { id: string; nodes: { html: string }[] }[] };
    for (const { id, nodes } of violations) {
      found.push(`${where}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join('\n')}`);
    }
  }
  const [width = 0, inner = 0] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  return width > inner ? [...found, `${where}: it is ${width} pixels wide`] : found;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds of processor time. */
  readonly tdur?: number;
}

/** How long the longest task of a page took while something was done, in milliseconds of processor time: the machine may be busy. */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['toplevel', '__metadata'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await work();
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain';
  const mains = new Set(events.filter(isMain).map(threadOf));
  const times = events.filter((event) => event.name.endsWith('RunTask') && mains.has(threadOf(event)));
  return Math.max(...times.map(({ tdur = 0 }) => tdur / 1000));
}
