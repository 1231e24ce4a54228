import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer } from '../../operation/index.js';
import { rawMessage, refusal } from './refusal.js';

/** What node's parser refuses, by its error code; everything else is a 400. */
const statusOf: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers what is not HTTP (RFC 9112, 2.2) and closes the connection. An answer to an earlier request on
 * it goes out first.
 * @param last the newest response on this connection; null where there is none yet
 * @returns what was answered; null where nobody was left to answer
 */
export function answerBrokenRequest(
  error: NodeJS.ErrnoException & { reason?: string },
  socket: Socket,
  last: ServerResponse | null,
): Answer | null {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE' || !socket.writable) {
    socket.destroy();
    return null;
  }
  const answer = refusal(statusOf[error.code ?? ''] ?? 400, detailOf(error));
  const say = () => {
    if (socket.writable) socket.end(rawMessage(answer), () => socket.destroySoon());
  };
  socket.on('error', () => socket.destroy());
  // The head of a request was good and its body is not: the answer to that request is this one.
  const inItsBody = last !== null && !last.req.complete && !last.headersSent;
  if (last === null || last.writableFinished || inItsBody) say();
  else if (last.req.complete) last.once('finish', say);
  // It was refused already, and only listened to so that its client sees the answer.
  else if (!last.shouldKeepAlive) last.end(() => socket.destroySoon());
  else socket.destroy();
  return answer;
}

function detailOf({ code, reason, message }: NodeJS.ErrnoException & { reason?: string }): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'The header section is too large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'The request did not arrive in time';
  return `This is not HTTP: ${reason ?? message}`;
}
