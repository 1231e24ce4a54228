import type { Operations } from '../operation/index.js';
import { isLoopback } from '../text/loopback.js';

/**
 * What a browser loads to show a page, by the request's destination (Fetch, 2.2.5; `Sec-Fetch-Dest`) or as Playwright
 * calls it. Such requests are for whoever serves the page, even where a path template (`/{owner}/{name}`) fits them.
 */
const ofThePage: ReadonlySet<string> = new Set([
  'document',
  'frame',
  'iframe',
  'script',
  'style',
  'stylesheet',
  'font',
  'manifest',
  'worker',
  'sharedworker',
  'serviceworker',
]);

/** Whether a request loads a page, or what a page is made of, rather than data. */
export const isOfPage = (destination: string | undefined): boolean => ofThePage.has(destination ?? '');

/**
 * Whether the origin of a request is that of the server of a document: nearby, or of a server that the document names.
 * @param origins further ones
 */
export function belongsTo(operations: Operations, url: URL, origins: readonly string[] = []): boolean {
  return isNearby(url, origins) || operations.isServer(url.origin);
}

/** Whether an address is of the page's own origin, of this machine, or of one of some origins. */
export function isNearby({ hostname, origin }: URL, origins: readonly string[]): boolean {
  const page = (globalThis as { location?: { origin?: string } }).location?.origin;
  return isLoopback(hostname) || origin === page || origins.includes(origin);
}

/** Whether the document has the path of a URL, with whatever method. */
export function hasPath(operations: Operations, { pathname, search }: URL, method = 'GET'): boolean {
  return operations.match(method, `${pathname}${search}`).kind !== 'not-found';
}
