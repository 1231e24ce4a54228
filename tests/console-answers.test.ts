import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { browserPath, browserReason } from './browser.js';
import { root } from './command.js';
import { axeProblems, ConsoleUnderTest, longestTask } from './console.js';

/** A folder of one's own, so that cases can be saved. */
function copied(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-console-'));
  copyFileSync(join(root, 'examples/club-members/openapi.yaml'), join(folder, 'openapi.yaml'));
  return folder;
}

describe.skipIf(browserPath === null)(`answers of one's own in the console${browserReason}`, () => {
  const folder = copied();
  const it = new ConsoleUnderTest([join(folder, 'openapi.yaml')]);
  const open = (target = '', options = {}) => it.open(target, options);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const list = () => fetch(`${it.url}/api/members`);
  const member = async (id = 3) => (await fetch(`${it.url}/api/members/${id}`)).json();
  const requests = (page: Page) => page.getByRole('region', { name: /^Requests/ });
  const openMember = async () => {
    const page = await open('#/operation/getMember');
    await page.getByLabel('Body of the next answer').waitFor();
    return page;
  };

  test('the next answer is shown, edited, held against the document, and given', async () => {
    const page = await openMember();
    const shown = page.getByLabel('Body of the next answer');
    await shown.getByText(`"${(await member(1)).name}"`).waitFor();
    await button(page, 'Edit').click();
    const body = page.getByLabel('Body', { exact: true });
    const before = await body.inputValue();
    await body.fill(before.replace(/"role": ".*"/, '"role": "captain"'));
    await page.getByText(/\/role must be 'rower'/).waitFor();
    expect(await button(page, 'Until reset').isDisabled()).toBe(true);
    await body.fill(before.slice(0, -2));
    await page.getByText(/The body is no JSON/).waitFor();
    await body.fill(before.replace(/"name": ".*"/, '"name": "Grace Murray"'));
    await page.getByText('Fits the document.').waitFor();
    await button(page, 'For the next request').click();
    await shown.getByText('"Grace Murray"').waitFor();
    expect([(await member()).name, (await member()).name]).toEqual([
      'Grace Murray',
      expect.not.stringContaining('Grace'),
    ]);
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });

    // What the document does not allow is answered where that is meant.
    await button(page, 'Edit').click();
    await body.fill('{ "role": "captain" }');
    await page.getByLabel('answer so though the document does not allow it').check();
    await button(page, 'Until reset').click();
    await page.getByText('1 answer is switched').waitFor();
    expect([await member(), await member()]).toEqual([{ role: 'captain' }, { role: 'captain' }]);
    await page.getByRole('banner').getByRole('button', { name: 'Reset answers' }).click();
    await page.getByText('1 answer was reset.').waitFor();
    // Otherwise what was switched before could be taken for what is switched again.
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });
    expect((await member()).id).toBe(3);
    await button(page, 'Undo').click();
    await page.getByText('1 answer is switched').waitFor();
    expect(await member()).toEqual({ role: 'captain' });
  });

  test('an answer is saved as a case, which stands in the file and on the page', async () => {
    const page = await openMember();
    await button(page, 'Edit').click();
    const body = page.getByLabel('Body', { exact: true });
    await body.fill((await body.inputValue()).replace(/"name": ".*"/, '"name": "Ada Byron"'));
    await page.getByText('Fits the document.').waitFor();
    await button(page, 'Save as case …').click();
    await page.getByLabel('Name of the case').fill('ada');
    await button(page, 'Save').click();
    await page.getByText(/^Saved to .*openapi\.fixtures\.yaml/).waitFor();
    const file = readFileSync(join(folder, 'openapi.fixtures.yaml'), 'utf8');
    expect(file).toMatch(/^operations:\n {2}getMember:\n {4}cases:\n {6}ada:\n {8}status: 200\n/);
    await button(page, 'Cancel').click();
    await page.getByRole('button', { name: /\bada\b/ }).click();
    await page.getByRole('banner').getByText('ada').waitFor();
    expect((await member()).name).toBe('Ada Byron');

    // And a request of the log, for requests that are like it.
    await page.getByRole('button', { name: /\bada\b/ }).click();
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });
    const seven = await member(7);
    await requests(page)
      .getByRole('button', { name: /members\/7/ })
      .click();
    await button(page, 'Answer so from now on').click();
    await page.getByText('1 answer is switched').waitFor();
    expect(await member(8)).toEqual(seven);
    await button(page, 'Save as case …').click();
    await page.getByLabel('Name of the case').fill('seven');
    await button(page, 'Save').click();
    await page.getByText(/^Saved to/).waitFor();
    expect(readFileSync(join(folder, 'openapi.fixtures.yaml'), 'utf8')).toMatch(
      /seven:\n {8}when:\n {10}path:\n {12}\S+: 7\n/,
    );
    await button(page, 'Save').click();
    await page.getByText(/There is a case "seven" already/).waitFor();
    await button(page, 'Copy as YAML').waitFor();
  });

  test('one click gives what is wanted most, declared or not', async () => {
    const page = await open('#/operation/listMembers');
    const chip = (name: string) => page.getByRole('group').getByRole('button', { name, exact: true }).first();
    const switched = (name: string) => page.getByRole('banner').getByText(name, { exact: true }).waitFor();
    await chip('429').click();
    await switched('status 429');
    expect([(await list()).status, (await list()).headers.has('retry-after')]).toEqual([429, true]);
    await chip('503').click();
    await switched('status 503');
    expect([(await list()).status, (await list()).headers.has('retry-after')]).toEqual([503, true]);
    await chip('empty').click();
    await switched('empty data');
    expect(JSON.stringify(await (await list()).json())).toMatch(/\[\]/);
    await chip('offline').click();
    await switched('reset');
    await expect(list()).rejects.toThrow();
    await chip('broken JSON').click();
    await switched('encoding-truncated');
    await expect((await list()).json()).rejects.toThrow();
    await chip('broken JSON').click();
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });
    await page.getByLabel('Delay in milliseconds').fill('20');
    await button(page, 'Set').click();
    await switched('+20 ms');
    await list();
    await requests(page).getByText('+ 20 ms delay').waitFor();
  });

  test('of a sequence the step is shown that comes next', async () => {
    const page = await openMember();
    const shown = page.getByLabel('Body of the next answer');
    const steps = [{ merge: { name: 'running' }, times: 2 }, { merge: { name: 'done' } }];
    const [first, ...then] = steps;
    const path = `${it.url}/__counterproof/api/operations/getMember/active`;
    const headers = { 'Content-Type': 'application/json' };
    await fetch(path, { method: 'PUT', headers, body: JSON.stringify({ ...first, then }) });
    await shown.getByText('"running"').waitFor();
    await page.getByRole('banner').getByText('changed body × 2, then changed body').waitFor();
    expect([(await member()).name, (await member()).name]).toEqual(['running', 'running']);
    await shown.getByText('"done"').waitFor();
    expect([(await member()).name, (await member()).name]).toEqual(['done', 'done']);
    await button(page, 'Reset').click();
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });
  });

  test('a request is tried, changed, sent again, and taken elsewhere', async () => {
    const page = await openMember();
    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.locator('.try').getByRole('button', { name: 'Send', exact: true }).click();
    const received = page.getByLabel('What came back');
    await received.getByText('200', { exact: true }).waitFor();
    const parameter = page.getByLabel(/\(path\)$/).and(page.locator('input:not([type=checkbox])'));
    await parameter.fill('5');
    await expect.poll(() => button(page, 'Send again').isEnabled()).toBe(true);
    await page.keyboard.press('Control+Enter');
    await page
      .getByLabel('Body that came back')
      .getByText(`"${(await member(5)).name}"`)
      .waitFor();
    await parameter.fill('five');
    await page.getByText(/^path .*must be an integer/).waitFor();
    await parameter.fill('6');
    const copied = async (name: string) => {
      await button(page, name).click();
      await page.getByText('Copied').last().waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await page.getByText(/^path .*must be an integer/).waitFor({ state: 'detached' });
    const name = (await member(6)).name;
    expect(execFileSync('/bin/sh', ['-c', await copied('Copy as curl')], { encoding: 'utf8' })).toContain(name);
    const script = await copied('Copy as fetch');
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toContain(name);
    const spec = await copied('Copy as Playwright test');
    expect(spec).toContain(`await mock.use("getMember", { status: 200, body: {`);
    expect(() => new Function(spec.replace(/^import.*$/m, '').replace('as const', ''))).not.toThrow();

    await page.goto(`${it.url}/__counterproof/#/operation/addMember`);
    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.getByLabel('Body', { exact: true }).waitFor();
    await page.locator('.try').getByRole('button', { name: 'Send', exact: true }).click();
    await received.getByText('201', { exact: true }).waitFor();
  });

  test('the log is cleared, brought back, written as an archive and read again', async () => {
    await Promise.all([member(1), member(2), list()]);
    const page = await open();
    const rows = requests(page).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(3);
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export HAR').click()]);
    const archive = await download.path();
    const { entries } = JSON.parse(readFileSync(archive, 'utf8')).log;
    expect(entries.map((entry: { response: { status: number } }) => entry.response.status)).toEqual([200, 200, 200]);
    await button(page, 'Clear').click();
    await expect.poll(() => rows.count()).toBe(0);
    await button(page, 'Undo').click();
    await expect.poll(() => rows.count()).toBe(3);
    await button(page, 'Clear').click();
    // What is asked before the log is cleared is cleared with it.
    await expect.poll(() => rows.count()).toBe(0);
    await member(4);
    await requests(page).getByRole('heading', { name: 'Requests 1', exact: true }).waitFor();
    await page.getByLabel('HTTP Archive').setInputFiles(archive);
    await expect.poll(() => rows.count()).toBe(4);
    await page.getByLabel('HTTP Archive').setInputFiles({ name: 'x.har', mimeType: '', buffer: Buffer.from('{}') });
    await page
      .getByRole('alert')
      .getByText(/no HTTP Archive/)
      .waitFor();

    // Twenty thousand are no other thing: what is seen is drawn, and no key has to wait for it.
    const one = { request: { method: 'GET', url: `${it.url}/api/members` }, response: { status: 200 } };
    const many = { log: { entries: Array.from({ length: 20_000 }, () => one) } };
    const large = join(folder, 'large.har');
    writeFileSync(large, JSON.stringify(many));
    const last = () => rows.last().getAttribute('aria-posinset');
    const longest = await longestTask(page, async () => {
      await page.getByLabel('HTTP Archive').setInputFiles(large);
      await requests(page).getByText('20,001').waitFor();
      await page.getByLabel('Filter requests').pressSequentially('members/4');
      await requests(page).getByText('1 of 20,001').waitFor();
      await page.getByLabel('Filter requests').fill('');
      await requests(page).getByText('20,001').waitFor();
      for (let top = 0; top < 20_000; top += 4_000) {
        await requests(page)
          .locator('.virtual')
          .evaluate((list, row) => list.scrollTo(0, row * 28), top);
        await expect.poll(last).toMatch(new RegExp(`^${top / 1000 || ''}\\d+`));
      }
      await Promise.all(Array.from({ length: 50 }, () => member(4)));
      await requests(page).getByText('20,051').waitFor();
    });
    // Beside a task of the same page that does nothing but take and read as much: a machine may be slow. It answers from a later
    // task, since one that has not ended when the trace does is not in it.
    const read = (text: string) => new Promise<void>((done) => setTimeout(done, 0, JSON.parse(text)));
    const parsing = await longestTask(page, () => page.evaluate(read, JSON.stringify(many)));
    expect(longest).toBeLessThan(parsing);
    // One that is seen: the first that are drawn stand above, and go when the list has moved for what came last.
    await rows.nth(12).getByRole('button').focus();
    await page.keyboard.press('End');
    await expect.poll(last).toBe('20051');
    expect(await rows.count()).toBeLessThan(60);
    expect(await page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'))).toBe(
      '20051',
    );
  });

  test('where nothing was asked there is a command that works, and a button that does the same', async () => {
    const page = await open();
    const command = await page.locator('.empty code').textContent();
    expect(execFileSync('/bin/sh', ['-c', command ?? ''], { encoding: 'utf8' })).toContain('HTTP/1.1 200');
    await requests(page).getByRole('button', { name: /^200/ }).waitFor();
    await button(page, 'Clear').click();
    await requests(page).getByRole('button', { name: 'Send' }).click();
    await requests(page).getByRole('button', { name: /^200/ }).waitFor();
  });

  test('coverage says what was asked, and what nobody has asked', async () => {
    await member();
    const page = await open('#/coverage');
    const operation = (name: string) =>
      page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    await operation('GET /api/members/{memberId}').getByText('200 × 1').waitFor();
    await page.getByLabel('Which operations').selectOption('unused');
    await operation('GET /api/members').waitFor();
    await list();
    await operation('GET /api/members').waitFor({ state: 'detached' });
  });

  test('the page is as somebody wants it: theme and widths stay, and the tab says that something is switched', async () => {
    const page = await open('#/operation/listMembers', { viewport: { width: 1440, height: 900 } });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByLabel('Theme').selectOption('dark');
    await expect.poll(background).not.toBe(light);
    const line = page.getByRole('separator', { name: 'Width of the operations' });
    const width = () => page.locator('.pane-operations').evaluate((pane) => pane.clientWidth);
    const before = await width();
    await line.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(width).toBeGreaterThan(before);
    await page.reload();
    await page.getByLabel('Body of the next answer').waitFor();
    expect([await page.getByLabel('Theme').inputValue(), (await width()) > before]).toEqual(['dark', true]);
    const icon = () => page.locator('link[rel=icon]').getAttribute('href');
    expect(await icon()).toBe('./icon.svg');
    await page.getByRole('group').getByRole('button', { name: '404', exact: true }).click();
    await expect.poll(icon).toBe('./icon-switched.svg');
  });
});

