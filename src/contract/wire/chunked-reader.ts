import type { WireProblem } from '../types.js';

/** The longest line that a chunk may begin with: its size and extensions (RFC 9112, 7.1.1). */
const maxLineBytes = 16 * 1024;

/** What one call of `push` found. */
export interface ChunkedProgress {
  /** Set once the last chunk and the trailer section have been read: what came after them. */
  readonly rest: Uint8Array | null;
  /** Set where the framing is broken, or is more than is read: nothing more can be read. */
  readonly complaint: Complaint | null;
}

interface Complaint {
  readonly kind: WireProblem;
  readonly message: string;
}

/** Is given a part of the bytes that arrived. */
export type Keep = (bytes: Uint8Array, start: number, end: number) => void;

/** Takes a chunked body apart as it arrives (RFC 9112, 7.1): extensions and trailers are read over. */
export class ChunkedReader {
  readonly #keep: Keep;
  #state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  #remaining = 0;
  /** The line that has begun: bytes as Latin-1. */
  #line = '';
  #trailerBytes = 0;
  readonly #maxTrailerBytes: number;

  /**
   * @param keep is given the bytes of the body
   * @param maxTrailerBytes of the trailer section: it is a header section, and need not end (RFC 9112, 7.1.2)
   */
  constructor(keep: Keep, maxTrailerBytes: number) {
    this.#keep = keep;
    this.#maxTrailerBytes = maxTrailerBytes;
  }

  push(bytes: Uint8Array): ChunkedProgress {
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'data') {
        const end = Math.min(bytes.length, at + this.#remaining);
        this.#keep(bytes, at, end);
        this.#remaining -= end - at;
        at = end;
        if (this.#remaining === 0) this.#state = 'data-end';
        continue;
      }
      const newline = bytes.indexOf(0x0a, at);
      const end = newline < 0 ? bytes.length : newline;
      // A server may send every byte as a chunk: what needs no text of its own gets none.
      if (newline < 0 || this.#line !== '' || !this.#endPlainLine(bytes, at, end)) {
        this.#line += Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('latin1');
        const complaint = this.#tooLong() ?? (newline < 0 ? null : this.#endLine());
        if (complaint === 'done') return { rest: bytes.subarray(newline + 1), complaint: null };
        if (complaint !== null) return { rest: null, complaint };
        if (newline < 0) break;
      }
      at = newline + 1;
    }
    return { rest: null, complaint: null };
  }

  /** Takes a line of a size alone, of up to seven digits, or the empty one behind a chunk. Whether it was such a line. */
  #endPlainLine(bytes: Uint8Array, start: number, newline: number): boolean {
    const end = newline > start && bytes[newline - 1] === 0x0d ? newline - 1 : newline;
    if (this.#state === 'data-end' && end === start) {
      this.#state = 'size';
      return true;
    }
    if (this.#state !== 'size' || end === start || end - start > 7) return false;
    let size = 0;
    for (let at = start; at < end; at++) {
      const digit = hexDigit(bytes[at] as number);
      if (digit < 0) return false;
      size = size * 16 + digit;
    }
    this.#beginChunk(size);
    return true;
  }

  #beginChunk(size: number): void {
    this.#remaining = size;
    this.#state = size === 0 ? 'trailer' : 'data';
  }

  #tooLong(): Complaint | null {
    if (this.#state === 'trailer' && this.#trailerBytes + this.#line.length > this.#maxTrailerBytes)
      return { kind: 'too-large', message: `The trailer section is longer than ${this.#maxTrailerBytes} bytes` };
    return this.#line.length > maxLineBytes ? malformed('A chunk begins with a line too long') : null;
  }

  #endLine(): Complaint | 'done' | null {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    if (this.#state === 'trailer') this.#trailerBytes += this.#line.length + 1;
    this.#line = '';
    if (this.#state === 'data-end') {
      this.#state = 'size';
      return line === ''
        ? null
        : malformed(`A chunk is longer than its size says: ${JSON.stringify(line.slice(0, 40))} follows`);
    }
    if (this.#state === 'trailer') return line === '' ? 'done' : null;
    const size = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) return malformed(`A chunk has no size: its line is ${JSON.stringify(line.slice(0, 40))}`);
    this.#beginChunk(Number.parseInt(size, 16));
    return null;
  }
}

function malformed(message: string): Complaint {
  return { kind: 'malformed-http', message };
}

/** The value of a digit in upper or lower case, or -1. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
