import type { HttpRequest } from '../../operation/index.js';
import { UnwritableRequest } from '../types.js';
import type { Target } from './target.js';

/** Methods whose request says its length even where it has no body (RFC 9110, 8.6). */
const expectsBody = new Set(['POST', 'PUT', 'PATCH']);

/**
 * A request as it goes on the wire (RFC 9112, 3). What the request says is sent byte for byte, be it valid
 * or not; only what a message cannot do without is added: Host, User-Agent and Content-Length.
 *
 * @throws UnwritableRequest where a line break stands in the method, the target or a header, since that would be
 *   another message
 */
export function requestBytes(request: HttpRequest, target: Target, userAgent: string): Buffer {
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