describe.skipIf(browserPath === null)(`a document of 1,200 operations in the console${browserReason}`, () => {
  const file = join(mkdtempSync(join(tmpdir(), 'counterproof-console-')), 'large.json');
  const it = new ConsoleUnderTest(() => {
    const paths = Object.fromEntries(
      Array.from({ length: 1200 }, (_, at) => {
        const responses = { 204: { description: 'done' } };
        const path = `/organizations/{organization}/repositories/{repository}/things-${at}/{thing}`;
        return [path, { get: { operationId: `get-${at}`, tags: [`Tag ${at % 12}`], responses } }];
      }),
    );
    writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Large', version: '1' }, paths }));
    return [file];
  });

  test.each([1440, 1024])(
    'draws what is seen, brings a deep link into view, folds and filters, at %i px',
    async (width) => {
      const page = await it.open('#/operation/get-1150', { viewport: { width, height: 800 } });
      const operations = page.getByRole('region', { name: /^Operations/ });
      const selected = operations.getByRole('link', { name: /things-1150/ });
      await selected.waitFor();
      const isInView = () =>
        selected.evaluate((link) => {
          const [list, line] = [link.closest('.virtual')?.getBoundingClientRect(), link.getBoundingClientRect()];
          return list !== undefined && line.top >= list.top && line.bottom <= list.bottom && line.height === 28;
        });
      await expect.poll(isInView).toBe(true);
      expect(await operations.getByRole('listitem').count()).toBeLessThan(80);
      await page.getByLabel('Filter operations').fill('things-77');
      await operations.getByText('11 of 1,200').waitFor();
      await operations.getByRole('button', { name: /Tag 5/ }).waitFor();
      await page.getByLabel('Filter operations').fill('');
      await fetch(`${it.url}/organizations/a/repositories/b/things-3/c`);
      await page.getByLabel('used').check();
      await operations.getByText('1 of 1,200').waitFor();
      expect(await operations.getByRole('listitem').count()).toBe(1);
    },
  );

  test('paths that differ at their end can be told apart in Coverage, and where one looks for them', async () => {
    const page = await it.open('#/coverage', { viewport: { width: 1024, height: 800 } });
    const isEndSeen = (place: Locator, within: string) =>
      place.locator('.cut-end').evaluate((end, selector) => {
        const box = end.closest(selector)?.getBoundingClientRect();
        return end.scrollWidth <= end.clientWidth && end.getBoundingClientRect().right <= (box?.right ?? 0);
      }, within);
    const line = page.getByRole('link', { name: /things-7\// });
    expect([await line.textContent(), await isEndSeen(line, 'th')]).toEqual([expect.stringMatching(/^GET /), true]);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('things-1150');
    const option = page.getByRole('dialog').getByRole('option', { name: /things-1150/ });
    expect(await isEndSeen(option, '[role="option"]')).toBe(true);
    expect(await axeProblems(page, 'what is found', 'dialog[open]')).toEqual([]);
  });

  test('a line that has the focus keeps it, however far it is scrolled away in either direction', async () => {
    const page = await it.open('#/operation/get-600');
    const list = page.getByRole('region', { name: /^Operations/ }).locator('.virtual');
    await list.getByRole('link', { name: /things-600\b/ }).focus();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    for (const end of ['top', 'bottom']) {
      await list.evaluate((place, where) => {
        place.scrollTop = where === 'top' ? 0 : place.scrollHeight;
      }, end);
      await list.getByRole('link', { name: end === 'top' ? /things-0\b/ : /things-1199\b/ }).waitFor();
      const height = await list.evaluate((place) => place.scrollHeight);
      expect([await focused(), height]).toEqual([expect.stringMatching(/things-600\b/), 1212 * 28]);
    }
    expect(await axeProblems(page, 'a line scrolled away', '.pane-operations')).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toMatch(/things-612\b/);
    expect(await list.locator('[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Tab');
    await expect.poll(() => list.getByRole('listitem').count()).toBeLessThan(80);
  });
});
