import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, browserReason, launch } from './browser.js';
import { endAll, startMock } from './command.js';

const path = '/api/user/installations';
const operation = 'get_user_installations_api_user_installations_get';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browserPath === null)(`the console in Chromium${browserReason}`, () => {
  let browser: Browser;
  let url: string;
  let pages: Page[] = [];
  /** What the page complained of; a test that expects something takes it out. */
  let complaints: string[] = [];

  beforeAll(async () => {
    [browser, { url }] = await Promise.all([launch(), startMock(['--quiet'])]);
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
    target = '/__counterproof/',
    options: Parameters<Browser['newPage']>[0] = { viewport: { width: 1280, height: 800 } },
  ): Promise<Page> {
    const page = await browser.newPage(options);
    pages.push(page);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(url + target);
    return page;
  }

  const ask = (provider: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}?provider=${provider}`, { headers: { 'X-Session-API-Key': 'k', ...headers } });
  const requests = (page: Page) => page.getByRole('region', { name: /^Requests/ });
  const choice = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

  test('says at once what is mocked, what can be switched, and what just happened', async () => {
    await ask('github');
    const page = await open();
    await page.getByRole('heading', { level: 1, name: /OpenHands/ }).waitFor();
    await page.getByText('OpenHands: Code Less, Make More').waitFor();
    await choice(page, 'provider-unknown').waitFor();
    await requests(page)
      .getByRole('button', { name: /200 GET \/api\/user\/installations\?provider=github/ })
      .waitFor();
    expect(await page.title()).toContain('OpenHands');
  });

  test('switches an answer with one click, shows the request live, and lets it go with another', async () => {
    const page = await open();
    await choice(page, 'provider-unknown').click();
    const banner = page.getByRole('banner');
    await banner.getByText('1 answer is switched').waitFor();
    await page.getByRole('link', { name: /GET \/api\/user\/installations.*provider-unknown/ }).waitFor();
    expect((await ask('github')).status).toBe(422);
    await requests(page)
      .getByRole('button', { name: /422 GET .*provider=github provider-unknown/ })
      .waitFor();
    await banner.getByRole('button', { name: `Reset GET ${path}` }).click();
    await banner.getByText('1 answer is switched').waitFor({ state: 'detached' });
    expect((await ask('gitlab')).status).toBe(200);
    await requests(page)
      .getByRole('button', { name: /200 GET .*provider=gitlab/ })
      .waitFor();
    expect(await requests(page).getByRole('listitem').count()).toBe(2);
  });

  test('shows what is wrong with a request in words, and the line of the document that says so', async () => {
    const page = await open();
    await choice(page, 'provider-unknown').waitFor();
    await ask('GITHUB');
    const row = requests(page).getByRole('button', { name: /422 GET .*provider=GITHUB/ });
    await row.getByText("query provider: must be 'github', 'gitlab', 'bitbucket' or 'enterprise_sso'").waitFor();
    await row.click();
    await requests(page)
      .getByRole('link', { name: /openhands-installations\.yaml:45/ })
      .click();
    const marked = page.locator('.line mark');
    await marked.waitFor();
    expect(await marked.textContent()).toContain('enum:');
    expect(await marked.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Back' }).click();
    await row.waitFor();
    // Whoever came by keyboard goes on where they were.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('yaml:45');
  });

  test('copies a request as a curl command that asks the same', async () => {
    const page = await open('/__counterproof/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await choice(page, 'provider-unknown').waitFor({ state: 'attached' });
    await ask('bitbucket');
    await requests(page)
      .getByRole('button', { name: /provider=bitbucket/ })
      .click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^curl .*-H 'x-session-api-key: '"\$\{CREDENTIAL:-any\}" .*provider=bitbucket'$/);
    expect(execFileSync('/bin/sh', ['-c', copied], { encoding: 'utf8' })).toContain('HTTP/1.1 200');
  });

  test('filters faults and makes one active, with a probability', async () => {
    const page = await open();
    await page.getByLabel('Filter faults').fill('answers 500');
    await choice(page, 'status-server-error').click();
    await page.getByRole('banner').getByText('status-server-error').waitFor();
    expect((await ask('github')).status).toBe(500);
    await page.getByLabel('strikes').selectOption('0.5');
    await page.getByRole('banner').getByText('status-server-error 50 %').waitFor();
  });

  test('filters requests by text and by status', async () => {
    await Promise.all([ask('github'), ask('gitlab'), ask('GITHUB')]);
    const page = await open();
    const rows = requests(page).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(3);
    await page.getByLabel('Filter requests').fill('gitlab 200');
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByLabel('Filter requests').fill('');
    await page.getByLabel('Status of requests').selectOption('violations');
    await expect.poll(() => rows.count()).toBe(1);
  });

  test('in one session shows nothing of another', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((name) => open(`/__counterproof/?session=${name}`)));
    if (one === undefined || two === undefined) throw new Error('There are two pages');
    await choice(one, 'provider-unknown').click();
    await one.getByText('1 answer is switched').waitFor();
    const statuses = await Promise.all(['one', 'two'].map((name) => ask('github', { 'Counterproof-Session': name })));
    expect(statuses.map(({ status }) => status)).toEqual([422, 200]);
    await requests(one).getByRole('button', { name: /422/ }).waitFor();
    await requests(two).getByRole('button', { name: /200/ }).waitFor();
    expect(await requests(one).getByRole('listitem').count()).toBe(1);
    expect(await requests(two).getByRole('listitem').count()).toBe(1);
    expect(await two.getByText('1 answer is switched').count()).toBe(0);
    await one.getByRole('button', { name: 'Reset all' }).click();
    await expect.poll(() => requests(one).getByRole('listitem').count()).toBe(0);
    expect(await requests(two).getByRole('listitem').count()).toBe(1);
  });

  test('can be used with the keyboard alone', async () => {
    const page = await open();
    await choice(page, 'provider-unknown').waitFor();
    const press = async (key: string, until: string) => {
      for (let count = 0; count < 60; count += 1) {
        await page.keyboard.press(key);
        const text = await page.evaluate(() => document.activeElement?.textContent ?? '');
        if (text.startsWith(until)) return;
      }
      throw new Error(`${key} does not lead to ${until}`);
    };
    await press('Tab', 'Skip to the content');
    await page.keyboard.press('Enter');
    await press('Tab', 'provider-unknown');
    const outline = () => page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(await outline()).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByText('1 answer is switched').waitFor();
    expect((await ask('github')).status).toBe(422);
    expect((await ask('gitlab')).status).toBe(422);
    await requests(page)
      .getByRole('button', { name: /gitlab/ })
      .waitFor();
    await press('Tab', '422');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('The request keeps to the document.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('provider=github');
    await press('Shift+Tab', '●provider-unknown'.slice(1));
    await page.keyboard.press('Enter');
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });
    expect((await ask('github')).status).toBe(200);
  });

  test.each([
    ['light', { width: 1280, height: 800 }],
    ['dark', { width: 1280, height: 800 }],
    ['light', { width: 390, height: 844 }],
    ['dark', { width: 390, height: 844 }],
  ] as const)('has nothing serious for axe to find, %s, in %j', async (colorScheme, viewport) => {
    await Promise.all([ask('github'), ask('GITHUB'), ask('')]);
    const page = await open('/__counterproof/', { colorScheme, viewport, reducedMotion: 'reduce' });
    const problems = async (where: string) => {
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe);
      const results = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
      const { violations } = results as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join('\n')}`);
    };
    const pane = async (name: RegExp) => {
      if (viewport.width < 1000)
        await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }).click();
    };
    await choice(page, 'provider-unknown').click();
    await page.getByText('1 answer is switched').waitFor();
    await page.locator('.faults summary').first().click();
    const found = await problems('answers');
    await pane(/Operations/);
    found.push(...(await problems('operations')));
    await pane(/Requests/);
    await requests(page)
      .getByRole('button', { name: /422 GET .*GITHUB/ })
      .click();
    await requests(page)
      .getByText(/^\d+ headers$/)
      .first()
      .click();
    found.push(...(await problems('requests')));
    await requests(page)
      .getByRole('link', { name: /yaml:45/ })
      .click();
    await page.locator('.line mark').waitFor();
    found.push(...(await problems('document')));
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  });

  test('stays responsive with a full journal while requests pour in, and draws few of them', async () => {
    for (let count = 0; count < 1100; count += 50) await Promise.all(Array.from({ length: 50 }, () => ask('github')));
    const page = await open();
    await expect.poll(() => requests(page).getByRole('listitem').count()).toBe(100);
    let pouring = true;
    const pour = async () => {
      while (pouring) await Promise.all(Array.from({ length: 20 }, () => ask('gitlab')));
    };
    const poured = pour();
    await choice(page, 'no-installations').waitFor();
    await choice(page, 'no-installations').click();
    await page.locator('.active-bar').waitFor();
    pouring = false;
    await poured;
    expect(await requests(page).getByRole('listitem').count()).toBe(100);
  });

  test('finds the mock again that was started anew', async () => {
    const first = await startMock(['--quiet']);
    const port = new URL(first.url).port;
    const page = await browser.newPage();
    pages.push(page);
    await page.goto(`${first.url}/__counterproof/`);
    await page.getByText('Live').waitFor();
    await first.end('SIGTERM');
    await page.getByText('Connection lost, trying again …').waitFor();
    const second = await startMock(['--quiet', '--port', port]);
    await page.getByText('Live').waitFor();
    await fetch(`${second.url}${path}?provider=gitlab`, { headers: { 'X-Session-API-Key': 'k' } });
    await requests(page)
      .getByRole('button', { name: /provider=gitlab/ })
      .waitFor();
  });

  test('asks for the token, and works with it', async () => {
    const guarded = await startMock(['--quiet', '--control-token', 'sesame']);
    const page = await browser.newPage();
    pages.push(page);
    await page.goto(`${guarded.url}/__counterproof/`);
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('That was not the token.').waitFor();
    await page.getByLabel('Token').fill('sesame');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: /OpenHands/ }).waitFor();
  });

  test('a page of another origin changes nothing and reads nothing', async () => {
    await fetch(`${url}/__counterproof/api/operations/${operation}/active`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{"status":422}',
    });
    await ask('github');
    const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>evil</p>'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const page = await browser.newPage();
    pages.push(page);
    for (const name of ['localhost', '127.0.0.1']) {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const api = `${url.replace('localhost', name)}/__counterproof/api`;
      const got = await page.evaluate(attack, { api, operation });
      expect(got).toEqual({ readable: [], events: 'error', framed: false });
      const posted = page.waitForResponse((response) => response.url() === `${api}/reset`);
      await page.evaluate((address) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: `${address}/reset`, enctype: 'text/plain' });
        document.body.append(form);
        form.submit();
      }, api);
      expect((await posted).status()).toBe(403);
      await page.waitForURL(`${api}/reset`);
    }
    server.close();
    const active = await (await fetch(`${url}/__counterproof/api/operations/${operation}/active`)).json();
    expect(active).toEqual({ active: { status: 422 } });
    const { exchanges } = await (await fetch(`${url}/__counterproof/api/journal`)).json();
    expect(exchanges.filter(({ target }: { target: string }) => target.startsWith(path))).toHaveLength(1);
  });
});

