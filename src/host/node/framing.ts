import type { IncomingMessage } from 'node:http';
import type { Answer } from '../../operation/index.js';
import { refusal } from './refusal.js';

/** `uri-host [ ":" port ]` (RFC 9110, 7.2), where a name may be empty (RFC 3986, 3.2.2). */
const hostPattern = /^(?:\[[0-9a-z:.%_~-]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*)(?::\d*)?$/i;

/** Almost every request of a client names the same host. */
let goodHost = '';

/**
 * What node's parser lets pass, though two servers on the way of such a request may read it differently (RFC 9112, 2.3,
 * 3.2, 6.1 and 6.3): the connection has to be closed behind the answer.
 * @returns the answer; null where the request is well framed
 */
export function framingRefusal({ httpVersion, headers, rawHeaders }: IncomingMessage): Answer | null {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    return refusal(505, 'The request is of no version of HTTP that is spoken here: HTTP/1.1 and HTTP/1.0 are');
  }
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts === 0 && httpVersion === '1.1') {
    return refusal(400, 'A request of HTTP/1.1 needs a Host header (RFC 9112, 3.2)');
  }
  if (hosts > 1) return refusal(400, `A request has one Host header, and this one has ${hosts} (RFC 9112, 3.2)`);
  const { host = '' } = headers;
  if (host !== goodHost) {
    if (!hostPattern.test(host))
      return refusal(400, 'The Host header is no host with or without a port (RFC 9110, 7.2)');
    goodHost = host;
  }
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return null;
  if (httpVersion === '1.0') return refusal(400, 'HTTP/1.0 has no Transfer-Encoding (RFC 9112, 6.1)');
  if (!/(?:^|,)[ \t]*chunked[ \t]*$/i.test(coding)) {
    return refusal(400, 'The last Transfer-Encoding of a request has to be chunked (RFC 9112, 6.3)');
  }
  if (coding.trim().toLowerCase() !== 'chunked') {
    return refusal(501, 'No other Transfer-Encoding than chunked is understood here (RFC 9112, 6.1)');
  }
  return null;
}
