import type { Page } from 'playwright/test';

export const key = { 'X-Session-API-Key': 'k' };
export const path = '/api/user/installations';

/** What a page sees of a response. */
export interface Seen {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A page that no server serves. */
export async function open(page: Page, address = '/'): Promise<void> {
  await page.route(`**${address}`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Page</title>' }));
  await page.goto(address);
}

/** Fetches from inside the page. */
export function fetchFrom(page: Page, url: string, init: RequestInit = { headers: key }): Promise<Seen> {
  return page.evaluate(
    async ([address, options]) => {
      const response = await fetch(address, options);
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
    [url, init] as const,
  );
}
