import type { Document } from '../index.js';
import { isLoopback } from '../text/loopback.js';
import type { JsonObject } from '../text/value.js';

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

function portOf(server: unknown): number | undefined {
  const { url, variables } = (server ?? {}) as { url?: unknown; variables?: JsonObject };
  if (typeof url !== 'string') return undefined;
  const filled = url.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = variables?.[name] as JsonObject | undefined;
    return typeof variable?.default === 'string' ? variable.default : whole;
  });
  if (!URL.canParse(filled)) return undefined;
  const { protocol, hostname, port } = new URL(filled);
  return protocol === 'http:' && isLoopback(hostname) && port !== '' ? Number(port) : undefined;
}
