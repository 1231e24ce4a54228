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
 * the lines around it are still read.
 *
 * @param text the bytes as Latin-1, without the blank line at their end
 */
export function parseHead(text: string): ResponseHead {
  const complaints: string[] = [];
  if (/(^|[^\r])\n/.test(text)) complaints.push('A line ends with LF alone instead of CRLF');
  const lines = text.split(/\r?\n/);
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
