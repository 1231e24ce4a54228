import { expect, test } from 'counterproof/playwright';
import { fetchFrom, path } from './page.js';

const mockUrl = process.env.MOCK_URL ?? '';
const address = `${mockUrl}${path}?provider=github`;

test.beforeEach(({ page }) => page.goto('/').then(() => {}));

interface Session {
  readonly active: number;
  readonly exchanges: number;
}

/** How many sessions are like that. */
async function sessionsThat(are: (session: Session) => boolean): Promise<number> {
  const headers = { Authorization: 'Bearer secret' };
  const response = await fetch(`${mockUrl}/__counterproof/api/sessions`, { headers });
  const { sessions } = (await response.json()) as { sessions: Session[] };
  return sessions.filter(are).length;
}

/** Both run at the same time, each in its own worker, and each asks again and again. */
const wanted = [
  { name: 'provider-unknown', status: 422 },
  { name: 'no-installations', status: 200 },
] as const;

for (const { name, status } of wanted) {
  test(`${name} stays active in its own session`, async ({ page, mock }) => {
    await mock.use(name);
    await expect.poll(() => sessionsThat(({ active }) => active > 0), { timeout: 60_000 }).toBe(2);
    for (let turn = 0; turn < 15; turn += 1) {
      expect(await fetchFrom(page, address)).toMatchObject({ status });
    }
    // Neither is reset before the other has seen it.
    await expect.poll(() => sessionsThat(({ exchanges }) => exchanges >= 15), { timeout: 60_000 }).toBe(2);
    const exchanges = await mock.requests(`GET ${path}`);
    expect(exchanges.map(({ response }) => response.name)).toEqual(Array(15).fill(name));
    await mock.reset();
    expect(await fetchFrom(page, address)).toMatchObject({ status: 200 });
    expect((await mock.requests()).map(({ response }) => response.source)).toEqual(['fake']);
  });
}

test('what is asked without a page is asked in the session of the test', async ({ page, request, mock }) => {
  await mock.use('provider-unknown');
  const headers = { 'X-Session-API-Key': 'key' };
  for (const asking of [page.request, request]) {
    expect((await asking.get(address, { headers })).status()).toBe(422);
    expect((await asking.fetch(address, { method: 'GET', headers })).status()).toBe(422);
  }
  expect(await mock.requests()).toHaveLength(4);
});

test('a violation fails the test', async ({ page, mock }) => {
  await expect(mock.use('provider-unknwon')).rejects.toThrow('did you mean "provider-unknown"');
  await expect(mock.fault('rest')).rejects.toThrow('did you mean "reset"');
  await fetchFrom(page, `${mockUrl}${path}?provider=GITHUB`);
});
