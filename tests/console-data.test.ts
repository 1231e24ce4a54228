import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, browserReason, launch } from './browser.js';
import { endAll, startMock } from './command.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browserPath === null)(`the rows in the console, in Chromium${browserReason}`, () => {
  let browser: Browser;
  let url: string;
  let pages: Page[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    [browser, { url }] = await Promise.all([launch(), startMock(['examples/club-members/openapi.yaml', '--quiet'])]);
  });
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.context().close()));
    pages = [];
    await fetch(`${url}/__counterproof/api/reset`, { method: 'POST' });
    const said = complaints;
    complaints = [];
    expect(said).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    endAll();
  });

  async function open(
    target = '/__counterproof/#/data',
    options: Parameters<Browser['newPage']>[0] = { viewport: { width: 1280, height: 800 } },
  ): Promise<Page> {
    const page = await browser.newPage(options);
    pages.push(page);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(url + target);
    return page;
  }

  const row = (page: Page, key: string) => page.getByRole('row').filter({ has: button(page, key) });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const editor = (page: Page) => page.getByLabel('The row as JSON');

  async function change(page: Page, from: RegExp, to: string): Promise<void> {
    await editor(page).fill((await editor(page).inputValue()).replace(from, to));
  }
  const member = async (id: number, headers = {}) =>
    (await fetch(`${url}/api/members/${id}`, { headers })).json() as Promise<{ name?: string; status?: number }>;
  const add = (headers = {}) =>
    fetch(`${url}/api/members`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'Ada Byron', email: 'ada@rowing.example', role: 'coach', city: 'Bath' }),
    });

  test('a row that is edited is what the next request gets, until that is undone', async () => {
    const before = await member(3);
    const page = await open();
    await button(page, '3').click();
    await page.getByText('Fits the document.').waitFor();
    expect(await button(page, 'Save').isDisabled()).toBe(true);
    await change(page, /"name": ".*"/, '"name": "Grace Murray"');
    await button(page, 'Save').click();
    await page.getByText('Row 3 was saved.').waitFor();
    await row(page, '3').getByText('changed').waitFor();
    expect(await member(3)).toEqual({ ...before, name: 'Grace Murray' });

    await button(page, 'Undo').click();
    await page.getByText('That was undone.').waitFor();
    await row(page, '3').getByText('changed').waitFor({ state: 'detached' });
    expect(await member(3)).toEqual(before);
    await button(page, 'Undo').click();
    await row(page, '3').getByText('changed').waitFor();
  });

  test('what is typed is held against the document, and what does not fit cannot be saved', async () => {
    const page = await open();
    await button(page, '3').click();
    await change(page, /"role": ".*"/, '"role": "captain"');
    await page.getByText("/role must be 'rower', 'coxswain', 'coach' or 'treasurer'").waitFor();
    expect(await button(page, 'Save').isDisabled()).toBe(true);
    await change(page, /\}$/, '');
    await page.getByText(/JSON/).last().waitFor();
    expect(await button(page, 'Save').isDisabled()).toBe(true);
    await button(page, 'Discard').click();
    await page.getByText('Fits the document.').waitFor();
    // As another client has it: the key says which row it is.
    await change(page, /"id": 3/, '"id": 4');
    await button(page, 'Save').click();
    await page.getByRole('alert').getByText('add another row instead').waitFor();
    expect(complaints).toEqual([expect.stringContaining('409 (Conflict)')]);
    complaints = [];
  });

  test('rows are added, deleted and restored, and what requests do appears by itself', async () => {
    const page = await open();
    await row(page, '1').waitFor();
    await add();
    await row(page, '26').getByText('added').waitFor();
    await page.getByText('1 change').waitFor();

    await button(page, 'Add a row').click();
    await page.getByRole('heading', { name: 'A new row' }).waitFor();
    await change(page, /"name": ".*"/, '"name": "Mary Somerville"');
    await button(page, 'Add').click();
    await page.getByText('A row was added.').waitFor();
    expect((await member(27)).name).toBe('Mary Somerville');

    await button(page, '2').click();
    await button(page, 'Delete').click();
    await row(page, '2').waitFor({ state: 'detached' });
    expect((await member(2)).status).toBe(404);
    await page.getByLabel('changed only').check();
    await row(page, '2').getByText('deleted').waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
    await button(page, '2').click();
    await button(page, 'Restore').click();
    await row(page, '2').waitFor({ state: 'detached' });
    expect((await member(2)).status).toBeUndefined();

    await button(page, 'Reset data').click();
    await page.getByText('All rows were reset.').waitFor();
    await page.getByText('No row is like that.').waitFor();
    await button(page, 'Undo').click();
    await row(page, '27').waitFor();
  });

  test('an undo takes back nothing that a request has done since', async () => {
    const page = await open();
    await button(page, '3').click();
    await button(page, 'Delete').click();
    await button(page, 'Undo').waitFor();
    await add();
    await row(page, '27').waitFor();
    await button(page, 'Undo').waitFor({ state: 'detached' });
  });

  test('shows page after page, finds rows, and keeps sessions apart', async () => {
    await add({ 'Counterproof-Session': 'mine' });
    const page = await open('/__counterproof/?session=mine#/data/members');
    await row(page, '26').waitFor();
    await page.getByText('1 to 25 of 26').waitFor();
    await button(page, 'Next').click();
    await page.getByText('26 to 26 of 26').waitFor();
    await row(page, '25').waitFor();
    await page.getByLabel('Search rows').fill('ADA@ROWING');
    await row(page, '26').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    expect((await member(26)).name).not.toBe('Ada Byron');
    expect((await member(26, { 'Counterproof-Session': 'mine' })).name).toBe('Ada Byron');
    const other = await open();
    await row(other, '25').waitFor();
    expect(await row(other, '26').count()).toBe(0);
  });

  test('can be used with the keyboard alone', async () => {
    const page = await open('/__counterproof/');
    await page.getByRole('link', { name: 'Data' }).focus();
    await page.keyboard.press('Enter');
    await button(page, '1').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await editor(page).focus();
    await change(page, /"city": ".*"/, '"city": "Bath"');
    await page.getByText('Fits the document.').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Row 2 was saved.').waitFor();
    await expect.poll(async () => member(2)).toMatchObject({ city: 'Bath' });
  });

  test.each([
    ['light', { width: 1280, height: 800 }],
    ['dark', { width: 1280, height: 800 }],
    ['light', { width: 390, height: 844 }],
    ['dark', { width: 390, height: 844 }],
  ] as const)('has nothing serious for axe to find, %s, in %j', async (colorScheme, viewport) => {
    await add();
    const page = await open('/__counterproof/#/data', { colorScheme, viewport, reducedMotion: 'reduce' });
    await button(page, '3').click();
    await change(page, /"role": ".*"/, '"role": "captain"');
    await page.getByText("/role must be 'rower'").waitFor();
    await page.evaluate(axe);
    const results = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
    const { violations } = results as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  });
});
