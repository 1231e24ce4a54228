import { isJson, jsonBody } from '../../operation/index.js';
import { findJsonDefect } from '../../text/json.js';
import { excerpt, excerptBytes } from '../excerpt.js';
import type { Check, Complaint, Exchange, WireProblem } from '../types.js';
import {
  bodyJson,
  contentType,
  declaredResponse,
  describeStatus,
  isTooDeep,
  mayHaveBody,
  ofBody,
  promisedResponse,
} from './received.js';
import { responseViolations } from './violations.js';

/** What each problem on the wire breaks, in words. `body-not-allowed` is the business of `no-body`. */
const broken = {
  refused: ['The connection was refused', 'a connection'],
  timeout: ['The answer did not arrive in time', 'a whole answer in time'],
  reset: ['The connection was closed before the answer was whole', 'a whole answer'],
  'malformed-http': ['The answer is not HTTP', 'a message as in RFC 9112'],
  truncated: ['The body ends too early', 'a whole body'],
  'content-length-mismatch': ['Content-Length is not the length of the body', 'the length of the body'],
  'content-encoding-broken': [
    'The body does not decode as its Content-Encoding says',
    'a body in its Content-Encoding',
  ],
  'too-large': ['The answer is longer than the suite reads, so it was not judged whole', 'an answer that can be read'],
  'body-not-allowed': null,
} as const satisfies Record<WireProblem, readonly [message: string, expected: string] | null>;

/** The answer arrives whole, and is what its fields say that it is. */
export const wellFormed: Check = {
  id: 'well-formed',
  summary:
    'the body arrives whole and in time, decodes as its encoding says, is UTF-8 without byte order mark, is one JSON text, without duplicate names',
  concern: 'data',
  run(exchange) {
    const { received } = exchange;
    const pointer = declaredResponse(exchange)?.pointer ?? exchange.operation.pointer;
    const complaints: Complaint[] = [];
    for (const { kind, message } of received.problems) {
      const words = broken[kind];
      if (!words || (kind === 'timeout' && isStream(exchange))) continue;
      const complaint = {
        message: words[0],
        expected: words[1],
        received: message,
        pointer,
        ...lostBy(exchange, kind),
      };
      // A long body may be right, and was not read; a head that never ends is no answer.
      if (kind === 'too-large' && received.status !== null)
        complaints.push({ ...complaint, severity: 'warning', isUndecided: true });
      else complaints.push({ ...complaint, severity: 'violation' });
    }
    // The cause is told; that half a body is no JSON text follows from it.
    if (complaints.length > 0) return complaints;
    if (received.status === null) {
      const nothing = describeStatus(received);
      return [{ severity: 'violation', message: 'No answer came', expected: 'an answer', received: nothing, pointer }];
    }
    return mayHaveBody(exchange) ? checkText(exchange, pointer) : [];
  },
};

/** What comes to no answer at all is worse than a broken one, and of another cause for another kind of input. */
function lostBy({ case: { aspect, varies }, received }: Exchange, kind: WireProblem) {
  if (received.status !== null) return {};
  const input = aspect === 'hostile' ? ` on ${varies.keyword}` : '';
  return { cause: `${kind}${input}`, concern: kind === 'malformed-http' ? 'data' : 'crash' } as const;
}

/** Media types of answers that go on for as long as somebody listens. */
const streams = /^(text\/event-stream|application\/(x-)?ndjson|application\/json-seq|multipart\/x-mixed-replace)\b/i;

/** Whether the answer has begun, and is declared to be of a kind that need not end. */
function isStream(exchange: Exchange): boolean {
  const contents = declaredResponse(exchange)?.content ?? [];
  return (
    streams.test(contentType(exchange.received) ?? '') && contents.some(({ mediaType }) => streams.test(mediaType))
  );
}

