import { request as ask, type ClientRequest, type IncomingMessage } from 'node:http';
import {
  constants,
  type Http2Session,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Stream,
} from 'node:http2';
import { type Duplex, duplexPair } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { refusal } from './refusal.js';

/** Fields that are about one connection of HTTP/1.1: HTTP/2 has none of them (RFC 9113, 8.2.2). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'te',
]);

/** An answer comes from this process: its head may be as long as a document or a fault makes it. */
const maximumHeadBytes = 1024 * 1024;

const maximumStreams = 100;

/**
 * Speaks HTTP/2 (RFC 9113) with a client. Each of its streams becomes a connection of HTTP/1.1 within the process, so
 * that whatever answers, delays, breaks off or passes on does so alike for both.
 *
 * @param accept takes a connection of HTTP/1.1
 * @param idleMilliseconds after which a session without streams is ended
 */
export function overHttp2(
  socket: TLSSocket,
  accept: (connection: Duplex) => void,
  idleMilliseconds: number,
): Http2Session {
  const session = performServerHandshake(socket, { settings: { maxConcurrentStreams: maximumStreams } });
  let streams = 0;
  session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    streams += 1;
    stream.once('close', () => {
      streams -= 1;
    });
    // Who breaks off has gone, and nobody is left to tell.
    stream.on('error', () => stream.destroy());
    passOn(stream, headers, raw, connectionFor(socket, accept));
  });
  session.on('error', () => session.destroy());
  session.setTimeout(idleMilliseconds, () => {
    if (streams === 0) session.close();
  });
  return session;
}

/** One end of a connection of HTTP/1.1 whose other end is the server's; it says of the client what the socket does. */
function connectionFor(socket: TLSSocket, accept: (connection: Duplex) => void): Duplex {
  const [near, far] = duplexPair();
  Object.assign(far, {
    encrypted: true,
    remoteAddress: socket.remoteAddress,
    remotePort: socket.remotePort,
    resetAndDestroy: () => far.destroy(),
    destroySoon() {
      if (far.writable) far.end();
      if (far.writableFinished) far.destroy();
      else far.once('finish', () => far.destroy());
    },
  });
  // Neither end of a pair ends with the other.
  far.once('close', () => near.destroy());
  near.once('close', () => far.destroy());
  accept(far);
  return near;
}

function passOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, raw: readonly string[], near: Duplex): void {
  const { ':method': method = 'GET', ':path': path = '/' } = headers;
  const refuse = (status: number, detail: string) => {
    near.destroy();
    const { body } = refusal(status, detail);
    stream.respond({ ':status': status, 'content-type': 'application/problem+json' });
    stream.end(body);
  };
  if (method === 'CONNECT') {
    refuse(501, 'This is no proxy: CONNECT is not supported');
    return;
  }
  const hasBody = !stream.endAfterHeaders;
  let out: ClientRequest;
  try {
    out = ask({
      createConnection: () => near as TLSSocket,
      method,
      path,
      headers: fieldsFor(headers, raw, hasBody) as unknown as OutgoingHttpHeaders,
      insecureHTTPParser: true,
      maxHeaderSize: maximumHeadBytes,
    });
  } catch (error) {
    refuse(400, `The request is none of HTTP: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const breakOff = () => stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  out.once('error', breakOff);
  out.on('information', ({ statusCode, rawHeaders }) => {
    if (!stream.headersSent) stream.additionalHeaders({ ...answerFields(rawHeaders), ':status': statusCode });
  });
  out.once('response', (answer) => passBack(stream, answer, breakOff));
  stream.once('close', () => out.destroy());
  if (hasBody) {
    // Who asks first sends no body before it is told to.
    out.flushHeaders();
    stream.pipe(out);
  } else out.end();
}

function passBack(stream: ServerHttp2Stream, answer: IncomingMessage, breakOff: () => void): void {
  if (stream.destroyed) return;
  answer.once('error', breakOff);
  // Only what comes in chunks may have trailers.
  const waitForTrailers = answer.headers['transfer-encoding'] !== undefined;
  stream.respond({ ...answerFields(answer.rawHeaders), ':status': answer.statusCode }, { waitForTrailers });
  // None are an end, too.
  stream.once('wantTrailers', () => stream.sendTrailers(answerFields(answer.rawTrailers)));
  // A client that is still sending need not go on (RFC 9113, 8.1).
  if (!stream.endAfterHeaders && !waitForTrailers) {
    stream.once('finish', () => {
      if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
    });
  }
  answer.pipe(stream);
}

/** The fields of a request as HTTP/1.1 has them (RFC 9113, 8.3.1). */
function fieldsFor(headers: IncomingHttpHeaders, raw: readonly string[], hasBody: boolean): string[] {
  const host = headers[':authority'] ?? headers.host;
  const fields = host === undefined ? [] : ['host', host];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    const isOther = name.startsWith(':') || name === 'host' || name === 'cookie' || ofConnection.has(name);
    if (!isOther) fields.push(name, value);
  }
  // Each pair may have come as a field of its own (RFC 9113, 8.2.3).
  if (headers.cookie !== undefined) fields.push('cookie', headers.cookie);
  if (hasBody && headers['content-length'] === undefined) fields.push('transfer-encoding', 'chunked');
  return fields;
}

/** Fields of an answer as HTTP/2 has them: names in lower case, and those that come again as a list. */
function answerFields(raw: readonly string[]): OutgoingHttpHeaders {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name, value] = [String(raw[at]).toLowerCase(), String(raw[at + 1])];
    if (ofConnection.has(name)) continue;
    const known = fields[name];
    fields[name] = known === undefined ? value : [known].flat().concat(value);
  }
  return fields;
}
