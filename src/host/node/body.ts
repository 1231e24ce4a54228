import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { inTable } from '../../text/value.js';

/** A request body as it arrived: whole and decoded, or why not. */
export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array | null }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unknown-coding'; readonly coding: string }
  | { readonly kind: 'undecodable'; readonly coding: string; readonly reason: string }
  /** The client went away, or broke the framing. */
  | { readonly kind: 'aborted' };

type Decode = (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>;

const gunzip: Decode = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const brotli: Decode = promisify<zlib.InputType, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress) as Decode;
const inflateZlib: Decode = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw: Decode = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);

/** RFC 9110, 8.4.1.2: "deflate" is the zlib format, but some clients send the bare stream. */
const inflate: Decode = (bytes, options) =>
  ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateZlib(bytes, options) : inflateRaw(bytes, options);

/** The content codings (RFC 9110, 8.4.1) that are understood. */
const codings: Readonly<Record<string, Decode>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  br: brotli,
};

/** What goes into Accept-Encoding of a 415 (RFC 9110, 15.5.16). */
export const acceptedCodings = 'gzip, deflate, br';

/** More codings than this on one body are an attack. */
const maxCodings = 4;

/** Whether a request brings a body at all; without one nothing has to be awaited. */
export function hasBody(request: IncomingMessage): boolean {
  const { headers } = request;
  if (headers['transfer-encoding'] !== undefined) return true;
  const length = headers['content-length'];
  return length !== undefined && (length !== '0' || headers['content-type'] !== undefined);
}

/** Reads a body of at most `limit` bytes and undoes its Content-Encoding. Never rejects. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const header = request.headers['content-encoding'];
  return header === undefined ? readRaw(request, limit) : readCoded(request, header, limit);
}

async function readCoded(request: IncomingMessage, header: string, limit: number): Promise<Body> {
  const names = codingsOf(header);
  const unknown = names.find((name) => !Object.hasOwn(codings, name));
  if (unknown !== undefined) return { kind: 'unknown-coding', coding: unknown };
  if (names.length > maxCodings) return { kind: 'unknown-coding', coding: names.join(', ') };
  const raw = await readRaw(request, limit);
  if (raw.kind !== 'whole' || raw.bytes === null || raw.bytes.length === 0) return raw;
  return decode(raw.bytes, names, limit);
}

/** In the order in which they were applied; `identity` is none. */
function codingsOf(header: string): string[] {
  return header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
}

function readRaw(request: IncomingMessage, limit: number): Promise<Body> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const take = (chunk: Uint8Array) => {
      length += chunk.length;
      if (length > limit) {
        request.off('data', take);
        resolve({ kind: 'too-large' });
      } else chunks.push(chunk);
    };
    const abort = () => resolve({ kind: 'aborted' });
    // Each comes once, and what comes after the first of them says nothing any more: to take them back costs more than to hear it.
    request.on('data', take);
    request.on('end', () => resolve({ kind: 'whole', bytes: join(chunks, request) }));
    request.on('error', abort);
    request.on('close', abort);
  });
}

/** A chunked body of no bytes and no type is no body. */
function join(chunks: readonly Uint8Array[], request: IncomingMessage): Uint8Array | null {
  if (chunks.length === 0 && request.headers['content-type'] === undefined) return null;
  return chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks);
}

async function decode(bytes: Uint8Array, names: readonly string[], limit: number): Promise<Body> {
  let decoded = bytes;
  for (const coding of names.toReversed()) {
    try {
      decoded = (await inTable(codings, coding)?.(decoded, { maxOutputLength: limit })) ?? decoded;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large' };
      return { kind: 'undecodable', coding, reason: message };
    }
  }
  return { kind: 'whole', bytes: decoded };
}
