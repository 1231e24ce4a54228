import type { Socket } from 'node:net';
import type { HttpRequest } from '../../operation/index.js';
import { type Received, type Send, UnwritableRequest, type WireProblem } from '../types.js';
import { type ConnectOptions, connectionProblem, onlyTls, openSocket, speaksTls, unreachable } from './connection.js';
import { exchange, type Outcome } from './exchange.js';
import { ConnectionPool, discard } from './pool.js';
import { readLimits, receivedFrom } from './received.js';
import { ResponseReader } from './response-reader.js';
import { parseTarget, type Target } from './target.js';

export interface ClientOptions extends Partial<ConnectOptions> {
  readonly userAgent?: string;
  /** Longest header section that is read, in bytes. */
  readonly maxHeadBytes?: number;
  /** Longest body that is read, in bytes, before and after its Content-Encoding is undone. */
  readonly maxBodyBytes?: number;
  /** How long a stream is read from its head on, in milliseconds (2000). */
  readonly streamMilliseconds?: number;
}

/** An HTTP/1.1 client that shows the wire as it is: it repairs, follows and hides nothing. */
export interface Client {
  readonly target: Target;
  /** Throws CounterproofError TARGET_UNREACHABLE where an http target speaks TLS alone. */
  readonly send: Send;
  /** Opens a connection and nothing more. Throws CounterproofError TARGET_UNREACHABLE. */
  probe(timeout: number): Promise<void>;
  close(): void;
}

/** Errors of this machine, not of the target: too many connections at once. They pass. */
const ownShortage = new Set(['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS']);

/** A stream is read no further than this, in bytes. */
const maximumStreamBytes = 1024 * 1024;

/** After so many streams that did not end, others are read for fewer milliseconds: most of what they tell is known by then. */
const mostStreams = 16;
const hurryMilliseconds = 200;
/** After so many more for half of that, and so on, down to these milliseconds: a target that answers nothing else comes to an end. */
const mostHurried = 64;
const leastMilliseconds = 10;

/** How long a new connection may wait for its first answer before no other one is kept, in milliseconds. */
const patience = 300;

/** How long to listen for bytes that an answer without a body must not have, in milliseconds. */
const linger = { loopback: 10, remote: 50 };

/**
 * @param target base URL, or one that has been parsed
 * @throws CounterproofError USAGE
 */
export function createClient(target: string | Target, options: ClientOptions = {}): Client {
  return new WireClient(typeof target === 'string' ? parseTarget(target) : target, options);
}

class WireClient implements Client {
  readonly target: Target;
  readonly #pool = new ConnectionPool();
  readonly #open = new Set<Socket>();
  readonly #options: Required<ClientOptions>;
  #closed = false;
  /** Whether the target has answered in HTTP, over TLS or not, as it was asked. */
  #isPlain = false;
  #tls: Promise<boolean> | null = null;
  /** Answers that had not come to their end when they had been read for long enough. */
  #streamed = 0;