/** Runs in the other page: everything that it can try. */
async function attack({ api, operation }: { api: string; operation: string }) {
  const readable: string[] = [];
  const attempt = async (name: string, init: RequestInit, target = '/reset') => {
    try {
      const response = await fetch(api + target, init);
      if ((await response.text()) !== '') readable.push(name);
    } catch {
      // As it should be.
    }
  };
  const active = `/operations/${operation}/active`;
  for (const mode of ['cors', 'no-cors'] as const) {
    await attempt(`post ${mode}`, { method: 'POST', mode });
    await attempt(`post text ${mode}`, { method: 'POST', mode, body: '{}', headers: { 'Content-Type': 'text/plain' } });
    await attempt(`read ${mode}`, { mode, credentials: 'include' }, '/journal');
  }
  await attempt('delete', { method: 'DELETE' }, active);
  await attempt('put', { method: 'PUT', body: '{"status":200}' }, active);
  await attempt('no origin', { method: 'POST', referrerPolicy: 'no-referrer', mode: 'no-cors', keepalive: true });
  navigator.sendBeacon(`${api}/reset`, '{}');
  const events = await new Promise((resolve) => {
    const source = new EventSource(`${api}/journal/stream`);
    source.onopen = () => resolve('open');
    source.onerror = () => resolve('error');
  });
  const frame = document.createElement('iframe');
  frame.src = `${api.slice(0, -3)}`;
  document.body.append(frame);
  // It comes for a frame that is refused as well.
  await new Promise((resolve) => {
    frame.onload = resolve;
  });
  let framed = false;
  try {
    framed = frame.contentDocument !== null && frame.contentDocument.title !== '';
  } catch {
    // As it should be.
  }
  return { readable, events, framed };
}
