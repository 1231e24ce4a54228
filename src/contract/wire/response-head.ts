/** What stands before the body (RFC 9112, 2.1), and what is wrong with how it is written. */
export interface ResponseHead {
  /** 1.0 or 1.1; null where the first line is no status line. */
  readonly version: '1.0' | '1.1' | null;
  readonly status: number | null;
  /** In the order and spelling of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Sentences about lines that break RFC 9112. */
  readonly complaints: readonly string[];
}

/** Most lines of a head: as many are in no answer that means something. */
export const maximumHeadLines = 2_000;

/** More wrong lines of a head are counted. */
const mostComplaints = 8;

const statusLine = /^HTTP\/(\d)\.(\d) (\d{3})(?: (.*))?$/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for (RFC 9110, 5.5).
const forbiddenInValue = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * Where the blank line stands: the head ends at `start`, the body begins at `next`. A server that ends its
 * lines with LF alone is read all the same, and complained about.
 */
export function headEnd(bytes: Buffer): { start: number; next: number } | null {
  const strict = bytes.indexOf('\n\r\n');
  const lenient = bytes.indexOf('\n\n');
  if (strict < 0 && lenient < 0) return null;
  const found = strict >= 0 && (lenient < 0 || strict < lenient) ? strict : lenient;
  const start = found > 0 && bytes[found - 1] === 0x0d ? found - 1 : found;
  return { start, next: found + (found === strict ? 3 : 2) };
}

/** Whether what has come so far can still become a status line, so that garbage does not have to be waited out. */
export function looksLikeStatusLine(bytes: Buffer): boolean {
  return 'HTTP/1.'.startsWith(bytes.toString('latin1', 0, 7));
}

/**
 * Reads a status line and header section. Never throws: a line that cannot be read is a complaint, and
 * the lines around it are still read. Null where there are too many of them.
 *
 * @param text the bytes as Latin-1, without the blank line at their end
 */
export function parseHead(text: string): ResponseHead | null {
  const complaints: string[] = [];
  if (/(^|[^\r])\n/.test(text)) complaints.push('A line ends with LF alone instead of CRLF');
  const lines = text.split(/\r?\n/, maximumHeadLines + 1);
  if (lines.length > maximumHeadLines) return null;
  const first = lines.shift() ?? '';
  const match = statusLine.exec(first);
  if (match === null || match[1] !== '1') {
    complaints.push(`The first line is not a status line of HTTP/1.1: ${quote(first)}`);
    return { version: null, status: null, headers: [], complaints };
  }
  const status = Number(match[3]);
  if (status < 100 || status > 599) complaints.push(`The status code ${match[3]} is outside 100 to 599`);
  const headers: [string, string][] = [];
  for (const line of lines) readField(line, headers, complaints);
  const more = complaints.splice(mostComplaints).length;
  if (more > 0) complaints.push(`And ${more} more ${more === 1 ? 'line breaks' : 'lines break'} RFC 9112`);
  return { version: match[2] === '0' ? '1.0' : '1.1', status, headers, complaints };
}

function readField(line: string, headers: [string, string][], complaints: string[]): void {
  const previous = headers.at(-1);
  if (/^[ \t]/.test(line) && previous) {
    // obs-fold (RFC 9112, 5.2): a server must not send it; what it means is still known.
    complaints.push(`The header ${quote(previous[0])} is folded over two lines`);
    previous[1] = `${previous[1]} ${line.trim()}`.trim();
    return;
  }
  const colon = line.indexOf(':');
  if (colon < 0) {
    complaints.push(`A header line has no colon: ${quote(line)}`);
    return;
  }
  const name = line.slice(0, colon);
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  if (!token.test(name)) complaints.push(`A header name is not a token: ${quote(name)}`);
  if (forbiddenInValue.test(value)) complaints.push(`The header ${quote(name)} has a control character in its value`);
  headers.push([name.trim(), value]);
}

/** A piece of the wire for a person: escaped, and cut where it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** All values of a header field, by lower-case name, each list element on its own. */
export function listOf(headers: ResponseHead['headers'], name: string): string[] {
  return headers
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

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
