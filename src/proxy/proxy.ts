import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { endToEnd, fieldsOf } from './fields.js';
import { type Objections, objectionsOf } from './objection.js';
import { Passage } from './passage.js';
import type { ProxyOptions, Turn } from './types.js';
import { UpstreamClient } from './upstream.js';

/**
 * Passes requests on to a real server and its answers back, as they come, and judges both (RFC 9110, 7.6).
 * In memory is what is judged of the exchanges under way; what is longer flows through.
 */
export class ForwardProxy {
  readonly #options: ProxyOptions;
  readonly #client: UpstreamClient;
  readonly #objections: Objections;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#client = new UpstreamClient(options);
    this.#objections = objectionsOf(options);
  }

  /** Never throws: what goes wrong is answered, and costs its own request alone. */
  handle(turn: Turn): void {
    new Passage(turn, this.#options, this.#client, this.#objections).run().catch((error: unknown) => {
      if (turn.response.headersSent) turn.response.destroy();
      else turn.refuse(500, `The proxy failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  /** Passes an upgrade (RFC 9110, 7.8) through: what is spoken then is not judged. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { upgrade = '' } = message.headers;
    this.#options.live.leave('the connection was upgraded');
    const fields = ['Connection', 'Upgrade', 'Upgrade', upgrade];
    const out = this.#client.request(message, message.url ?? '/', fields);
    const begin = ({ statusCode, statusMessage }: IncomingMessage, rawFields: readonly string[]) => {
      const fields = fieldsOf(rawFields).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${fields.join('')}\r\n`, 'latin1');
    };
    socket.once('error', () => out.destroy());
    out.once('error', () => socket.destroy());
    out.once('upgrade', (incoming, upstream, upstreamHead) => {
      begin(incoming, incoming.rawHeaders);
      socket.write(upstreamHead);
      upstream.write(head);
      join(socket, upstream);
      join(upstream, socket);
    });
    out.once('response', (incoming: IncomingMessage) => {
      // The body comes out of its chunks here, and ends with the connection.
      begin(incoming, [...endToEnd(incoming.rawHeaders), 'Connection', 'close']);
      pipeline(incoming, socket).catch(() => socket.destroy());
    });
    out.end();
  }

  close(): void {
    this.#client.close();
  }
}

/** What one side says goes to the other; when one breaks, both have ended. */
function join(from: Duplex, to: Duplex): void {
  from.pipe(to);
  from.once('error', () => to.destroy());
  from.once('close', () => to.destroy());
}
