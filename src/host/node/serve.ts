import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Mock } from '../../mock/index.js';
import { answerBrokenRequest } from './broken-request.js';
import { isHanging } from './effect.js';
import { createHandler } from './handler.js';
import { addressesFor, listenOnAll, portOf } from './listen.js';
import {
  defaultBodyLimit,
  defaultHeadLimit,
  defaultRequestTimeout,
  observe,
  type RunningServer,
  type ServeOptions,
} from './options.js';
import { rawMessage, refusal } from './refusal.js';
import type { SecureServer } from './secure.js';

/** Longer than clients keep connections, so that it is they who close them and no request meets a closed one. */
const keepAliveTimeout = 65_000;
/** A client may take so long to send a head; the whole of a request may take longer. */
const maximumHeadersTimeout = 20_000;
/** While it closes, connections are looked at so often. */
const sweepMilliseconds = 20;
/** In so many looks a client that uses its connection has sent its next request. */
const quietSweeps = 5;
/** So many connections are accepted yet when it closes. */
const maximumWaiting = 1024;
/** After so many turns of the loop without a connection none waits. */
const quietTurns = 3;

/**
 * Serves a mock on node:http until it is closed.
 * @param mock asked for each request, so that a mock can be exchanged while it is served; a promise is awaited
 * @throws CounterproofError PORT_UNAVAILABLE
 */
export async function serve(mock: () => Mock | Promise<Mock>, options: ServeOptions = {}): Promise<RunningServer> {
  const { host, port = 0, bodyLimit = defaultBodyLimit, onExchange, forward } = options;
  const { headLimit = defaultHeadLimit, requestTimeout = defaultRequestTimeout } = options;
  const handle = createHandler(mock, options);
  /** Open connections, and the newest response on each. */
  const connections = new Map<Socket, ServerResponse | null>();
  /** Connections on which another protocol is spoken by now. */
  const upgraded = new Set<Duplex>();
  let closing = false;
  /** How many connections there were. */
  let accepted = 0;
  /** How often connections were looked at since the last request. */
  let sweeps = 0;

  /** What there is of servers over TLS besides. */
  const secured: SecureServer[] = [];
  // Without a certificate it is not loaded.
  const secure = options.certificate === undefined ? null : await import('./secure.js');

  function track(connection: Duplex): void {
    const socket = connection as Socket;
    accepted += 1;
    connections.set(socket, null);
    socket.once('close', () => connections.delete(socket));
  }

  function create(): Server {
    const limits = {
      keepAliveTimeout,
      headersTimeout: Math.min(requestTimeout, maximumHeadersTimeout),
      requestTimeout,
      maxHeaderSize: headLimit,
      // Time limits are looked at so often; node's own 30 s would make a short one long.
      connectionsCheckingInterval: Math.min(30_000, Math.max(100, requestTimeout / 4)),
      requireHostHeader: false,
    };
    let server: Server;
    let accept = (socket: Duplex): unknown => server.emit('connection', socket);
    if (secure === null || options.certificate === undefined) {
      server = createServer(limits);
      server.on('connection', track);
    } else {
      const made = secure.createSecureServer(options.certificate, limits, track);
      secured.push(made);
      server = made.server;
      accept = made.accept;
    }
    server.on('request', (request, response) => {
      connections.set(request.socket, response);
      if (closing) response.shouldKeepAlive = false;
      sweeps = 0;
      handle(request, response);
    });
    // RFC 9110, 10.1.1: a client that asks first is told at once when its body would be refused.
    server.on('checkContinue', (request, response) => {
      // What is passed on is the upstream's to be asked for.
      const isOurs = forward === undefined;
      if (isOurs && Number(request.headers['content-length'] ?? 0) <= bodyLimit) response.writeContinue();
      server.emit('request', request, response);
    });
    server.on('checkExpectation', (request, response) => {
      const answer = refusal(417, `The expectation "${request.headers.expect}" is not known here`);
      response.writeHead(answer.status, { 'Content-Type': 'application/problem+json' }).end(answer.body);
    });
    if (forward !== undefined) {
      server.on('upgrade', (request, socket, head) => {
        if (!isHandedOn(request)) return accept(withoutUpgrade(request, socket, head));
        upgraded.add(socket);
        socket.once('close', () => upgraded.delete(socket));
        forward.upgrade(request, socket, head);
      });
    }
    server.on('connect', (_request, socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(rawMessage(refusal(501, 'This is no proxy: CONNECT is not supported')));
    });
    server.on('clientError', (error, socket) => {
      const answer = answerBrokenRequest(error, socket as Socket, connections.get(socket as Socket) ?? null);
      if (answer !== null) observe(onExchange, { request: null, answer, milliseconds: 0 });
    });
    return server;
  }

  const servers = await listenOnAll(addressesFor(host), port, create);
  const [first] = servers;
  if (first === undefined) throw new Error('No server listens though none failed');
  const listening = portOf(first);

  async function close(graceMilliseconds = 5000): Promise<void> {
    closing = true;
    options.mount?.close?.();
    await acceptWaiting();
    for (const socket of upgraded) socket.destroy();
    // node:http's own close would let go of connections between two requests, and reset those whose next one is on its
    // way. This one only stops accepting.
    const closed = servers.map((server) => new Promise((resolve) => NetServer.prototype.close.call(server, resolve)));
    for (const last of connections.values()) {
      if (last !== null && !last.headersSent) last.shouldKeepAlive = false;
    }
    // A connection becomes idle only when its last answer is through, and may yet bring a request whose answer hangs,
    // so they are looked at again.
    sweeps = 0;
    const sweep = setInterval(sweepConnections, sweepMilliseconds);
    sweepConnections();
    const cut = setTimeout(() => {
      for (const server of servers) server.closeAllConnections();
      for (const each of secured) each.cut();
    }, graceMilliseconds);
    await Promise.all(closed);
    clearInterval(sweep);
    clearTimeout(cut);

    /** Whoever has connected is not to be reset: a turn of the loop accepts one connection of those that wait, if any. */
    async function acceptWaiting(): Promise<void> {
      for (let quiet = 0, most = accepted + maximumWaiting; quiet < quietTurns && accepted < most; ) {
        const before = accepted;
        for (const _ of servers) await new Promise((resolve) => setImmediate(resolve));
        quiet = accepted === before ? quiet + 1 : 0;
      }
    }

    /** Lets go of connections on which nothing will be sent any more. */
    function sweepConnections(): void {
      for (const socket of connections.keys()) if (isHanging(socket)) socket.destroy();
      sweeps += 1;
      if (sweeps <= quietSweeps) return;
      for (const server of servers) server.closeIdleConnections();
      for (const each of secured) each.release();
    }
  }

  return {
    port: listening,
    url: urlOf(options, listening),
    addresses: servers.map((server) => (server.address() as { address: string }).address),
    close,
  };
}

