import type { BrowserContext, Request, Route } from 'playwright/test';
import { httpMethods, type Match, type Operations } from '../../operation/index.js';
import { isNearby, isOfPage } from '../belongs.js';
import { Scope, type ScopeOptions } from '../scope.js';

/** A request of a page for the server of the document. */
export interface PageRequest {
  readonly route: Route;
  readonly request: Request;
  readonly url: URL;
  /** Path and query, as the document has them. */
  readonly target: string;
  /** What it is of the document: its path is there. */
  readonly match: Match;
  /** The address of the page that sends it; null for a service worker's, and for a page that has none yet. */
  readonly page: string | null;
  /** Whether it would go to a server of the document that is neither this machine nor the page's own. */
  readonly isRemote: boolean;
}

/**
 * Hands over the requests of a context that are for the server of the document; all others go on.
 * @param wanted `origins`: further ones that are the document's; which of its operations are answered, and where they are
 */
export async function routePages(
  context: BrowserContext,
  operations: Operations,
  { origins = [], ...wanted }: ScopeOptions & { readonly origins?: readonly string[] },
  answer: (asked: PageRequest) => Promise<void>,
): Promise<void> {
  let isClosed = false;
  context.once('close', () => {
    isClosed = true;
  });

  const scope = new Scope(operations, wanted);
  /** The method is known only later. */
  const isAnyOurs = (target: string): boolean =>
    httpMethods.some((method) => scope.targetOf(method, target) !== undefined);

  async function handOver(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const target = scope.targetOf(request.method(), `${url.pathname}${url.search}`);
    if (target === undefined) return route.fallback();
    const match = operations.match(request.method(), target, request.headers());
    const page = pageOf(request);
    const isRemote = !isNearby(url, page === null ? origins : [...origins, new URL(page).origin]);
    if (isOfPage(request.resourceType())) return route.fallback();
    if (isRemote && !operations.isServer(url.origin)) return route.fallback();
    return answer({ route, request, url, target, match, page, isRemote });
  }

  await context.route(
    ({ pathname, search }) => isAnyOurs(`${pathname}${search}`),
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
