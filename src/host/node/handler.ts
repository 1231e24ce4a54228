import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Mock, State } from '../../mock/index.js';
import type { Answer, HttpRequest } from '../../operation/index.js';
import type { Turn } from '../../proxy/index.js';
import { answerHandled } from '../control/index.js';
import type { StreamOptions } from '../stream.js';
import { acceptedCodings, type Body, readBody } from './body.js';
import { orDestroy, sendWithEffect } from './effect.js';
import { headOf } from './head.js';
import { type KnownHead, KnownHeads, withoutBody } from './known-heads.js';
import { defaultBodyLimit, observe, type ServeOptions } from './options.js';
import { refusal } from './refusal.js';

/** How long a client that is still sending is listened to after it was refused, so that it sees the answer. */
const lingerMilliseconds = 1000;

/** A body that was not read, and a client that may still be told so. */
type Unread = Exclude<Body, { kind: 'whole' | 'aborted' }>;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** One request that has come in, as far as its head goes. */
interface Arrival {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
  readonly head: KnownHead;
  /** Milliseconds, as `performance.now()` gives them. */
  readonly started: number;
}

type Put = (response: ServerResponse, answer: Answer) => void;
type Decide = (mock: Mock, request: HttpRequest) => Answer | Promise<Answer>;

/**
 * The way of one request: node's message → `HttpRequest` → `Answer` → wire. Nothing is awaited where
 * nothing has to be: a request without a body is answered in the same turn of the event loop. The functions
 * below are made once for a server, and not for each request.
 */
export function createHandler(currentMock: () => Mock | Promise<Mock>, options: ServeOptions): Handler {
  const { mount, forward, ask: byMock = askRemembering(), onExchange, bodyLimit = defaultBodyLimit } = options;
  const heads = new KnownHeads();
  const sendStreaming: Put = (response, answer) => send(response, answer, options.stream);

  function handle(message: IncomingMessage, response: ServerResponse): void {
    const target = originForm(message.url ?? '/');
    const head = heads.of(message);
    const arrival = { message, response, target, head, started: performance.now() };
    if (head.refused !== null) {
      response.shouldKeepAlive = false;
      finish(arrival, null, head.refused);
    } else if (mount !== undefined && isBelow(mount.path, target)) {
      orDestroy(response, () => mount.handle(message, response));
    } else if (forward !== undefined) {
      forward.handle({ message, response, target, mock: (body) => mock(arrival, body), refuse: refuse(arrival) });
    } else {
      mock(arrival, undefined);
    }
  }

  /** @param body undefined where it is still to be read */
  function mock(arrival: Arrival, body: Uint8Array | null | undefined): void {
    if (body !== undefined || !arrival.head.hasBody) answer(arrival, requestOf(arrival, body ?? null), byMock);
    else readBody(arrival.message, bodyLimit).then((read) => answerBody(arrival, read));
  }

  function refuse(arrival: Arrival): Turn['refuse'] {
    return (status, detail, violations = []) =>
      finish(arrival, requestOf(arrival, null), refusal(status, detail, {}, violations));
  }

  function answerBody(arrival: Arrival, body: Body): void {
    if (body.kind === 'whole') answer(arrival, requestOf(arrival, body.bytes), byMock);
    else if (body.kind !== 'aborted')
      answer(arrival, requestOf(arrival, null), (ready, request) => refuseBody(ready, request, body, bodyLimit));
  }

  function answer(arrival: Arrival, request: HttpRequest, decide: Decide): void {
    let decided: Answer | Promise<Answer>;
    try {
      const current = currentMock();
      decided = current instanceof Promise ? current.then((ready) => decide(ready, request)) : decide(current, request);
    } catch (error) {
      decided = failure(error);
    }
    if (decided instanceof Promise) {
      // Whoever answers later may count how often he was asked for this one.
      arrival.head.last = null;
      decided.catch(failure).then((later) => finish(arrival, request, later));
    } else finish(arrival, request, decided);
  }

  function finish(arrival: Arrival, request: HttpRequest | null, decided: Answer): void {
    const { message, response, started } = arrival;
    const put = arrival.head.hasBody && !message.complete ? sendAndClose : sendStreaming;
    const sent = sendSafely(response, decided, put);
    observe(onExchange, { request, answer: sent, milliseconds: performance.now() - started });
  }

  return handle;
}

