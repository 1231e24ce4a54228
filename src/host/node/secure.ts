import type { Server, ServerOptions } from 'node:http';
import type { Http2Session } from 'node:http2';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { overHttp2 } from './http2.js';

/** A certificate with its chain, and its private key, both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A server over TLS, and what node:http does not know of it. */
export interface SecureServer {
  readonly server: Server;
  /** Reads requests of HTTP/1.1 from a connection, whose TLS is off already. */
  accept(connection: Duplex): void;
  /** Lets streams that have begun finish, and takes no new ones. */
  release(): void;
  /** Ends every connection at once. */
  cut(): void;
}

/**
 * A server of HTTP/1.1 over TLS, and of HTTP/2 with clients that offer it (ALPN, RFC 7301).
 *
 * @param track told each connection of HTTP/1.1, those within the process too that streams of HTTP/2 become
 */
export function createSecureServer(
  { cert, key }: Certificate,
  options: ServerOptions & { readonly keepAliveTimeout: number },
  track: (connection: Duplex) => void,
): SecureServer {
  const server = createServer({ ...options, cert, key, ALPNProtocols: ['h2', 'http/1.1'] });
  const sockets = new Set<Duplex>();
  const sessions = new Set<Http2Session>();
  const [listener] = server.listeners('secureConnection');
  const accept = (connection: Duplex): void => {
    track(connection);
    listener?.call(server, connection);
  };
  server.removeAllListeners('secureConnection');
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.alpnProtocol !== 'h2') {
      accept(socket);
      return;
    }
    const session = overHttp2(socket, accept, options.keepAliveTimeout);
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    server,
    accept,
    release() {
      for (const session of sessions) session.close();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