/**
 * Where a server of these options would listen: what several processes are told that listen together.
 * @throws CounterproofError PORT_UNAVAILABLE
 */
export async function placeToListen(options: ServeOptions): Promise<Omit<RunningServer, 'close'>> {
  const { host, port = 0 } = options;
  const servers = await listenOnAll(addressesFor(host), port, () => new NetServer());
  const addresses = servers.map((server) => (server.address() as { address: string }).address);
  const [first] = servers;
  if (first === undefined) throw new Error('No server listens though none failed');
  const free = portOf(first);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { port: free, url: urlOf(options, free), addresses };
}

/** HTTP/2 is offered by clients that take HTTP/1.1 as well (RFC 9113, 3.1), and a body belongs to a request that is answered. */
function isHandedOn({ headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return !hasBody && !/(^|,)\s*h2c\s*(,|$)/i.test(headers.upgrade ?? '');
}

/**
 * A connection from which the request is read again, without the offer of another protocol: a server may take it for none
 * (RFC 9110, 7.8), and Node has let go of the connection already.
 */
function withoutUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Duplex {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  return socket;
}

const urlOf = ({ host, certificate }: ServeOptions, port: number): string =>
  `${certificate === undefined ? 'http' : 'https'}://${nameFor(host)}:${port}`;

/** What stands for an address in a URL that a person opens. */
function nameFor(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
