import { expect, test } from 'counterproof/playwright';
import { fetchFrom, key, path } from './page.js';

const mockUrl = process.env.MOCK_URL ?? '';
const address = `${mockUrl}${path}?provider=github`;

/** A mock that runs elsewhere, of the same document. */
test.use({ baseURL: process.env.PAGE_URL ?? '', counterproof: { url: mockUrl, token: 'secret' } });

test.beforeEach(({ page }) => page.goto('/').then(() => {}));

/** How often something was asked in a session of which both tests know. */
async function toldIn(session: string): Promise<number> {
  const headers = { Authorization: 'Bearer secret' };
  const response = await fetch(`${mockUrl}/__counterproof/api/sessions`, { headers });
  const { sessions } = (await response.json()) as { sessions: { name: string; exchanges: number }[] };
  return sessions.find(({ name }) => name === session)?.exchanges ?? 0;
}

/** Waits until both tests have come so far. Each tells it once and never takes it back, so that neither is missed. */
async function both(haveCome: string): Promise<void> {
  await fetch(address, { headers: { ...key, 'Counterproof-Session': haveCome } });
  await expect.poll(() => toldIn(haveCome)).toBe(2);
}

/** Both run at the same time, each in its own worker, and each asks again and again. */
const wanted = [
  { name: 'provider-unknown', status: 422 },
  { name: 'no-installations', status: 200 },
] as const;

for (const { name, status } of wanted) {
  test(`${name} stays active in its own session`, async ({ page, mock }) => {
    await mock.use(name);
    await both('chosen');
    for (let turn = 0; turn < 15; turn += 1) {
      expect(await fetchFrom(page, address)).toMatchObject({ status });
    }
    // Neither is reset while the other still asks.
    await both('asked');
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
