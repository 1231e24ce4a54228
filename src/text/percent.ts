/**
 * Percent-encodes all but what stands for itself in every part of a URI (RFC 3986, 2.3). What has no UTF-8, a surrogate without its
 * other half, is the replacement character, as browsers send it (WHATWG URL, 1.3).
 */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}
