import { isRemote, type Refusal } from '../refer/reference.js';
import type { Allowance } from './allowance.js';
import { readBytes } from './read-text.js';
import type { Supply } from './source.js';

export interface RemoteOptions {
  /** Hosts (`example.com`, or `example.com:8443`) from which referred files may be fetched. */
  readonly allowRemote?: readonly string[];
  readonly fetch?: typeof fetch;
}

const maximumRedirects = 5;
const timeout = 30_000;

/** Reads a file of another host, if that host is allowed, and each to which it redirects. */
export async function readRemote(uri: string, options: RemoteOptions, allowance: Allowance): Promise<Supply | Refusal> {
  let url = new URL(uri);
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const refusal = refuseHost(url, options.allowRemote ?? []);
    if (refusal !== null) return refusal;
    const answer = await get(url, options.fetch ?? fetch, allowance);
    if (answer instanceof URL) {
      url = answer;
    } else if ('message' in answer) {
      return answer;
    } else {
      return { key: uri, base: url.href, source: await readBytes(uri, answer.bytes) };
    }
  }
  return failure(`${uri} redirects more than ${maximumRedirects} times`);
}

function refuseHost(url: URL, allowed: readonly string[]): Refusal | null {
  const hosts = allowed.map((host) => host.toLowerCase());
  if (isRemote(url.href) && (hosts.includes(url.host) || hosts.includes(url.hostname))) return null;
  return {
    message: isRemote(url.href)
      ? `${url.href} is on the host ${url.host}, which is not allowed`
      : `${url.href} is none of http or https, and is not read`,
    remedy: isRemote(url.href)
      ? `Allow it with --allow-remote ${url.host}, or save the file here and give its path.`
      : 'Save the file here and give its path.',
    forbidden: true,
  };
}

/** The bytes, where to go instead, or why not. */
async function get(
  url: URL,
  send: typeof fetch,
  allowance: Allowance,
): Promise<{ readonly bytes: Uint8Array } | URL | Refusal> {
  try {
    const response = await send(url, {
      redirect: 'manual',
      credentials: 'omit',
      headers: { accept: 'application/yaml, application/json, text/yaml;q=0.9, */*;q=0.5' },
      signal: AbortSignal.timeout(timeout),
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      return new URL(location, url);
    }
    if (!response.ok) {
      await response.body?.cancel();
      return failure(`${url.href} answers ${response.status}`);
    }
    const bytes = await readBounded(response, allowance);
    return bytes === null ? allowance.refusal(url.href) : { bytes };
  } catch (error) {
    const cause =
      error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : new Error(String(error));
    const code = String((cause as NodeJS.ErrnoException).code);
    if (/^(?:ERR_SSL|EPROTO$)/.test(code))
      return failure(
        `${url.href} cannot be fetched: ${url.host} does not speak TLS`,
        `Did you mean ${url.href.replace('https:', 'http:')}?`,
      );
    const isUntrusted = /CERT|_SIGNATURE$/.test(code);
    return failure(
      `${url.href} cannot be fetched: ${cause.message}`,
      isUntrusted ? 'Name its authority in NODE_EXTRA_CA_CERTS, or save the file here and give its path.' : undefined,
    );
  }
}

async function readBounded(response: Response, allowance: Allowance): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    chunks.push(part.value);
    length += part.value.length;
    if (length > allowance.left) {
      await reader?.cancel();
      return null;
    }
  }
  allowance.take(length);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function failure(message: string, remedy = 'Try again, or save the file here and give its path.'): Refusal {
  return { message, remedy, forbidden: false };
}
