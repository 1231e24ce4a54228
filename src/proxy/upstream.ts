import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { CounterproofError } from '../errors.js';
import { endToEnd } from './fields.js';
import { parseUpstreamProxy, TunnelAgent, type UpstreamProxy } from './upstream-proxy.js';

/** The server behind a proxy. */
export interface Upstream {
  /** As a person reads it, without a slash at its end. */
  readonly url: string;
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number;
  /** Value of the Host field. */
  readonly host: string;
  /** What is put before the path of a request; `''` for nothing. */
  readonly basePath: string;
}

/** @throws CounterproofError USAGE where it is no http or https URL */
export function parseUpstream(text: string): Upstream {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    const message = `The upstream ${JSON.stringify(text)} is not an http or https URL, such as http://localhost:3000`;
    throw new CounterproofError('USAGE', [{ message }]);
  }
  const { protocol, host } = url;
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    url: `${protocol}//${host}${basePath}`,
    protocol,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (protocol === 'https:' ? 443 : 80) : Number(url.port),
    host,
    basePath,
  };
}

/** The target of a request as the upstream gets it: below the path of its URL, unless it stands there already. */
export function targetAt({ basePath }: Upstream, target: string): string {
  const isBelow =
    target.startsWith(basePath) && (target.length === basePath.length || /[/?]/.test(target[basePath.length] ?? ''));
  return basePath === '' || isBelow ? target : `${basePath}${target === '*' ? '' : target}`;
}

/** Fields of which the upstream gets its own. */
const host: ReadonlySet<string> = new Set(['host']);
const replaced: ReadonlySet<string> = new Set(['host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']);

export interface UpstreamOptions {
  readonly upstream: Upstream;
  /** Add the `X-Forwarded-*` fields. */
  readonly forwarded?: boolean;
  /** Take any certificate of an https upstream. */
  readonly insecure?: boolean;
  /** URL of a proxy through which the upstream is asked: `http://user:password@proxy.example:3128`. */
  readonly upstreamProxy?: string;
}

/** Sends requests on to the upstream, over connections that are kept. */
export class UpstreamClient {
  readonly #options: UpstreamOptions;
  readonly #proxy: UpstreamProxy | null;
  readonly #agent: HttpAgent;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#proxy = options.upstreamProxy === undefined ? null : parseUpstreamProxy(options.upstreamProxy);
    const secure = { keepAlive: true, rejectUnauthorized: options.insecure !== true };
    if (options.upstream.protocol === 'http:') this.#agent = new HttpAgent({ keepAlive: true });
    else this.#agent = this.#proxy === null ? new HttpsAgent(secure) : new TunnelAgent(this.#proxy, secure);
  }

  /**
   * Begins the request that a request becomes behind the proxy (RFC 9110, 7.6): its body is still to be written.
   *
   * @param more fields that it gets besides
   */
  request(message: IncomingMessage, target: string, more: readonly string[] = []): ClientRequest {
    const { upstream, forwarded = false } = this.#options;
    const headers = ['Host', upstream.host, ...endToEnd(message.rawHeaders, forwarded ? replaced : host)];
    headers.push('Via', `${message.httpVersion} counterproof`, ...more);
    if (message.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
    if (forwarded) headers.push(...forwardedFields(message));
    // A proxy is told by the target where a request goes (RFC 9112, 3.2.2), and is not seen where there is a tunnel.
    const proxy = upstream.protocol === 'http:' ? this.#proxy : null;
    headers.push(...Object.entries(proxy?.headers ?? {}).flat());
    const send = upstream.protocol === 'https:' ? requestHttps : requestHttp;
    return send({
      hostname: proxy?.hostname ?? upstream.hostname,
      port: proxy?.port ?? upstream.port,
      method: message.method,
      path: `${proxy === null ? '' : `http://${upstream.host}`}${targetAt(upstream, target)}`,
      // In the order and spelling in which they came. Types know objects alone.
      headers: headers as unknown as Record<string, string>,
      agent: this.#agent,
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** RFC 7239 has them as one field; these are the ones that servers read. What a proxy before this one has said stays. */
function forwardedFields({ headers, socket }: IncomingMessage): string[] {
  const addresses = [headers['x-forwarded-for'], socket.remoteAddress].flat().filter(Boolean).join(', ');
  const own = 'encrypted' in socket ? 'https' : 'http';
  const [name, protocol] = [headers['x-forwarded-host'] ?? headers.host ?? '', headers['x-forwarded-proto'] ?? own];
  return [
    ...['X-Forwarded-For', addresses],
    ...['X-Forwarded-Host', String(name)],
    ...['X-Forwarded-Proto', String(protocol)],
  ];
}

/** The upstream said nothing in time. */
export class LateError extends Error {}

/** The head of the answer; or why none came. */
export function answerOf(out: ClientRequest, timeout: number): Promise<IncomingMessage | Error> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => out.destroy(new LateError(`nothing came within ${timeout} ms`)), timeout);
    out.once('response', (arrived: IncomingMessage) => {
      clearTimeout(timer);
      const { statusCode = 0 } = arrived;
      // RFC 9110, 15: what has no class is no answer that could be passed on.
      if (statusCode >= 100) return resolve(arrived);
      out.destroy();
      resolve(new Error(`its status is ${String(statusCode).padStart(3, '0')}`));
    });
    out.on('error', resolve);
    out.once('close', () => {
      clearTimeout(timer);
      resolve(new Error('it closed the connection'));
    });
  });
}

/** Interim answers (RFC 9110, 15.2) go on as they come, and no faster than the client takes them: there may be any number. */
export function passInterim(out: ClientRequest, response: ServerResponse): void {
  let isHeld = false;
  const hold = (from: Socket, to: Socket) => {
    isHeld = true;
    // At the end of each message node reads on by itself, so not before what has come is parsed.
    process.nextTick(() => from.pause());
    const go = () => {
      isHeld = false;
      to.off('drain', go).off('close', go);
      from.resume();
    };
    to.once('drain', go).once('close', go);
  };
  out.on('continue', () => response.writeContinue());
  out.on('information', ({ statusCode, headers }) => {
    if (statusCode === 102) response.writeProcessing();
    if (statusCode === 103 && headers.link !== undefined) response.writeEarlyHints({ link: headers.link });
    if (!isHeld && out.socket !== null && response.socket?.writableNeedDrain) hold(out.socket, response.socket);
  });
}
