import { expect, test } from 'counterproof/playwright';
import type { Page } from 'playwright/test';
import { providers } from '../src/providers';

test.beforeEach(({ page }) => page.goto('/'));

for (const { name, many } of Object.values(providers)) {
  test(`lists the ${many} of ${name}, and one of them can be chosen`, async ({ page, mock }) => {
    await page.getByRole('radio', { name }).check();
    await expect(page.getByRole('status')).toHaveText(new RegExp(`^\\d \\w+ on ${name}$`));

    const [request] = await mock.requests();
    const ids = request?.response.json as string[];
    await expect(page.getByRole('status')).toContainText(String(ids.length));
    for (const id of ids) await expect(page.getByRole('radio', { name: id })).toBeVisible();

    await page.getByRole('radio', { name: ids[0] ?? '' }).check();
    await expect(page.getByRole('button', { name: `Work with ${ids[0]}` })).toBeEnabled();
  });
}

test('asks for the provider that was chosen, with the key of the session', async ({ page, mock }) => {
  await page.getByRole('radio', { name: 'Bitbucket' }).check();
  await expect(page.getByRole('status')).toContainText('on Bitbucket');

  const requests = await mock.requests('get_user_installations_api_user_installations_get');
  expect(requests.map(({ request }) => new URL(request.url).search)).toEqual(['?provider=bitbucket']);
  expect(requests[0]?.request.headers['x-session-api-key']).toBe('example-session-key');
});

test('never shows the installations of one provider as those of another', async ({ page, mock }) => {
  await page.getByRole('radio', { name: 'GitHub' }).check();
  await expect(page.getByRole('status')).toContainText('on GitHub');
  await page.evaluate(() => {
    // What is there for one frame alone is seen by an observer, and by a hasty user.
    new MutationObserver(() => {
      const { seen = '' } = document.body.dataset;
      document.body.dataset.seen = `${seen}${document.querySelector('[role=status]')?.textContent ?? ''}|`;
    }).observe(document.querySelector('main') as HTMLElement, { childList: true, subtree: true, characterData: true });
  });

  await mock.fault('hang');
  await page.getByRole('radio', { name: 'GitLab' }).check();
  await expect(page.getByRole('status')).toHaveText('Loading the groups of GitLab…');
  expect(await page.evaluate(() => document.body.dataset.seen)).toBe('Loading the groups of GitLab…|');
});

/** From here on time passes only when a test says so. */
async function stopTheClock(page: Page): Promise<void> {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
}

test('says that it loads, after two seconds that it still does, and can be cancelled', async ({ page, mock }) => {
  await stopTheClock(page);
  await mock.fault('hang');
  await page.getByRole('radio', { name: 'GitHub' }).check();
  await expect(page.getByRole('status')).toHaveText('Loading the installations of GitHub…');
  await page.clock.runFor(1900);
  await expect(page.getByRole('button')).toHaveCount(0);
  await page.clock.runFor(100);
  await expect(page.getByRole('status')).toHaveText('GitHub takes longer than usual. Still loading…');

  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeVisible();

  await mock.reset();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('status')).toContainText('on GitHub');
});

test('asks again when it is slow, and forgets the first request', async ({ page, mock }) => {
  await stopTheClock(page);
  await mock.fault('hang');
  await page.getByRole('radio', { name: 'GitHub' }).check();
  await page.clock.runFor(2000);
  await expect(page.getByRole('status')).toContainText('longer than usual');
  // A request on its way would find the fault gone, and be answered before anyone asks again.
  await expect.poll(() => mock.requests()).toHaveLength(1);

  await mock.reset();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('status')).toContainText('on GitHub');
});

test('shows the provider that was chosen last, whichever answer comes last', async ({ page, mock }) => {
  await mock.delay(1500);
  const asked = page.waitForRequest(/provider=github/);
  await page.getByRole('radio', { name: 'GitHub' }).check();
  const first = await asked;
  await mock.reset();
  await page.getByRole('radio', { name: 'GitLab' }).check();
  await expect(page.getByRole('status')).toContainText('on GitLab');
  // The page may have given it up: then it ends without an answer.
  await (await first.response())?.finished();
  await page.evaluate('new Promise(requestAnimationFrame)');
  await expect(page.getByRole('status')).toContainText('on GitLab');
});

test('says that there is nothing to choose from', async ({ page, mock }) => {
  await mock.use('no-installations');
  await page.getByRole('radio', { name: 'GitLab' }).check();
  await expect(page.getByRole('heading', { name: 'No groups yet' })).toBeVisible();

  await mock.reset();
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('status')).toContainText('on GitLab');
});

test('lets a person without a provider token know, and takes another key', async ({ page, mock }) => {
  await mock.use('git-provider-token-missing');
  await page.getByRole('radio', { name: 'GitHub' }).check();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('GitHub is not connected');
  await expect(alert).toContainText('Git provider token required. (such as GitHub).');

  await mock.reset();
  await page.getByLabel('Session API key').fill('another-key');
  await page.getByRole('button', { name: 'Use this key' }).click();
  await expect(page.getByRole('status')).toContainText('on GitHub');
  const [request] = await mock.requests();
  expect(request?.request.headers['x-session-api-key']).toBe('another-key');
});

test('shows what the server found wrong, field by field', async ({ page, mock }) => {
  await mock.use('several-errors');
  await page.getByRole('radio', { name: 'GitHub' }).check();
  await expect(page.getByRole('alert').getByRole('listitem')).toHaveText([
    "provider Input should be 'github', 'gitlab', 'bitbucket' or 'enterprise_sso'",
    'installation_id › 1 Input should be a valid integer, unable to parse string as an integer',
  ]);
});

test('shows a 422, and lists the installations when the server has come to its senses', async ({ page, mock }) => {
  await mock.use('provider-unknown');
  await page.getByRole('radio', { name: 'GitHub' }).check();
  await expect(page.getByRole('alert')).toContainText('The server did not understand the request');

  await mock.reset();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('status')).toContainText('on GitHub');
});

test('says it in the words of the server when it refuses', async ({ page, mock }) => {
  await mock.use('provider-without-installations');
  await page.getByRole('radio', { name: 'GitLab' }).check();
  await expect(page.getByRole('alert')).toContainText("Provider gitlab doesn't support installations");
});

const faults = {
  reset: 'The server cannot be reached',
  'encoding-truncated-transfer': 'The server cannot be reached',
  'status-server-error': 'The server has a problem',
  'encoding-single-quotes': 'The answer makes no sense',
  'type-number-for-string': 'The answer makes no sense',
};
for (const [fault, title] of Object.entries(faults)) {
  test(`survives the fault ${fault}`, async ({ page, mock }) => {
    await mock.fault(fault);
    await page.getByRole('radio', { name: 'GitHub' }).check();
    await expect(page.getByRole('alert').getByRole('heading')).toHaveText(title);

    await mock.reset();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('status')).toContainText('on GitHub');
  });
}

test('can be used with the keyboard alone', async ({ page }) => {
  // What is pressed before there is anything to move to is lost.
  await expect(page.getByRole('radio').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('status')).toContainText('on GitHub');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('status')).toContainText('on GitLab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Work with/ })).toBeFocused();
});
