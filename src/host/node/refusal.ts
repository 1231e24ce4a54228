import { STATUS_CODES } from 'node:http';
import type { Answer } from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';

/**
 * What the host answers where the mock is not asked, because there is no whole request to ask it about:
 * a problem document (RFC 9457).
 */
export function refusal(
  status: number,
  detail: string,
  headers: Answer['headers'] = {},
  violations: readonly Violation[] = [],
): Answer {
  const title = STATUS_CODES[status] ?? 'Error';
  const listed = violations.map(({ in: place, pointer, message }) => ({ in: place, pointer, message }));
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify({
      type: 'about:blank',
      title,
      status,
      detail,
      ...(listed.length > 0 && { violations: listed }),
    }),
    delay: 0,
    effect: null,
    operationId: null,
    source: 'problem',
    name: null,
    seed: 0,
    violations,
  };
}

/** The whole message for a socket that has no response object, and will be closed (RFC 9112, 9.6). */
export function rawMessage(answer: Answer): string {
  const { status, body } = answer;
  const fields = Object.entries({
    ...answer.headers,
    'Content-Length': String(Buffer.byteLength(body)),
    Date: new Date().toUTCString(),
    Connection: 'close',
  });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`;
}
