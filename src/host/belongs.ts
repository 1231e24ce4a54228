import type { Operations } from '../operation/index.js';

/**
 * Whether a request is for the server of a document: its path is one of the document's, and its origin that of the
 * page, of a server that the document names, or of this machine.
 * @param origins further ones
 */
export function belongsTo(operations: Operations, url: URL, method: string, origins: readonly string[] = []): boolean {
  if (operations.match(method, `${url.pathname}${url.search}`).kind === 'not-found') return false;
  const page = (globalThis as { location?: { origin?: string } }).location?.origin;
  return isLoopback(url.hostname) || [page, ...origins, ...serverOrigins(operations)].includes(url.origin);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Origins of the servers that the document names (OpenAPI 3.1, 4.8.5); those with variables have none. */
function serverOrigins({ document }: Operations): string[] {
  const { servers } = document.root;
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server) => {
    const url = typeof server === 'object' && server !== null && !Array.isArray(server) ? server.url : undefined;
    return typeof url === 'string' && URL.canParse(url) ? [new URL(url).origin] : [];
  });
}
