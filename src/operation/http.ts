import type { Violation } from '../schema/index.js';
import { remembering } from '../text/words.js';

/** Header fields by lower-case name, as `node:http` gives them. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request as it stood on the wire (RFC 9110), body whole. */
export interface HttpRequest {
  readonly method: string;
  /** Origin form (RFC 9112, 3.2.1): path and query, still percent-encoded. */
  readonly target: string;
  readonly headers: RequestHeaders;
  /** null where there was none (no Content-Length, no Transfer-Encoding, or of length 0 without Content-Type). */
  readonly body: Uint8Array | null;
}

/** A response as it stood on the wire, body whole and decoded from its Content-Encoding. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array | null;
  /** Whether it was still coming when it was last read: a stream that need not end. */
  readonly isOpen?: boolean;
}

/** What made the body of an answer; `upstream` where it came from a real server, `callback` from whom a callback was sent to. */
export type AnswerSource =
  | 'fake'
  | 'example'
  | 'case'
  | 'own'
  | 'handler'
  | 'state'
  | 'problem'
  | 'fault'
  | 'upstream'
  | 'callback'
  | 'none';

/** What the host must do on the wire besides sending the bytes. After all but `drip` the connection is closed. */
export type WireEffect =
  /** Nothing comes, ever. */
  | { readonly kind: 'hang' }
  /** The head at once, the body at this rate. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** TCP reset: with 0 before the status line, else after the head and so many bytes of the body. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The right Content-Length, but only so many bytes of the body before an orderly end. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** The whole body under a wrong Content-Length. */
  | { readonly kind: 'length'; readonly contentLength: number }
  /** The body also where HTTP forbids one: HEAD, 204, 304 (RFC 9110, 6.4.1). */
  | { readonly kind: 'body-always' }
  /** Chunked transfer (RFC 9112, 7.1) instead of a Content-Length: right, but not what the host does by itself. */
  | { readonly kind: 'chunked' }
  /** The body one frame after the other, without a Content-Length; and behind the last, on demand, more. */
  | {
      readonly kind: 'stream';
      readonly frames: readonly string[];
      readonly more: (index: number) => string;
      readonly end: string;
    };

/** A response that is still to be sent, and how it came about. The same request gets the same bytes. */
export interface Answer {
  readonly status: number;
  /** Names as they go on the wire; Content-Length and Date are the host's. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** `''` where there is none. For HEAD the host sends the length and not the bytes. */
  readonly body: string | Uint8Array;
  /** Milliseconds to wait before sending. */
  readonly delay: number;
  readonly effect: WireEffect | null;
  /** null where no operation matched. */
  readonly operationId: string | null;
  readonly source: AnswerSource;
  /** The name of the example, case or fault; null otherwise. */
  readonly name: string | null;
  readonly seed: number;
  readonly violations: readonly Violation[];
}

/** The value of a header field by lower-case name, several joined as RFC 9110, 5.3 has it; or undefined. */
export function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'string' ? value : value?.join(', ');
}

/** The Content-Type of an answer, its name in whatever case (RFC 9110, 5.1): the first of several, '' where there is none. */
export function contentTypeOf({ headers }: Pick<HttpResponse, 'headers'>): string {
  const [, value = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return typeof value === 'string' ? value : (value[0] ?? '');
}

/** Whether a response never has a body (RFC 9110, 6.4.1, 9.3.2, 15.3.5, 15.3.6 and 15.4.5). */
export function isBodiless(status: number, method = 'GET'): boolean {
  return method === 'HEAD' || status < 200 || status === 204 || status === 205 || status === 304;
}

/** The path of a request target (RFC 9112, 3.2), without query and fragment; `''` where it has none, as `*`. */
export function pathOf(target: string): string {
  const end = endOf(target);
  const before = end < 0 ? target : target.slice(0, end);
  if (before.startsWith('/')) return before;
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*(.*)$/s.exec(before);
  return absolute === null ? '' : absolute[1] || '/';
}

/** Where the path ends: asked for several times of each request, and two searches for one sign are quicker than one for either. */
function endOf(target: string): number {
  const [query, fragment] = [target.indexOf('?'), target.indexOf('#')];
  if (query < 0 || fragment < 0) return Math.max(query, fragment);
  return Math.min(query, fragment);
}

/**
 * Why HTTP cannot carry the head of a response, as a sentence without a final period; null where it can. The status
 * must be a final one (RFC 9110, 15), names tokens (5.1), values without control characters (5.5).
 */
export function headProblem({ status, headers }: Pick<Answer, 'status' | 'headers'>): string | null {
  if (!Number.isInteger(status) || status < 200 || status > 599) return `Status ${status} is not one from 200 to 599`;
  for (const name in headers) {
    if (!isToken(name)) return `${JSON.stringify(name)} cannot be the name of a header`;
    const field = headers[name] ?? '';
    const wrong = typeof field === 'string' ? (isFieldValue(field) ? undefined : field) : field.find(isNoFieldValue);
    if (wrong !== undefined) return `The header ${name} cannot have the value ${JSON.stringify(wrong.slice(0, 200))}`;
  }
  return null;
}

/** Whether a text can be the name of a header (RFC 9110, 5.6.2). */
export const isToken = remembering((name) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name));

const isFieldValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
const isNoFieldValue = (value: string): boolean => !isFieldValue(value);
