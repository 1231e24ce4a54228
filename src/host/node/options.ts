import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Mock } from '../../mock/index.js';
import type { Answer, HttpRequest } from '../../operation/index.js';
import type { ForwardProxy } from '../../proxy/index.js';
import type { StreamOptions } from '../stream.js';
import type { Certificate } from './secure.js';

export const defaultBodyLimit = 10 * 1024 * 1024;
export const defaultHeadLimit = 16 * 1024;
export const defaultRequestTimeout = 120_000;

/** One request and what became of it, for a log or a journal. */
export interface ServedExchange {
  /** null where what arrived was no HTTP request at all. */
  readonly request: HttpRequest | null;
  readonly answer: Answer;
  /** From the head of the request until the answer was decided; its delay and its way to the client come after. */
  readonly milliseconds: number;
}

/** Another handler on the same server: the console and its API. */
export interface Mount {
  /** Without a slash at its end: `/__counterproof`. It and all paths below it are the handler's. */
  readonly path: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Ends answers that would never end by themselves, when the server is closed. */
  readonly close?: () => void;
}

export interface ServeOptions {
  /** 0 (the default) for a free one. */
  readonly port?: number;
  /** An address or a name. Without it: both loopback addresses, as far as the machine has them. */
  readonly host?: string;
  /** Bytes of a request body, before and after decoding; more is answered with 413. 10 MiB. */
  readonly bodyLimit?: number;
  /** Bytes of a request line and its header fields together; more is answered with 431. 16 KiB. */
  readonly headLimit?: number;
  /** Milliseconds that a whole request may take to arrive; after that it is answered with 408. 120 s. */
  readonly requestTimeout?: number;
  /** Serves over TLS with it, and HTTP/2 to clients that offer it. Without it: HTTP/1.1 in the clear. */
  readonly certificate?: Certificate;
  /** How items of streams are sent: at once. */
  readonly stream?: StreamOptions;
  /** Asked before the mock. */
  readonly mount?: Mount;
  /**
   * How the mock is asked: with what a person or a test has set, and with what happened before. Otherwise with what happened
   * since the server was started.
   */
  readonly ask?: ((mock: Mock, request: HttpRequest) => Answer | Promise<Answer>) | undefined;
  /** Passes requests on to a real server: the mock answers those alone that this hands back. */
  readonly forward?: Pick<ForwardProxy, 'handle' | 'upgrade'>;
  /** Called once for each exchange, when its answer has been decided and handed over. */
  readonly onExchange?: ((exchange: ServedExchange) => void) | undefined;
}

/** Tells an observer of an exchange. What goes wrong there is its own affair: it is warned of, and costs no answer. */
export function observe(onExchange: ServeOptions['onExchange'], exchange: ServedExchange): void {
  try {
    onExchange?.(exchange);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

export interface RunningServer {
  readonly port: number;
  /** `http://localhost:3000`, or `https:` where there is a certificate; without a slash at the end. */
  readonly url: string;
  /** Every address that is listened on: `127.0.0.1`, `::1`. */
  readonly addresses: readonly string[];
  /**
   * Stops accepting, lets answers that have begun finish, and ends.
   * @param graceMilliseconds after which connections are cut (5000)
   */
  close(graceMilliseconds?: number): Promise<void>;
}
