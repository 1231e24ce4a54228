import type { HttpRequest } from '../../operation/index.js';

/** A `Request` (WHATWG Fetch) as the mock takes it. Its body is read whole. */
export async function httpRequestOf(request: Request): Promise<HttpRequest> {
  const url = new URL(request.url);
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  headers.host ??= url.host;
  const hasBody = request.body !== null && request.body !== undefined;
  const bytes = hasBody || mayHaveBody(request) ? new Uint8Array(await request.clone().arrayBuffer()) : null;
  const body = bytes === null || (bytes.length === 0 && headers['content-type'] === undefined) ? null : bytes;
  return { method: request.method, target: `${url.pathname}${url.search}`, headers, body };
}

/** Not every runtime has `Request.body`. */
function mayHaveBody({ method }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD';
}
