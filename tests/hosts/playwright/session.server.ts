import { expect, test } from 'counterproof/playwright';
import { fetchFrom, open, path } from './page.js';

const mockUrl = process.env.MOCK_URL ?? '';

test.beforeEach(({ page }) => open(page));

/** Both run at the same time, each in its own worker, and each asks again and again. */
const wanted = [
  { name: 'provider-unknown', status: 422 },
  { name: 'no-installations', status: 200 },
] as const;

for (const { name, status } of wanted) {
  for (const round of [1, 2]) {
    test(`${name} stays active in its own session (${round})`, async ({ page, mock }) => {
      await mock.use(name);
      for (let turn = 0; turn < 15; turn += 1) {
        expect(await fetchFrom(page, `${mockUrl}${path}?provider=github`)).toMatchObject({ status });
        await page.waitForTimeout(20);
      }
      const exchanges = await mock.requests(`GET ${path}`);
      expect(exchanges.map(({ response }) => response.name)).toEqual(Array(15).fill(name));
      await mock.reset();
      expect(await fetchFrom(page, `${mockUrl}${path}?provider=github`)).toMatchObject({ status: 200 });
    });
  }
}

test('a name that is not there is an error here too', async ({ mock }) => {
  await expect(mock.use('provider-unknwon')).rejects.toThrow('did you mean "provider-unknown"');
  await expect(mock.fault('rest')).rejects.toThrow('did you mean "reset"');
});

test('a violation fails the test here too', async ({ page }) => {
  await fetchFrom(page, `${mockUrl}${path}?provider=GITHUB`);
});