/** One state for all clients. */
function askRemembering(): Decide {
  let state = State.empty;
  return (mock, request) => {
    const before = state;
    const answer = mock.respond(request, undefined, before);
    if (answer instanceof Promise) {
      const keep = (make: () => { readonly next?: State } | null) => {
        state = make()?.next ?? state;
        return undefined;
      };
      return answerHandled({ mock, request, preference: undefined, state: () => state, keep }, answer, before);
    }
    state = answer.next?.state ?? state;
    return answer;
  };
}

function requestOf({ message, target, head }: Arrival, body: Uint8Array | null): HttpRequest {
  const method = message.method ?? 'GET';
  return body === null ? withoutBody(head, method, target) : { method, target, headers: head.headers, body };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function failure(error: unknown): Answer {
  return refusal(500, messageOf(error));
}

function isBelow(path: string, target: string): boolean {
  return target.startsWith(path) && (target.length === path.length || /[/?]/.test(target.charAt(path.length)));
}

/** RFC 9112, 3.2: absolute form is for proxies, but a server must take it too. */
function originForm(target: string): string {
  if (target.charCodeAt(0) === 47 /* slash */ || target === '*') return target;
  const rest = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** What HTTP cannot carry is said instead, and what goes wrong costs this answer alone. @returns what was sent */
function sendSafely(response: ServerResponse, answer: Answer, put: Put): Answer {
  try {
    put(response, answer);
    return answer;
  } catch (error) {
    const instead = refusal(500, `The answer cannot be sent: ${messageOf(error)}`);
    if (response.headersSent) response.destroy();
    else orDestroy(response, () => put(response, instead));
    return instead;
  }
}

/**
 * Answers a client that is still sending, and closes. Closing at once would reset the connection under
 * the client's hands, and the answer would be lost (RFC 9112, 9.6).
 */
function sendAndClose(response: ServerResponse, answer: Answer): void {
  const { req: message } = response;
  const head = headOf(answer);
  response.shouldKeepAlive = false;
  response.writeHead(answer.status, head as string[]);
  response.write(answer.body);
  const timer = setTimeout(() => response.end(), lingerMilliseconds);
  message.once('end', () => response.end());
  response.once('close', () => clearTimeout(timer));
  message.resume();
}

function refuseBody(mock: Mock, request: HttpRequest, body: Unread, limit: number): Answer {
  switch (body.kind) {
    case 'too-large':
      return mock.refuse(request, 413, `The body is longer than ${limit} bytes`);
    case 'undecodable':
      return mock.refuse(request, 400, `The body is not ${body.coding}, as its Content-Encoding says: ${body.reason}`);
    case 'unknown-coding': {
      const detail = `The Content-Encoding "${body.coding}" is not one of ${acceptedCodings}`;
      const answer = mock.refuse(request, 415, detail);
      return { ...answer, headers: { ...answer.headers, 'Accept-Encoding': acceptedCodings } };
    }
  }
}

/**
 * Sends an answer, after its delay and with its effect on the wire.
 * @throws RangeError at once, and before anything is sent, where HTTP cannot carry its head
 */
function send(response: ServerResponse, answer: Answer, stream?: StreamOptions): void {
  const head = headOf(answer);
  if (answer.delay > 0) {
    sendLater(response, answer, stream);
  } else if (answer.effect !== null) {
    sendWithEffect(response, answer, head, stream);
  } else {
    response.writeHead(answer.status, head as string[]);
    // Node sends no body for HEAD, 204 and 304.
    response.end(answer.status === 205 ? '' : answer.body);
  }
}

const maximumDelay = 2 ** 31 - 1;

function sendLater(response: ServerResponse, answer: Answer, stream?: StreamOptions): void {
  const timer = setTimeout(
    () => orDestroy(response, () => send(response, { ...answer, delay: 0 }, stream)),
    Math.min(answer.delay, maximumDelay),
  );
  response.once('close', () => clearTimeout(timer));
}
