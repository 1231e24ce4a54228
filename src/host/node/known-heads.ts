import type { IncomingMessage } from 'node:http';
import type { Answer, HttpRequest } from '../../operation/index.js';
import { hasBody } from './body.js';
import { framingRefusal } from './framing.js';

/** The fields of a request, and what follows from them whatever it asks for. */
export interface KnownHead {
  readonly headers: HttpRequest['headers'];
  readonly hasBody: boolean;
  /** Why the connection has to be closed behind the answer; null where the request is well framed. */
  readonly refused: Answer | null;
  /** The request without a body that came with it last: the same one again is the same object. */
  last: HttpRequest | null;
}

/** So many are remembered: a client nearly always sends the fields of its last request, and few clients take turns. */
const most = 4;
/** In characters: longer ones are read anew, so that what is remembered stays small. */
const longest = 8192;

type Raw = Pick<IncomingMessage, 'httpVersion' | 'rawHeaders'>;

/**
 * What was read of the latest heads. To read a head anew costs more than to see that it is the same, and a journal of a thousand
 * requests that share one keeps the collector of garbage from copying each of them.
 */
export class KnownHeads {
  readonly #latest: { readonly raw: Raw; readonly head: KnownHead }[] = [];

  of(message: IncomingMessage): KnownHead {
    for (const { raw, head } of this.#latest) if (isSame(raw, message)) return head;
    const { httpVersion, rawHeaders, headers } = message;
    const head = { headers, hasBody: hasBody(message), refused: framingRefusal(message), last: null };
    const length = rawHeaders.reduce((sum, text) => sum + text.length, 0);
    if (head.refused !== null || length > longest) return head;
    this.#latest.unshift({ raw: { httpVersion, rawHeaders }, head });
    if (this.#latest.length > most) this.#latest.pop();
    return head;
  }
}

function isSame(known: Raw, { httpVersion, rawHeaders }: Raw): boolean {
  const { length } = known.rawHeaders;
  if (rawHeaders.length !== length || httpVersion !== known.httpVersion) return false;
  // What differs most often stands last: a cookie, a request's own number.
  for (let index = length - 1; index >= 0; index--) if (rawHeaders[index] !== known.rawHeaders[index]) return false;
  return true;
}

/** A request as it came, but for its body: the very object of the last one with the same head where it asks the same. */
export function withoutBody(head: KnownHead, method: string, target: string): HttpRequest {
  const { last } = head;
  if (last !== null && last.target === target && last.method === method) return last;
  head.last = { method, target, headers: head.headers, body: null };
  return head.last;
}
