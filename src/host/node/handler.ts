import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, Mock } from '../../mock/index.js';
import type { HttpRequest } from '../../operation/index.js';
import { acceptedCodings, type Body, hasBody, readBody } from './body.js';
import { defaultBodyLimit, type ServeOptions } from './options.js';
import { refusal } from './refusal.js';
import { send } from './send.js';

/** How long a client that is still sending is listened to after it was refused, so that it sees the answer. */
const lingerMilliseconds = 1000;

/** A body that was not read, and a client that may still be told so. */
type Unread = Exclude<Body, { kind: 'whole' | 'aborted' }>;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The way of one request: node's message → `HttpRequest` → `Answer` → wire. Nothing is awaited where
 * nothing has to be: a request without a body is answered in the same turn of the event loop.
 */
export function createHandler(mock: () => Mock | Promise<Mock>, options: ServeOptions): Handler {
  const { mount, preference, onExchange, bodyLimit = defaultBodyLimit } = options;

  return function handle(message, response) {
    const started = onExchange === undefined ? 0 : performance.now();
    const target = originForm(message.url ?? '/');

    if (mount !== undefined && isBelow(mount.path, target)) {
      mount.handle(message, response);
    } else if (message.headers.host === undefined && message.httpVersion === '1.1') {
      finish(null, refusal(400, 'A request of HTTP/1.1 needs a Host header (RFC 9112, 3.2)'));
    } else if (hasBody(message)) {
      readBody(message, bodyLimit).then(answerBody);
    } else {
      answerRequest(null);
    }

    function answerBody(body: Body): void {
      if (body.kind === 'whole') answerRequest(body.bytes);
      else if (body.kind !== 'aborted')
        answer(requestWith(null), (ready, request) => refuseBody(ready, request, body, bodyLimit));
    }

    function requestWith(body: Uint8Array | null): HttpRequest {
      return { method: message.method ?? 'GET', target, headers: message.headers, body };
    }

    function answerRequest(body: Uint8Array | null): void {
      answer(requestWith(body), (ready, request) => ready.answer(request, preference?.(request)));
    }

    function answer(request: HttpRequest, decide: (ready: Mock, request: HttpRequest) => Answer): void {
      try {
        const current = mock();
        if (current instanceof Promise) current.then((ready) => finish(request, decide(ready, request))).catch(fail);
        else finish(request, decide(current, request));
      } catch (error) {
        fail(error);
      }
    }

    function fail(error: unknown): void {
      finish(null, refusal(500, error instanceof Error ? error.message : String(error)));
    }

    function finish(request: HttpRequest | null, answer: Answer): void {
      const unread = !message.complete && hasBody(message);
      const sent = unread ? refuse(message, response, answer) : sendSafely(response, answer);
      onExchange?.({ request, answer: sent, milliseconds: performance.now() - started });
    }
  };
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

/** An answer that cannot be put on the wire (a fixture's header with a line break) is said, not thrown. */
function sendSafely(response: ServerResponse, answer: Answer): Answer {
  try {
    send(response, answer);
    return answer;
  } catch (error) {
    const instead = refusal(500, `The answer cannot be sent: ${(error as Error).message}`);
    if (response.headersSent) response.destroy();
    else send(response, instead);
    return instead;
  }
}

/**
 * Answers a client that is still sending, and closes. Closing at once would reset the connection under
 * the client's hands, and the answer would be lost (RFC 9112, 9.6).
 */
function refuse(message: IncomingMessage, response: ServerResponse, answer: Answer): Answer {
  response.shouldKeepAlive = false;
  response.writeHead(answer.status, {
    ...(answer.headers as Record<string, string>),
    'Content-Length': Buffer.byteLength(answer.body),
  });
  response.write(answer.body);
  const timer = setTimeout(() => response.end(), lingerMilliseconds);
  message.once('end', () => response.end());
  response.once('close', () => clearTimeout(timer));
  message.resume();
  return answer;
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
