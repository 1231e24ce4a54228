import { expect, test } from 'counterproof/playwright';
import { fetchFrom, key, open, path } from './page.js';

test.beforeEach(({ page }) => open(page, '/picker'));

test('sends GITHUB', async ({ page }) => {
  await fetchFrom(page, `${path}?provider=GITHUB`);
  await fetchFrom(page, `${path}?provider=GITHUB`);
  await fetchFrom(page, path);
});

test('sends no key while a fault needs none, and what the document has no method for', async ({ page, mock }) => {
  await mock.fault('auth-not-needed');
  expect(await fetchFrom(page, `${path}?provider=bitbucket`, {})).toMatchObject({ status: 200 });
  await fetchFrom(page, `${path}?provider=github`, { method: 'POST', headers: key });
});
