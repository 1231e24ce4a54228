import type { Received, WireProblem } from '../types.js';
import { listOf } from './response-head.js';

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
  return { body, problems: textProblems(body, headers) };
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

/** JSON is UTF-8 without a byte order mark (RFC 8259, 8.1); other text only where it says that it is UTF-8. */
function textProblems(body: Uint8Array, headers: Received['headers']): WireProblems {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const isJson = /^[^;]*[/+](json|x-ndjson|json-seq|geo\+json)\s*(;|$)/i.test(contentType);
  const saysUtf8 = /;\s*charset\s*=\s*"?utf-?8"?\s*(;|$)/i.test(contentType);
  if (!isJson && !saysUtf8) return [];
  const problems: { kind: WireProblem; message: string }[] = [];
  if (isJson && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    problems.push({ kind: 'byte-order-mark', message: 'The body begins with a byte order mark (EF BB BF)' });
  }
  const at = firstInvalidUtf8(body);
  if (at >= 0) {
    const byte = body[at]?.toString(16).toUpperCase().padStart(2, '0') ?? '';
    const message =
      at < body.length
        ? `The body is not UTF-8: byte ${byte} at offset ${at} does not belong there`
        : 'The body is not UTF-8: it ends within a character';
    problems.push({ kind: 'invalid-utf8', message });
  }
  return problems;
}

/** The offset of the first byte that UTF-8 (RFC 3629) does not allow, the length where it ends too early, or -1. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return -1;
  } catch {
    let at = 0;
    while (at < bytes.length) {
      const length = sequenceLength(bytes, at);
      if (length === 0) return at;
      if (at + length > bytes.length) return bytes.length;
      at += length;
    }
    return -1;
  }
}

/** The length of the character at `at`, 0 where there is none; what is missing at the end counts as there. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = Number(bytes[at]);
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let index = 1; index < length && at + index < bytes.length; index++) {
    const byte = Number(bytes[at + index]);
    const [low, high] = index === 1 ? secondByteRange(lead) : [0x80, 0xbf];
    if (byte < low || byte > high) return 0;
  }
  return length;
}

/** The ranges that keep out overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629, 4). */
function secondByteRange(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}
