import type { BrowserContext, Request, Route } from 'playwright/test';
import type { Match, Operations } from '../../operation/index.js';
import { hasPath, isNearby, isOfPage } from '../belongs.js';

/** A request of a page for the server of the document. */
export interface PageRequest {
  readonly route: Route;
  readonly request: Request;
  readonly url: URL;
  /** What it is of the document: its path is there. */
  readonly match: Match;
  /** The address of the page that sends it; null for a service worker's, and for a page that has none yet. */
  readonly page: string | null;
  /** Whether it would go to a server of the document that is neither this machine nor the page's own. */
  readonly isRemote: boolean;
}

/**
 * Hands over the requests of a context that are for the server of the document; all others go on.
 * @param origins further ones that are the document's
 */
export async function routePages(
  context: BrowserContext,
  operations: Operations,
  origins: readonly string[],
  answer: (asked: PageRequest) => Promise<void>,
): Promise<void> {
  let isClosed = false;
  context.once('close', () => {
    isClosed = true;
  });

  async function handOver(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const match = operations.match(request.method(), `${url.pathname}${url.search}`, request.headers());
    const page = pageOf(request);
    const isRemote = !isNearby(url, page === null ? origins : [...origins, new URL(page).origin]);
    if (isOfPage(request.resourceType()) || match.kind === 'not-found') return route.fallback();
    if (isRemote && !operations.isServer(url.origin)) return route.fallback();
    return answer({ route, request, url, match, page, isRemote });
  }

  await context.route(
    (url) => hasPath(operations, url),
    (route) =>
      handOver(route).catch((error: unknown) => {
        // A page that leaves while its request is answered is no error.
        const isGone = isClosed || /has been closed|Target closed|already handled|Test ended/i.test(String(error));
        if (!isGone) throw error;
      }),
  );
}

function pageOf(request: Request): string | null {
  try {
    const url = request.frame().url();
    return /^https?:/.test(url) ? url : null;
  } catch {
    return null;
  }
}
