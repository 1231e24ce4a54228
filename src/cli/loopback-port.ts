import type { Document } from '../index.js';
import { isLoopback } from '../text/loopback.js';
import { filledUrl } from '../text/server-url.js';
import { isObject, type Json } from '../text/value.js';

/**
 * The port of the first server of a document (OpenAPI 3.1, 4.8.5) that stands for this machine:
 * plain HTTP, a loopback host, and a port that is named. undefined where there is none.
 */
export function loopbackPort(document: Document): number | undefined {
  const { servers } = document.root;
  if (!Array.isArray(servers)) return undefined;
  for (const server of servers) {
    const port = portOf(server);
    if (port !== undefined) return port;
  }
  return undefined;
}

function portOf(server: Json): number | undefined {
  if (!isObject(server)) return undefined;
  const url = filledUrl(server);
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  return protocol === 'http:' && isLoopback(hostname) && port !== '' ? Number(port) : undefined;
}
