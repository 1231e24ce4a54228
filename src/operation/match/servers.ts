/** More combinations of server variables than this are not expected by anyone. */
const combinationLimit = 64;

/**
 * The base paths of a list of Server Objects (OpenAPI 3.1, 4.8.5), without trailing slash, '' where a server has
 * none. Variables take each value of their `enum`, or their default.
 */
import { isObject, type Json } from '../../text/value.js';
export function basePaths(servers: Json | undefined): string[] {
  const paths = new Set<string>();
  for (const server of Array.isArray(servers) ? servers : []) {
    if (isObject(server) && typeof server.url === 'string') {
      for (const url of substitute(server.url, isObject(server.variables) ? server.variables : {})) {
        paths.add(pathOf(url));
      }
    }
  }
  return [...paths];
}

function substitute(url: string, variables: Record<string, Json>): string[] {
  let urls = [url];
  for (const [name, variable] of Object.entries(variables)) {
    if (!isObject(variable) || !url.includes(`{${name}}`)) continue;
    const values = new Set<string>();
    for (const value of [variable.default, ...(Array.isArray(variable.enum) ? variable.enum : [])]) {
      if (typeof value === 'string' || typeof value === 'number') values.add(String(value));
    }
    urls = urls.flatMap((text) => [...values].map((value) => text.replaceAll(`{${name}}`, value)));
    urls = urls.slice(0, combinationLimit);
  }
  return urls;
}

/** The path of a server URL, absolute or relative to where the document is served. */
function pathOf(url: string): string {
  const path = url
    .replace(/[?#].*$/s, '')
    .replace(/^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/[^/]*/, '')
    .replace(/\/+$/, '');
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}
