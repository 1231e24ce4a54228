import type { Received } from '../types.js';
import { decodeBody } from './decode-body.js';
import { type Ending, ResponseReader } from './response-reader.js';

/** How much of an answer is read, in bytes. */
export const readLimits = { maxHeadBytes: 64 * 1024, maxBodyBytes: 32 * 1024 * 1024 } as const;

/** What a reader has seen, with the body decoded where that makes sense. */
export async function receivedFrom(reader: ResponseReader, duration: number, maxBodyBytes: number): Promise<Received> {
  const { status, headers, raw, problems } = reader.result();
  const whole = problems.every(({ kind }) => kind === 'content-length-mismatch') && !reader.bodiless;
  if (!whole) return { status, headers, raw, body: raw, problems, duration };
  const decoded = await decodeBody(raw, headers, maxBodyBytes);
  return { status, headers, raw, body: decoded.body, problems: [...problems, ...decoded.problems], duration };
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
