import { listOf, type ResponseHead } from './response-head.js';

/** How the end of a body is told (RFC 9112, 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

/**
 * Decides how long the body is, in the order of RFC 9112, 6.3.
 *
 * @param method of the request: HEAD has no body whatever the headers say
 */
export function framingOf(
  head: ResponseHead,
  method: string,
): { readonly framing: Framing; readonly complaints: readonly string[] } {
  const { status, headers } = head;
  const complaints: string[] = [];
  if (method === 'HEAD' || status === 204 || status === 304) return { framing: { kind: 'none' }, complaints };

  const codings = listOf(headers, 'transfer-encoding').map((coding) => coding.toLowerCase());
  const lengths = [...new Set(listOf(headers, 'content-length'))];
  if (codings.length > 0) {
    if (lengths.length > 0) complaints.push('Transfer-Encoding and Content-Length are both there (RFC 9112, 6.1)');
    if (codings.length === 1 && codings[0] === 'chunked') return { framing: { kind: 'chunked' }, complaints };
    complaints.push(`Transfer-Encoding is ${JSON.stringify(codings.join(', '))}, which was not asked for`);
    return { framing: { kind: codings.at(-1) === 'chunked' ? 'chunked' : 'close' }, complaints };
  }
  if (lengths.length === 0) return { framing: { kind: 'close' }, complaints };
  const [value = ''] = lengths;
  if (lengths.length > 1 || !/^\d{1,15}$/.test(value)) {
    complaints.push(`Content-Length is ${JSON.stringify(lengths.join(', '))} instead of one number`);
    return { framing: { kind: 'close' }, complaints };
  }
  return { framing: { kind: 'length', length: Number(value) }, complaints };
}
