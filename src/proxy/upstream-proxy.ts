import { request as requestHttp } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { CounterproofError } from '../errors.js';
import { isLoopback } from '../text/loopback.js';

/** A proxy that stands on the way to the upstream, such as that of a company. */
export interface UpstreamProxy {
  readonly hostname: string;
  readonly port: number;
  /** Fields that it is to get. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws CounterproofError USAGE where it is no http URL */
export function parseUpstreamProxy(text: string): UpstreamProxy {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:') {
    const message = 'The proxy on the way to the upstream is not an http URL, such as http://proxy.example:3128';
    throw new CounterproofError('USAGE', [{ message }]);
  }
  const credential = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 80 : Number(url.port),
    headers: credential === ':' ? {} : { 'Proxy-Authorization': `Basic ${Buffer.from(credential).toString('base64')}` },
  };
}

/** The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name for a server, as curl reads them; none for this machine. */
export function proxyOfEnvironment(
  upstream: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const url = URL.canParse(upstream) ? new URL(upstream) : null;
  if (url === null || isLoopback(url.hostname)) return undefined;
  const of = (name: string) => environment[name.toLowerCase()] || environment[name] || undefined;
  const exempt = (of('NO_PROXY') ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const isExempt = exempt.some((entry) => {
    const [name = '', port] = entry
      .toLowerCase()
      .replace(/^\*?\./, '')
      .split(':');
    const isHost = url.hostname === name || url.hostname.endsWith(`.${name}`);
    return entry === '*' || (isHost && (port === undefined || port === url.port));
  });
  return isExempt ? undefined : of(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

/** Connections to https servers through a proxy, which sees none of what is said in them (RFC 9110, 9.3.6). */
export class TunnelAgent extends HttpsAgent {
  readonly #proxy: UpstreamProxy;

  constructor(proxy: UpstreamProxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: ConnectionOptions, done: (error: Error | null, socket?: Duplex) => void) {
    const { hostname, port, headers } = this.#proxy;
    const authority = `${options.host?.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
    const asked = requestHttp({
      ...{ hostname, port, agent: false, method: 'CONNECT', path: authority },
      headers: { Host: authority, ...headers },
    });
    asked.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return done(null, connect({ ...options, socket }));
      socket.destroy();
      done(new Error(`the proxy ${hostname}:${port} answers CONNECT with ${statusCode}`));
    });
    asked.once('error', (error) => done(new Error(`the proxy ${hostname}:${port}: ${error.message}`)));
    asked.end();
    return undefined;
  }
}
