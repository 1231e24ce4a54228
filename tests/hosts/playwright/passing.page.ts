import { expect, test } from 'counterproof/playwright';
import { fetchFrom, key, open, path } from './page.js';

const operation = 'get_user_installations_api_user_installations_get';

test.beforeEach(({ page }) => open(page));

test('the page is answered by the mock', async ({ page, mock }) => {
  const { status, body, headers } = await fetchFrom(page, `${path}?provider=github`);
  expect(status).toBe(200);
  expect(JSON.parse(body)[0]).toMatch(/^\d+$/);
  expect(headers.counterproof).toContain('source=fake');
  const [exchange] = await mock.requests(operation);
  expect(exchange).toMatchObject({
    operation,
    request: { method: 'GET', url: `http://page.test${path}?provider=github` },
    response: { status: 200, source: 'fake', json: JSON.parse(body) },
    page: 'http://page.test/',
    violations: [],
  });
  expect(await mock.requests(`GET ${path}`)).toHaveLength(1);
});

test('a case is used by its name until it is reset', async ({ page, mock }) => {
  await mock.use('provider-unknown');
  expect(await fetchFrom(page, `${path}?provider=github`)).toMatchObject({ status: 422 });
  expect((await mock.requests())[0]?.response).toMatchObject({ source: 'case', name: 'provider-unknown' });
  await mock.reset();
  expect(await mock.requests()).toEqual([]);
  expect(await fetchFrom(page, `${path}?provider=github`)).toMatchObject({ status: 200 });
});

test('a status, a delay and a seed are used', async ({ page, mock }) => {
  await mock.use({ operation, status: 422 });
  expect(await fetchFrom(page, `${path}?provider=gitlab`)).toMatchObject({ status: 422 });
  await mock.reset();
  const before = await fetchFrom(page, `${path}?provider=gitlab`);
  await mock.seed(7);
  await mock.delay(300);
  const began = Date.now();
  const after = await fetchFrom(page, `${path}?provider=gitlab`);
  expect(Date.now() - began).toBeGreaterThanOrEqual(290);
  expect(after.body).not.toBe(before.body);
});

test('a reset is a network error', async ({ page, mock }) => {
  await mock.fault('reset');
  const failed = page.waitForEvent('requestfailed');
  await expect(fetchFrom(page, `${path}?provider=gitlab`)).rejects.toThrow('Failed to fetch');
  expect((await failed).failure()?.errorText).toBe('net::ERR_CONNECTION_RESET');
});

test('what hangs does so until the test ends, and does not delay its end', async ({ page, mock }) => {
  await mock.fault('hang');
  await page.evaluate(
    ([url, headers]) => {
      document.title = 'hangs';
      const settled = () => {
        document.title = 'settled';
      };
      fetch(url, { headers }).then(settled, settled);
    },
    [`${path}?provider=gitlab`, key] as const,
  );
  await expect.poll(async () => (await mock.requests()).length).toBe(1);
  await mock.reset();
  expect(await fetchFrom(page, `${path}?provider=gitlab`)).toMatchObject({ status: 200 });
  expect(await page.title()).toBe('hangs');
});

test('a fault that overlooks a violation does not hide it', async ({ page, mock }) => {
  await mock.fault('auth-not-needed');
  mock.allowViolations({ operation, in: 'security' });
  expect(await fetchFrom(page, `${path}?provider=bitbucket`, {})).toMatchObject({ status: 200 });
  expect((await mock.requests())[0]?.violations).toHaveLength(1);
});

test('declared violations do not fail the test', async ({ page, mock }) => {
  mock.allowViolations(/provider/);
  expect(await fetchFrom(page, `${path}?provider=GITHUB`)).toMatchObject({ status: 422 });
});

test('a name that is not there is an error that says what is nearest', async ({ mock }) => {
  await expect(mock.use('provider-unknwon')).rejects.toThrow('did you mean "provider-unknown"');
  await expect(mock.use({ operation: 'get_installations', status: 200 })).rejects.toThrow('There is no operation');
  await expect(mock.use({ operation: 'GET /api/user/installation', status: 200 })).rejects.toThrow(
    `did you mean "GET ${path}"`,
  );
  await expect(mock.fault('rest')).rejects.toThrow('did you mean "reset"');
  await expect(mock.use({ status: 99 })).rejects.toThrow('status');
  await expect(mock.requests('nothing')).rejects.toThrow('There is no operation "nothing"');
});

test('other requests go on', async ({ page, mock }) => {
  await page.route('**/assets/one.json', (route) => route.fulfill({ json: { one: 1 } }));
  expect(await fetchFrom(page, '/assets/one.json')).toMatchObject({ status: 200, body: '{"one":1}' });
  await page.route(`http://elsewhere.test${path}`, (route) =>
    route.fulfill({ body: 'elsewhere', headers: { 'access-control-allow-origin': '*' } }),
  );
  expect(await fetchFrom(page, `http://elsewhere.test${path}`, {})).toMatchObject({ body: 'elsewhere' });
  expect(await mock.requests()).toEqual([]);
});

test('a server of the document and another context are answered too', async ({ page, mock, browser }) => {
  expect(await fetchFrom(page, `https://app.all-hands.dev${path}?provider=github`)).toMatchObject({ status: 200 });
  const context = await browser.newContext({ baseURL: 'http://page.test' });
  await mock.attach(context);
  const other = await context.newPage();
  await open(other);
  expect(await fetchFrom(other, `${path}?provider=enterprise_sso`)).toMatchObject({ status: 200 });
  await context.close();
  expect(await mock.requests()).toHaveLength(2);
});
