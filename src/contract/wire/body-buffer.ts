/** Bytes that are asked for at a time. */
const blockBytes = { least: 1024, most: 64 * 1024 };
/** Pieces of at least so many bytes stay as they came: a copy would be as much again. */
const keptPieceBytes = 16 * 1024;

/**
 * A body as it arrives, however it is cut up: in blocks, since a server may send it byte by byte, and of many that grow at
 * the same time none should be copied to make room.
 */
export class BodyBuffer {
  #blocks: Uint8Array[] = [];
  /** Bytes that are free in the last block. */
  #room = 0;
  #length = 0;
  readonly #expected: number;

  /** @param expected how many bytes are to come, as far as that is known: they are put where they can stay */
  constructor(expected = 0) {
    this.#expected = expected;
  }

  /** In bytes. */
  get length(): number {
    return this.#length;
  }

  /** Adds the part of some bytes that lies between two offsets. */
  add(bytes: Uint8Array, start: number, end: number): void {
    for (let from = start; from < end; ) {
      if (this.#room === 0 && this.#expected <= this.#length && isWhole(bytes, from, end)) {
        this.#blocks.push(bytes.subarray(from, end));
        this.#length += end - from;
        return;
      }
      if (this.#room === 0) {
        const usual = Math.min(blockBytes.most, Math.max(blockBytes.least, this.#length, end - from));
        this.#room = Math.max(usual, this.#expected - this.#length);
        this.#blocks.push(new Uint8Array(this.#room));
      }
      const block = this.#blocks.at(-1) as Uint8Array;
      const count = Math.min(this.#room, end - from);
      if (count === 1) block[block.length - this.#room] = bytes[from] as number;
      else block.set(bytes.subarray(from, from + count), block.length - this.#room);
      this.#room -= count;
      this.#length += count;
      from += count;
    }
  }

  /** Lets go what stands behind so many bytes. */
  cut(length: number): void {
    this.#length = Math.min(length, this.#length);
    this.#blocks = [Buffer.concat(this.#blocks, this.#length)];
    this.#room = 0;
  }

  /** All of it as one. */
  bytes(): Buffer {
    if (this.#blocks.length > 1) this.cut(this.#length);
    const [whole = new Uint8Array(0)] = this.#blocks;
    return Buffer.from(whole.buffer, whole.byteOffset, this.#length);
  }
}

/** Whether a piece is long, and most of what its memory holds. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= keptPieceBytes && 2 * (end - start) >= bytes.buffer.byteLength;
}
