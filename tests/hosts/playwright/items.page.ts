import { expect, test } from 'counterproof/playwright';
import { fetchFrom } from './page.js';

const mockUrl = process.env.ITEMS_URL ?? '';

/** A mock that runs elsewhere, of a document that has path templates, several files and a server of its own. */
test.use({ baseURL: process.env.PAGE_URL ?? '', counterproof: { url: mockUrl, token: 'secret' } });

test.beforeEach(({ page }) => page.goto('/').then(() => {}));

test('a document with path templates and several files is known', async ({ page, mock }) => {
  await mock.use({ operation: 'GET /items/{id}', status: 404 });
  expect(await fetchFrom(page, `${mockUrl}/items/7?kind=small`)).toMatchObject({ status: 404 });
  await mock.reset();
  expect(await fetchFrom(page, `${mockUrl}/items/8?kind=large`)).toMatchObject({ status: 200 });
  expect(await mock.requests('getItem')).toMatchObject([
    { response: { status: 200, json: { name: expect.any(String) } } },
  ]);
  await expect(mock.use({ status: 99 })).rejects.toThrow('must be 200 or more');
});

test('the mock answers for the servers of the document', async ({ page, mock }) => {
  const address = 'https://us.items.test/v1/items/7';
  const { status, body, headers } = await fetchFrom(page, address);
  expect([status, Object.keys(JSON.parse(body))]).toEqual([200, ['name']]);
  expect(headers.counterproof).toContain('source=fake');
  await mock.fault('reset');
  await expect(fetchFrom(page, address)).rejects.toThrow('Failed to fetch');
  // A mock that runs elsewhere writes down what it cut off once that is done.
  await expect.poll(async () => (await mock.requests('getItem')).length).toBe(2);
});

test('a method that a path does not have fails the test, and says where the path is', async ({ page }) => {
  await fetchFrom(page, `${mockUrl}/items/7`, { method: 'PUT' });
});
