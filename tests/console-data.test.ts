import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { browserPath, browserReason } from './browser.js';
import { axeProblems, ConsoleUnderTest, widths } from './console.js';

describe.skipIf(browserPath === null)(`the rows in the console, in Chromium${browserReason}`, () => {
  const it = new ConsoleUnderTest(['examples/club-members/openapi.yaml']);
  const open = (target = '#/data', options = {}) => it.open(target, options);

  const row = (page: Page, key: string) => page.getByRole('row').filter({ has: button(page, key) });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const editor = (page: Page) => page.getByLabel('The row as JSON');

  async function change(page: Page, from: RegExp, to: string): Promise<void> {
    await editor(page).fill((await editor(page).inputValue()).replace(from, to));
  }
  const member = async (id: number, headers = {}) =>
    (await fetch(`${it.url}/api/members/${id}`, { headers })).json() as Promise<{ name?: string; status?: number }>;
  const add = (headers = {}) =>
    fetch(`${it.url}/api/members`, {
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
    expect(it.complaints).toEqual([expect.stringContaining('409 (Conflict)')]);
    it.complaints = [];
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
    const page = await open('?session=mine#/data/members');
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
    const page = await open('');
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

  test.each(widths)('has nothing for axe to find, %i pixels wide', async (width) => {
    await add();
    const page = await open('#/data', { viewport: { width, height: 800 } });
    await button(page, '3').click();
    await change(page, /"role": ".*"/, '"role": "captain"');
    await page.getByText("/role must be 'rower'").waitFor();
    expect(await axeProblems(page, 'data')).toEqual([]);
  });
});
