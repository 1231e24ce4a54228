import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { browserPath, browserReason } from './browser.js';
import { startMock } from './command.js';
import { axeProblems, ConsoleUnderTest, widths } from './console.js';

const path = '/api/user/installations';
const operation = 'get_user_installations_api_user_installations_get';

describe.skipIf(browserPath === null)(`the console in Chromium${browserReason}`, () => {
  const it = new ConsoleUnderTest([]);
  const open = (target = '', options = {}) => it.open(target, options);

  const ask = (provider: string, headers: Record<string, string> = {}) =>
    fetch(`${it.url}${path}?provider=${provider}`, { headers: { 'X-Session-API-Key': 'k', ...headers } });
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
    const said = "query provider: must be 'github', 'gitlab', 'bitbucket' or 'enterprise_sso'";
    await row.getByText(said).waitFor();
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
    const page = await open();
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
    await page.getByText('Contract faults').click();
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
    const [one, two] = await Promise.all(['one', 'two'].map((name) => open(`?session=${name}`)));
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
    await one.getByRole('button', { name: 'Reset answers' }).click();
    await one.getByText('1 answer was reset.').waitFor();
    await one.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => requests(one).getByRole('listitem').count()).toBe(0);
    expect(await requests(two).getByRole('listitem').count()).toBe(1);
  });

  test('can be used with the keyboard alone, and Tab stops once at each group', async () => {
    const page = await open();
    await choice(page, 'provider-unknown').waitFor();
    const here = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const press = async (key: string, until: string) => {
      for (let count = 0; count < 40; count += 1) {
        await page.keyboard.press(key);
        if ((await here()).startsWith(until)) return count + 1;
      }
      throw new Error(`${key} does not lead to ${until}`);
    };
    await press('Tab', 'Skip to the content');
    await page.keyboard.press('Enter');
    // Operations, the line between, tabs, the answer with its headers, chips, delays: a stop each.
    expect(await press('Tab', 'provider-missing')).toBeLessThan(16);
    await press('ArrowDown', 'provider-unknown');
    const outline = () => page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(await outline()).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByText('1 answer is switched').waitFor();
    expect((await ask('github')).status).toBe(422);
    expect((await ask('gitlab')).status).toBe(422);
    await requests(page)
      .getByRole('button', { name: /gitlab/ })
      .waitFor();
    await page.keyboard.press('F6');
    await press('j', '422');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByText('The request keeps to the document.').waitFor();
    await page.keyboard.press('r');
    await page.getByText('1 answer is switched').waitFor({ state: 'detached' });
    expect((await ask('github')).status).toBe(200);
    await page.keyboard.press('/');
    await page.keyboard.type('gitlab');
    await expect.poll(() => requests(page).getByRole('listitem').count()).toBe(1);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('case wrong-case');
    await page.getByRole('option', { name: /provider-wrong-case/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('banner').getByText('provider-wrong-case').waitFor();
    await page.locator('#main').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('a dialog that is opened as soon as another one is left stays open', async () => {
    const page = await open();
    await choice(page, 'provider-unknown').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('case wrong-case');
    await page.getByRole('option', { name: /provider-wrong-case/ }).waitFor();
    await page.evaluate(async () => {
      const press = (target: Element | null, key: string) =>
        target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      press(document.activeElement, 'Enter');
      // What is left is taken away, and its event that says so is still to come.
      while (document.querySelector('dialog') !== null) await Promise.resolve();
      press(document.querySelector('#main'), '?');
    });
    await page.getByRole('banner').getByText('provider-wrong-case').waitFor();
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test.each(widths)('has nothing for axe to find, %i pixels wide', async (width) => {
    await Promise.all([ask('github'), ask('GITHUB'), ask('')]);
    const page = await open('', { viewport: { width, height: 800 } });
    const found: string[] = [];
    const look = async (where: string, part?: string) => found.push(...(await axeProblems(page, where, part)));
    const narrow = width < 760;
    const pane = async (name: RegExp) => {
      if (!narrow) return;
      await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }).click();
    };
    await choice(page, 'provider-unknown').click();
    await page.getByText('1 answer is switched').waitFor();
    await page.getByText('Contract faults').click();
    await look('answers');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByText('Fits the document.').waitFor();
    await page.getByRole('button', { name: 'Save as case …' }).click();
    await page.getByLabel('Name of the case').fill('one');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Copy as YAML' }).waitFor();
    await look('an answer that is edited, and its case', '.pane-operation');
    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.locator('.try').getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByLabel('Body that came back').waitFor();
    await look('a request that is tried', '.pane-operation');
    await pane(/Operations/);
    if (narrow) await look('operations');
    await pane(/Requests/);
    await requests(page)
      .getByRole('button', { name: /422 GET .*GITHUB/ })
      .click();
    await page.getByRole('tab', { name: 'Why' }).waitFor();
    for (const tab of ['Request', 'Response', 'Timing', 'Why']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await look(tab, tab === 'Request' ? '.pane-requests' : '.request-detail');
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    await look('what is found', 'dialog[open]');
    await page.keyboard.press('Escape');
    await requests(page)
      .getByRole('link', { name: /yaml:45/ })
      .click();
    await page.locator('.line mark').waitFor();
    await look('document');
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.getByText('1 of 1 operations').waitFor();
    await look('coverage');
    expect(found).toEqual([]);
    // What was tried was refused, as it was switched.
    expect(it.complaints).toEqual([expect.stringContaining('422')]);
    it.complaints = [];
  });

  test('stays responsive with a full journal while requests pour in, and draws few of them', async () => {
    for (let count = 0; count < 1100; count += 50) await Promise.all(Array.from({ length: 50 }, () => ask('github')));
    const page = await open();
    await requests(page).getByText('1,000 of 1,100').waitFor();
    const drawn = () => requests(page).getByRole('listitem').count();
    expect(await drawn()).toBeLessThan(60);
    let pouring = true;
    const pour = async () => {
      while (pouring) await Promise.all(Array.from({ length: 5 }, () => ask('gitlab')));
    };
    const poured = pour();
    try {
      await choice(page, 'no-installations').waitFor();
      await choice(page, 'no-installations').click();
      await page.locator('.active-bar').waitFor();
    } finally {
      pouring = false;
      await poured;
    }
    expect(await drawn()).toBeLessThan(60);
  });

  test('finds the mock again that was started anew', async () => {
    const first = await startMock(['--quiet']);
    const port = new URL(first.url).port;
    const page = await it.bare();
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
    const page = await it.bare();
    await page.goto(`${guarded.url}/__counterproof/`);
    await page.getByLabel('Token').fill('wrong');
    await page.evaluate(countAlerts);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('That was not the token.').waitFor();
    // Said when the mock has refused it, and not before: a form that is drawn anew loses what is typed in the meantime.
    expect(await page.evaluate(() => document.body.dataset.alerts)).toBe('1');
    await page.getByLabel('Token').fill('sesame');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: /OpenHands/ }).waitFor();
  });

  test('a page of another origin changes nothing and reads nothing', async () => {
    await fetch(`${it.url}/__counterproof/api/operations/${operation}/active`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{"status":422}',
    });
    await ask('github');
    const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>evil</p>'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const page = await it.bare();
    for (const name of ['localhost', '127.0.0.1']) {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const api = `${it.url.replace('localhost', name)}/__counterproof/api`;
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
    const active = await (await fetch(`${it.url}/__counterproof/api/operations/${operation}/active`)).json();
    expect(active).toEqual({ active: { status: 422 } });
    const { exchanges } = await (await fetch(`${it.url}/__counterproof/api/journal`)).json();
    expect(exchanges.filter(({ target }: { target: string }) => target.startsWith(path))).toHaveLength(1);
  });
});

/** Runs in the page: counts in the body's `data-alerts` how often an alert is drawn. */
function countAlerts() {
  document.body.dataset.alerts = '0';
  const seen = new Set<Element>();
  new MutationObserver(() => {
    for (const alert of document.querySelectorAll('[role=alert]')) seen.add(alert);
    document.body.dataset.alerts = String(seen.size);
  }).observe(document.body, { childList: true, subtree: true });
}

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
