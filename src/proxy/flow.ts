import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const closed = 'the connection was closed';

/** The body of a message on its way: passed on as it comes, with a copy of it as far as it is short enough. */
export class Flow {
  readonly #message: IncomingMessage;
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  /** Whether all of it has come. */
  isWhole = false;
  /** Why its sender did not bring it to an end; null where it did, or still may. */
  failure: Error | null = null;

  /** @param limit bytes of which a copy is kept; of a longer one there is none */
  constructor(message: IncomingMessage, limit: number) {
    this.#message = message;
    this.#limit = limit;
  }

  get isOver(): boolean {
    return this.#length > this.#limit;
  }

  /** All of it; null where it is too long, or has not come yet. */
  get bytes(): Uint8Array | null {
    if (!this.isWhole || this.isOver) return null;
    return this.#chunks.length === 1 ? (this.#chunks[0] as Uint8Array) : Buffer.concat(this.#chunks);
  }

  /** Reads it before it is passed on, to its end or until so many bytes have come. Never rejects. */
  ahead(most: number): Promise<void> {
    const message = this.#message;
    return new Promise((resolve) => {
      if (most === 0) return resolve();
      const stop = () => {
        message.off('data', take).off('end', end).off('error', fail).off('close', fail);
        resolve();
      };
      const take = (chunk: Uint8Array) => {
        this.#length += chunk.length;
        this.#chunks.push(chunk);
        if (this.#length <= most) return;
        message.pause();
        stop();
      };
      const end = () => {
        this.isWhole = message.complete;
        stop();
      };
      const fail = (error = new Error(closed)) => {
        this.failure = error;
        stop();
      };
      if (message.destroyed) fail();
      else message.on('data', take).on('end', end).on('error', fail).on('close', fail);
    });
  }

  /**
   * Passes on what was read ahead, and then the rest as it comes, no faster than it is taken.
   *
   * @param beforeEnd called when all has been passed on, while the destination is still open
   * @throws what broke it: `failure` where that was the sender, something else where it was the destination
   */
  async to(destination: Writable, beforeEnd: () => void): Promise<void> {
    const { bytes, failure } = this;
    if (failure !== null) {
      // What has come is for the destination too, before it is told that no more does.
      await new Promise((resolve) => {
        destination.once('close', resolve);
        destination.write(Buffer.concat(this.#chunks), resolve);
      });
      destination.destroy();
      throw failure;
    }
    if (bytes === null) return pipeline(this.#pieces(beforeEnd), destination);
    if (destination.destroyed) throw new Error(closed);
    if (this.#message.rawTrailers.length === 0) return void destination.end(bytes);
    destination.write(bytes);
    beforeEnd();
    destination.end();
  }

  async *#pieces(beforeEnd: () => void): AsyncGenerator<Uint8Array> {
    yield* this.#chunks;
    if (this.isOver) this.#chunks.length = 0;
    if (!this.isWhole) {
      try {
        for await (const chunk of this.#message) {
          this.#length += chunk.length;
          if (this.isOver) this.#chunks.length = 0;
          else this.#chunks.push(chunk);
          yield chunk;
        }
        this.isWhole = this.#message.complete;
      } catch (error) {
        this.failure = error as Error;
      }
      if (!this.isWhole) {
        this.failure ??= new Error(closed);
        throw this.failure;
      }
    }
    beforeEnd();
  }
}
