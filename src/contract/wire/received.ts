import type { Received } from '../types.js';
import { listOf } from './response-head.js';
import { type Ending, keptBytes, ResponseReader } from './response-reader.js';

/** How much of an answer is read, in bytes. */
export const readLimits = { maxHeadBytes: 64 * 1024, maxBodyBytes: 8 * 1024 * 1024 } as const;

/** What a reader has seen, with the body decoded where that makes sense. */
export async function receivedFrom(reader: ResponseReader, duration: number, maxBodyBytes: number): Promise<Received> {
  const { status, headers, raw, problems } = reader.result();
  const open = reader.isOpen ? { isOpen: true as const } : {};
  const beginning = (problems: WireProblems): Received => {
    // Of what is too long to be judged, the beginning is enough.
    const kept = Uint8Array.from(raw.subarray(0, keptBytes));
    return { status, headers, raw: kept, body: kept, problems, duration };
  };
  if (problems.some(({ kind }) => kind === 'too-large')) return beginning(problems);
  const whole = problems.every(({ kind }) => kind === 'content-length-mismatch') && !reader.bodiless;
  if (!whole || reader.isOpen) return { status, headers, raw, body: raw, problems, duration, ...open };
  const decoded = await decodeBody(raw, headers, maxBodyBytes);
  const mostValues = Math.floor(maxBodyBytes / bytesOfValue);
  if (hasMoreValues(decoded.body, mostValues)) {
    const message = `The body has more than ${mostValues} values: it was not judged`;
    return beginning([...problems, { kind: 'too-large', message }]);
  }
  return { status, headers, raw, body: decoded.body, problems: [...problems, ...decoded.problems], duration };
}

/** A value of JSON takes many times its text: of so many bytes that may be read, one value may be. */
const bytesOfValue = 32;

/** Whether bytes that look like JSON hold more members and items than that. */
function hasMoreValues(bytes: Uint8Array, most: number): boolean {
  // Each has a byte of its own, and one that separates it.
  if (bytes.length < 2 * most) return false;
  const first = bytes.findIndex((byte) => byte > 0x20);
  if (bytes[first] !== 0x5b && bytes[first] !== 0x7b) return false;
  if (countsAtMost(bytes, most)) return false;
  let values = 0;
  let isInString = false;
  for (let at = first; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x22) isInString = !isInString;
    else if (isInString && byte === 0x5c) at++;
    else if (!isInString && (byte === 0x2c || byte === 0x5b || byte === 0x7b) && ++values > most) return true;
  }
  return false;
}

const separators = [0x2c, 0x5b, 0x7b];

/** Whether there are no more separators than that, those in strings too: seen in a fraction of the time that it takes to tell these apart. */
function countsAtMost(bytes: Uint8Array, most: number): boolean {
  let count = 0;
  for (const separator of separators) {
    for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, at + 1))
      if (++count > most) return false;
  }
  return true;
}

/**
 * What the client would have seen of these bytes, had they come over a connection that then ended like this.
 * An answer that is whole before the end does not notice how it ended.
 */
export function readBytes(bytes: Uint8Array, method: string, ending: Ending): Promise<Received> {
  const reader = new ResponseReader({ method, ...readLimits });
  reader.push(bytes);
  reader.end(ending);
  return receivedFrom(reader, 0, readLimits.maxBodyBytes);
}

type WireProblems = Received['problems'];

/** Undoes one content coding (RFC 9110, 8.4.1), and never makes more than `maxBytes`. */
type Decoder = (bytes: Uint8Array, maxBytes: number) => Promise<Uint8Array>;

/**
 * The body after its Content-Encoding, and what is wrong with how it is encoded.
 *
 * An empty body is left alone: many servers name the coding of what they would have sent (HEAD, 304).
 *
 * @param maxBytes how long the decoded body may become
 */
export async function decodeBody(
  raw: Uint8Array,
  headers: Received['headers'],
  maxBytes: number,
): Promise<{ readonly body: Uint8Array; readonly problems: WireProblems }> {
  const codings = listOf(headers, 'content-encoding').map((coding) => coding.toLowerCase());
  let body = raw;
  if (raw.length > 0) {
    // In the order in which they were applied, so the last is undone first.
    for (const coding of codings.reverse()) {
      if (coding === 'identity') continue;
      try {
        body = await decoderOf(coding)(body, maxBytes);
      } catch (error) {
        const message = `Content-Encoding says ${coding}, and the body is not: ${(error as Error).message}`;
        const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
        const problem = large
          ? ({ kind: 'too-large', message: `The body decodes to more than ${maxBytes} bytes` } as const)
          : ({ kind: 'content-encoding-broken', message } as const);
        return { body: raw, problems: [problem] };
      }
    }
  }
  return { body, problems: [] };
}

function decoderOf(coding: string): Decoder {
  return async (bytes, maxOutputLength) => {
    // zlib is loaded once a body needs it: most runs never do.
    const zlib = await import('node:zlib');
    const options = { maxOutputLength };
    switch (coding) {
      case 'gzip':
      case 'x-gzip':
        return zlib.gunzipSync(bytes, options);
      case 'br':
        return zlib.brotliDecompressSync(bytes, options);
      case 'deflate':
        // The zlib format (RFC 9110, 8.4.1.2), or raw deflate, which some servers send under that name.
        return (Number(bytes[0]) & 0x0f) === 8 ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options);
      default:
        throw new Error('this coding is not known here, and was not asked for');
    }
  };
}
