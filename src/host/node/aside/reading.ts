import type { HttpRequest } from '../../../operation/index.js';

/** What target, header fields and body may have together, in bytes, to be read at once: what a head may have. */
const longestAtOnce = 16 * 1024;
/** So many signs that part values may be in what is read at once: reading takes its time by values, and not by bytes. */
const mostSignsAtOnce = 500;

/** Whether a request has so much to read that others would have to wait. @param length `lengthOf` it */
export function hasMuchToRead(request: HttpRequest, length: number): boolean {
  return length > longestAtOnce || hasMoreSigns(request, length);
}

/** What target, header fields and body have together, in bytes. */
export function lengthOf({ target, headers, body }: HttpRequest): number {
  let length = target.length + (body?.length ?? 0);
  for (const name in headers) length += headers[name]?.length ?? 0;
  return length;
}

/** Whether there is more to read than is read at once. @param length of all of it, in bytes */
function hasMoreSigns({ target, headers, body }: HttpRequest, length: number): boolean {
  // Each value takes a byte at least.
  if (length <= 2 * mostSignsAtOnce) return false;
  let left = mostSignsAtOnce - signsIn(target);
  for (const name in headers) left -= signsIn(String(headers[name]));
  if (body === null || body === undefined) return left < 0;
  for (let at = 0; at < body.length && left >= 0; at++) left -= signs[body[at] ?? 0] ?? 0;
  return left < 0;
}

function signsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) count += signs[text.charCodeAt(at)] ?? 0;
  return count;
}

/** 1 for what parts values: those of JSON, forms, CSV, XML, lines, cookies and lists, and what opens one. */
const signs = new Uint8Array(256);
for (const sign of '&,;<[{\n') signs[sign.charCodeAt(0)] = 1;