  constructor(target: Target, options: ClientOptions) {
    this.target = target;
    this.#options = {
      insecure: false,
      userAgent: 'counterproof',
      streamMilliseconds: 2000,
      ...readLimits,
      ...options,
    };
  }

  readonly send: Send = async (request, { timeout }) => {
    const bytes = requestBytes(request, this.target, this.#options.userAgent);
    const deadline = performance.now() + timeout;
    const idle = this.#pool.take();
    if (idle !== null) {
      const outcome = await this.#exchange(idle.socket, request, bytes, deadline);
      if (!isStale(outcome)) return this.#received(outcome);
      if (outcome.reader.started) this.#pool.spokenUnasked = true;
      this.#pool.surprise(idle.idleFor);
    }
    const received = await this.#onNewConnection(request, bytes, deadline);
    if (mayBeTls(received) && !this.#isPlain) {
      this.#tls ??= speaksTls(this.target);
      if (await this.#tls) throw onlyTls(this.target);
    } else if (received.status !== null) this.#isPlain = true;
    return received;
  };

  async #onNewConnection(request: HttpRequest, bytes: Uint8Array, deadline: number): Promise<Received> {
    const began = performance.now();
    try {
      const socket = await this.#connect(deadline);
      return await this.#received(await this.#firstExchange(socket, request, bytes, deadline));
    } catch (error) {
      return nothingReceived(error, this.target, performance.now() - began);
    }
  }

  async probe(timeout: number): Promise<void> {
    try {
      this.#pool.put(await this.#connect(performance.now() + timeout));
    } catch (error) {
      throw unreachable(error, this.target);
    }
  }

  close(): void {
    this.#closed = true;
    this.#pool.close();
    for (const socket of this.#open) discard(socket);
  }

  async #connect(deadline: number): Promise<Socket> {
    for (;;) {
      try {
        return await this.#connectOnce(deadline);
      } catch (error) {
        if (!ownShortage.has((error as NodeJS.ErrnoException).code ?? '') || performance.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async #connectOnce(deadline: number): Promise<Socket> {
    if (this.#closed) throw new Error('the client is closed');
    const { socket, ready } = await openSocket(this.target, this.#options);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        clearTimeout(timer);
        discard(socket);
        reject(error);
      };
      const timer = setTimeout(() => fail(new ConnectTimeout()), Math.max(0, deadline - performance.now()));
      socket.once('error', fail);
      socket.once(ready, () => {
        clearTimeout(timer);
        socket.off('error', fail);
        resolve(socket);
      });
    });
  }

  async #exchange(socket: Socket, request: HttpRequest, bytes: Uint8Array, deadline: number): Promise<Outcome> {
    const { maxHeadBytes, maxBodyBytes } = this.#options;
    const outcome = await exchange(socket, {
      bytes,
      reader: new ResponseReader({ method: request.method, maxHeadBytes, maxBodyBytes }),
      timeout: Math.max(0, deadline - performance.now()),
      linger: (reader) => this.#linger(reader),
      stream: { milliseconds: streamTime(this.#options.streamMilliseconds, this.#streamed), bytes: maximumStreamBytes },
    });
    if (outcome.reader.isOpen) this.#streamed++;
    if (outcome.reusable) this.#pool.put(socket);
    else discard(socket);
    return outcome;
  }

  async #firstExchange(socket: Socket, request: HttpRequest, bytes: Uint8Array, deadline: number): Promise<Outcome> {
    let stopWaiting = () => {};
    const timer = setTimeout(() => {
      stopWaiting = this.#pool.waits();
    }, patience);
    try {
      return await this.#exchange(socket, request, bytes, deadline);
    } finally {
      clearTimeout(timer);
      stopWaiting();
    }
  }

  #linger(reader: ResponseReader): number {
    if (!reader.bodiless && !this.#pool.spokenUnasked) return 0;
    return this.target.loopback ? linger.loopback : linger.remote;
  }

  #received({ reader, began, ended }: Outcome): Promise<Received> {
    return receivedFrom(reader, ended - began, this.#options.maxBodyBytes);
  }
}

/**
 * How long a stream is read, in milliseconds.
 * @param first of the first ones
 * @param count of streams that have not ended before
 */
export function streamTime(first: number, count: number): number {
  if (count < mostStreams) return first;
  const halvings = Math.floor((count - mostStreams) / mostHurried);
  return Math.min(first, Math.max(leastMilliseconds, hurryMilliseconds / 2 ** halvings));
}

/** What servers of TLS say to a request that is not: the words are those of nginx, Go and Apache; others close, or send an alert. */
const plainWords = /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|plain HTTP to an SSL-enabled/i;

function mayBeTls({ status, problems, body }: Received): boolean {
  if (status === null) return problems.some(({ kind }) => kind === 'malformed-http' || kind === 'reset');
  return status === 400 && plainWords.test(new TextDecoder().decode(body.subarray(0, 1_000)));
}

class ConnectTimeout extends Error {
  override readonly message = 'time ran out before it was there';
  readonly code = 'ETIMEDOUT';
}

/**
 * Whether a connection that had carried requests before was no longer fit for this one: closed by the peer
 * before any byte came, or still carrying bytes that belong to no answer.
 */
function isStale({ reader }: Outcome): boolean {
  if (!reader.started) return reader.result().problems.some(({ kind }) => kind === 'reset');
  return reader.result().status === null && reader.result().problems.some(({ kind }) => kind === 'malformed-http');
}

function nothingReceived(error: unknown, target: Target, duration: number): Received {
  const kind: WireProblem = error instanceof ConnectTimeout ? 'timeout' : 'refused';
  const nothing = new Uint8Array(0);
  const problems = [{ kind, message: connectionProblem(error, target) }];
  return { status: null, headers: [], raw: nothing, body: nothing, problems, duration };
}

/** Methods whose request says its length even where it has no body (RFC 9110, 8.6). */
const expectsBody = new Set(['POST', 'PUT', 'PATCH']);

/**
 * A request as it goes on the wire (RFC 9112, 3). What the request says is sent byte for byte, be it valid
 * or not; only what a message cannot do without is added: Host, User-Agent and Content-Length.
 *
 * @throws UnwritableRequest where a line break stands in the method, the target or a header, since that would be
 *   another message
 */
function requestBytes(request: HttpRequest, target: Target, userAgent: string): Buffer {
  const lines = [`${request.method} ${target.basePath}${request.target} HTTP/1.1`];
  const given = new Set<string>();
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) given.add(name.toLowerCase());
  if (!given.has('host')) lines.push(`Host: ${target.authority}`);
  if (!given.has('user-agent')) lines.push(`User-Agent: ${userAgent}`);
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) lines.push(`${name}: ${one}`);
  }
  const { body } = request;
  if (!given.has('content-length') && !given.has('transfer-encoding')) {
    if (body !== null) lines.push(`Content-Length: ${body.length}`);
    else if (expectsBody.has(request.method)) lines.push('Content-Length: 0');
  }
  if (lines.some((line) => /[\r\n]/.test(line))) {
    throw new UnwritableRequest(
      `Failed to write ${request.method} ${request.target}: a line break stands in its head.`,
    );
  }
  const head = encode(`${lines.join('\r\n')}\r\n\r\n`);
  return body === null || body.length === 0 ? head : Buffer.concat([head, body]);
}

/** Latin-1, as header values are (RFC 9110, 5.5); UTF-8 where a character does not fit. */
function encode(head: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole range of Latin-1 is meant.
  return Buffer.from(head, /^[\u0000-\u00ff]*$/.test(head) ? 'latin1' : 'utf8');
}
