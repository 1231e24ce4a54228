/** The longest line that a chunk may begin with: its size and extensions (RFC 9112, 7.1.1). */
const maxLineBytes = 16 * 1024;

/** What one call of `push` found. */
export interface ChunkedProgress {
  /** Bytes of the body. */
  readonly data: readonly Uint8Array[];
  /** Set once the last chunk and the trailer section have been read: what came after them. */
  readonly rest: Uint8Array | null;
  /** Set where the framing is broken: nothing more can be read. */
  readonly complaint: string | null;
}

/** Takes a chunked body apart as it arrives (RFC 9112, 7.1): extensions and trailers are read over. */
export class ChunkedReader {
  #state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  #remaining = 0;
  /** The line that has begun: bytes as Latin-1. */
  #line = '';

  push(chunk: Uint8Array): ChunkedProgress {
    const data: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'data') {
        const end = Math.min(chunk.length, at + this.#remaining);
        data.push(chunk.subarray(at, end));
        this.#remaining -= end - at;
        at = end;
        if (this.#remaining === 0) this.#state = 'data-end';
        continue;
      }
      const newline = chunk.indexOf(0x0a, at);
      const end = newline < 0 ? chunk.length : newline;
      this.#line += Buffer.from(chunk.buffer, chunk.byteOffset + at, end - at).toString('latin1');
      if (this.#line.length > maxLineBytes)
        return { data, rest: null, complaint: 'A chunk begins with a line too long' };
      if (newline < 0) break;
      at = newline + 1;
      const complaint = this.#endLine();
      if (complaint === 'done') return { data, rest: chunk.subarray(at), complaint: null };
      if (complaint !== null) return { data, rest: null, complaint };
    }
    return { data, rest: null, complaint: null };
  }

  #endLine(): string | null {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    this.#line = '';
    if (this.#state === 'data-end') {
      this.#state = 'size';
      return line === '' ? null : `A chunk is longer than its size says: ${JSON.stringify(line.slice(0, 40))} follows`;
    }
    if (this.#state === 'trailer') return line === '' ? 'done' : null;
    const size = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) return `A chunk has no size: its line is ${JSON.stringify(line.slice(0, 40))}`;
    this.#remaining = Number.parseInt(size, 16);
    this.#state = this.#remaining === 0 ? 'trailer' : 'data';
    return null;
  }
}
