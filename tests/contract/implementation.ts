import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What an implementation has to say, before it is put on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** null: no body and no Content-Type. */
  readonly body: string | Uint8Array | null;
}

/** Instead of a reply: bytes of its own on the wire, or none. */
export type OnWire = (socket: Socket) => void;

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Not decoded. */
  readonly query: string;
  readonly parameters: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** How many requests came before. */
  readonly number: number;
}

/** An implementation is a function. `null` is a client error of node:http's own. */
export type Implementation = (asked: Asked) => Reply | OnWire | Promise<Reply | OnWire>;

export interface Serving {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves it on a free port, byte for byte as it says. */
export async function serveImplementation(implementation: Implementation): Promise<Serving> {
  let number = 0;
  const sockets = new Set<Socket>();
  const server = createServer({ insecureHTTPParser: true }, async (request) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const answer = await implementation({
      method: request.method ?? '',
      path,
      query,
      parameters: new URLSearchParams(query),
      headers: request.headers,
      body: Buffer.concat(chunks),
      number: number++,
    });
    if (typeof answer === 'function') answer(request.socket);
    else request.socket.write(replyBytes(answer, request.method ?? ''));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  // What node:http does not know (QUERY) or cannot read is refused as most servers do.
  server.on('clientError', (_error, socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The bytes of a reply, with a Content-Length unless it says another framing. */
export function replyBytes({ status, headers, body }: Reply, method: string): Buffer {
  const bytes = body === null ? Buffer.alloc(0) : Buffer.from(body as string);
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const isFramed = names.includes('content-length') || names.includes('transfer-encoding') || status === 204;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (!isFramed) lines.push(`Content-Length: ${bytes.length}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`, 'latin1');
  return method === 'HEAD' ? head : Buffer.concat([head, bytes]);
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