/** Whether a body is said to be text in UTF-8. Beside `image/png` a charset means nothing (RFC 6838, 4.2.1). */
function claimsUtf8(type: string): boolean {
  return /^\s*(text\/|[^;]*(xml|javascript|urlencoded|yaml|csv))/i.test(type) && /;\s*charset="?utf-?8"?/i.test(type);
}

function checkText(exchange: Exchange, pointer: string): Complaint[] {
  const { received } = exchange;
  const complain = (message: string, expected: string, found: string, cause = message): Complaint[] => [
    { severity: 'violation', message, expected, received: found, pointer, cause },
  ];
  if (received.body.length === 0) {
    // Of a stream that goes on, the first item may still come.
    const isMissing = promisesBody(exchange) && !received.isOpen;
    return isMissing ? complain('The body is empty', 'a body, as declared', 'an empty body') : [];
  }
  const { body } = received;
  if (!isJson(contentType(received) ?? '')) {
    const [broken] = (responseViolations(exchange) ?? []).filter(({ keyword }) => keyword === 'syntax');
    if (broken) return complain(`The ${broken.message}`, String(broken.expected), excerptBytes(body));
    if (!claimsUtf8(contentType(received) ?? '') || firstInvalidUtf8(body) === -1) return [];
    return complain('The body is not in its charset, UTF-8', 'UTF-8', describeInvalid(body));
  }
  const json = jsonBody(body);
  if (!json.isText) return complain('The body is not UTF-8', 'UTF-8 (RFC 8259, 8.1)', describeInvalid(body));
  if (byteOrderMark.every((byte, index) => body[index] === byte)) {
    const expected = 'no byte order mark (RFC 8259, 8.1)';
    return complain('The body begins with a byte order mark', expected, excerptBytes(body));
  }
  const parsed = isTooDeep(received) ? readUnkept(received) : bodyJson(received);
  if (!parsed.ok) {
    const message = `The body is not one JSON text: ${parsed.why}`;
    return complain(message, 'one JSON text (RFC 8259)', excerptBytes(body), 'not JSON');
  }
  const { duplicate } = json;
  if (duplicate === null) return [];
  return complain(
    `An object of the body has the name ${excerpt(duplicate.name)} twice`,
    'names that are unique in their object (RFC 8259, 4)',
    `${excerpt(duplicate.name)} twice in the object at ${excerpt(duplicate.pointer)}`,
  );
}

/** U+FEFF in UTF-8. */
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Whether a text is JSON, of which nothing is kept: one that is a million deep would take hundreds of megabytes. */
const readUnkept = ofBody((body): { readonly ok: true } | { readonly ok: false; readonly why: string } => {
  const text = new TextDecoder().decode(body);
  const defect = findJsonDefect(text, { discards: true, onDuplicate: () => {} });
  return defect === null ? { ok: true } : { ok: false, why: `expected ${defect.expected}, found ${defect.found}` };
});

/** Whether an empty body breaks a promise: one is declared, and nothing says that it may be an empty file or text. */
function promisesBody(exchange: Exchange): boolean {
  const contents = promisedResponse(exchange)?.content ?? [];
  const type = contentType(exchange.received);
  if (contents.length === 0) return false;
  if (type === undefined || isJson(type) || /[/+]xml\b/i.test(type)) return true;
  return contents.every((content) => isJson(content.mediaType));
}

function describeInvalid(body: Uint8Array): string {
  const at = firstInvalidUtf8(body);
  const where =
    at < body.length
      ? `byte ${body[at]?.toString(16).toUpperCase().padStart(2, '0')} at offset ${at}`
      : 'an end within a character';
  return `${where}: ${excerptBytes(body)}`;
}

/** The offset of the first byte that UTF-8 (RFC 3629) does not allow, the length where it ends too early, or -1. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  const decodes = (length: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  if (decodes(bytes.length, false)) return -1;
  if (decodes(bytes.length, true)) return bytes.length;
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (decodes(middle, true)) valid = middle;
    else invalid = middle;
  }
  // The character that it stands in begins up to three bytes before.
  while (!decodes(valid, false)) valid--;
  return valid;
}
