import { isSequential } from '../../document/index.js';
import type { Received, WireProblem } from '../types.js';
import { BodyBuffer } from './body-buffer.js';
import { ChunkedReader } from './chunked-reader.js';
import {
  type Framing,
  framingOf,
  headEnd,
  listOf,
  looksLikeStatusLine,
  maximumHeadLines,
  parseHead,
  quote,
  type ResponseHead,
} from './response-head.js';

export interface ReaderOptions {
  /** Of the request: the answer to HEAD has no body. */
  readonly method: string;
  readonly maxHeadBytes: number;
  readonly maxBodyBytes: number;
}

/** How an answer came to its end when it did not end by itself. */
export type Ending = 'closed' | 'reset' | 'timeout' | 'stopped';

const maxInterimResponses = 64;

/**
 * Reads one answer off a connection, as the bytes arrive and however they are cut up, and keeps what is
 * wrong with it. Knows no socket.
 */
export class ResponseReader {
  readonly #options: ReaderOptions;
  readonly #problems: { kind: WireProblem; message: string }[] = [];
  #head: ResponseHead | null = null;
  #framing: Framing = { kind: 'close' };
  #chunked: ChunkedReader | null = null;
  #pending: Buffer = Buffer.alloc(0);
  #body = new BodyBuffer();
  /** Bytes that came behind the head, the framing of chunks among them. */
  #wireBytes = 0;
  #extra: Buffer = Buffer.alloc(0);
  #extraBytes = 0;
  #interim = 0;
  #done = false;
  /** Set where the end of the answer cannot be told: what follows is part of the same problem. */
  #lost = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** Whether any byte of an answer has come. */
  started = false;

  /** Whether nothing more is awaited: the answer is whole, or so broken that its end cannot be told. */
  get done(): boolean {
    return this.#done;
  }

  /** Whether the connection may carry another request (RFC 9112, 9.3). */
  get persistent(): boolean {
    if (!this.#done || this.#head === null || this.#problems.length > 0 || this.#framing.kind === 'close') return false;
    const options = listOf(this.#head.headers, 'connection').map((option) => option.toLowerCase());
    if (options.includes('close') || this.#head.status === 101) return false;
    return this.#head.version === '1.1' || options.includes('keep-alive');
  }

  /** Whether what comes are the items of a stream, which need not end. */
  get streams(): boolean {
    if (this.#head === null || this.#done) return false;
    return listOf(this.#head.headers, 'content-type').some(isSequential);
  }

  /** Whether it was stopped before its end, as a stream that is read for a while. */
  isOpen = false;

  /** Bytes of the body that have come. */
  get bodyBytes(): number {
    return this.#body.length;
  }

  /** Whether the answer may have no body at all (HEAD, 204, 304). */
  get bodiless(): boolean {
    return this.#head !== null && this.#framing.kind === 'none';
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.started = true;
    if (this.#done) {
      if (!this.#lost) this.#keepExtra(chunk);
    } else if (this.#head === null) this.#pushHead(chunk);
    else this.#pushBody(chunk);
  }

  /** The connection gave no more: tells a whole answer from one that was cut off. */
  end(ending: Ending, detail = ''): void {
    if (this.#done) return;
    this.#done = true;
    if (ending === 'stopped') {
      this.isOpen = true;
      return;
    }
    const how = { closed: 'the connection was closed', reset: 'the connection was reset', timeout: 'time ran out' }[
      ending
    ];
    if (ending === 'closed' && this.#head !== null && this.#framing.kind === 'close') return;
    const came = this.#whatCame();
    const because = detail === '' ? how : `${how} (${detail})`;
    if (ending === 'timeout') this.#complain('timeout', `${because}: ${came}`);
    else if (!this.started) this.#complain('reset', `${because} before any byte of an answer`);
    else this.#complain(ending === 'reset' ? 'reset' : 'truncated', `${because} in the middle of the answer: ${came}`);
  }

  /** The answer came, but in so many pieces over so many milliseconds that it cannot be called timely. */
  tellTrickle(pieces: number, milliseconds: number): void {
    if (this.#problems.some(({ kind }) => kind === 'timeout')) return;
    const seconds = (milliseconds / 1000).toFixed(1);
    this.#complain('timeout', `the answer trickled in, in ${pieces} pieces of a few bytes over ${seconds} s`);
  }

  /** What came, without what is only known after decoding. */
  result(): Pick<Received, 'status' | 'headers' | 'raw' | 'problems'> {
    const problems = [...this.#problems];
    if (this.#extraBytes > 0) problems.push(this.#extraProblem());
    return {
      status: this.#head?.status ?? null,
      headers: this.#head?.headers ?? [],
      raw: this.#framing.kind === 'none' ? this.#extra : this.#body.bytes(),
      problems,
    };
  }

  #complain(kind: WireProblem, message: string): void {
    this.#problems.push({ kind, message: message.charAt(0).toUpperCase() + message.slice(1) });
  }

  #giveUp(kind: WireProblem, message: string): void {
    this.#complain(kind, message);
    this.#done = true;
    this.#lost = true;
  }

  #pushHead(chunk: Uint8Array): void {
    // Joining is cheap where the head comes in one piece, and bounded by maxHeadBytes where it does not.
    this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#pending, chunk]);
    const end = headEnd(this.#pending);
    if (end === null) {
      if (!looksLikeStatusLine(this.#pending)) {
        this.#giveUp('malformed-http', `What came is not HTTP/1.1: ${quote(this.#pending.toString('latin1'))}`);
      } else if (this.#pending.length > this.#options.maxHeadBytes) this.#refuseHead();
      return;
    }
    if (end.start > this.#options.maxHeadBytes) {
      this.#refuseHead();
      return;
    }
    const head = parseHead(this.#pending.toString('latin1', 0, end.start));
    if (head === null) {
      this.#giveUp('too-large', `The header section has more than ${maximumHeadLines} lines`);
      return;
    }
    const rest = this.#pending.subarray(end.next);
    this.#pending = Buffer.alloc(0);
    for (const complaint of head.complaints) this.#complain('malformed-http', complaint);
    if (head.status !== null && head.status < 200 && head.status !== 101) {
      this.#interim++;
      if (this.#interim > maxInterimResponses) {
        this.#giveUp('too-large', `More than ${maxInterimResponses} interim responses (1xx) came`);
      } else this.push(rest);
      return;
    }
    this.#beginBody(head);
    this.push(rest);
  }

  #beginBody(head: ResponseHead): void {
    this.#head = head;
    if (head.status === null) {
      this.#done = true;
      this.#lost = true;
      return;
    }
    const { framing, complaints } = framingOf(head, this.#options.method);
    for (const complaint of complaints) this.#complain('malformed-http', complaint);
    this.#framing = framing;
    if (framing.kind === 'length' && framing.length <= this.#options.maxBodyBytes) {
      this.#body = new BodyBuffer(framing.length);
    }
    if (framing.kind === 'chunked')
      this.#chunked = new ChunkedReader(
        (bytes, start, end) => this.#keep(bytes, start, end),
        this.#options.maxHeadBytes,
      );
    // After 101 the bytes are another protocol's, which was not asked for.
    if (framing.kind === 'none' || (framing.kind === 'length' && framing.length === 0) || head.status === 101)
      this.#done = true;
  }

  #refuseHead(): void {
    this.#giveUp('too-large', `The header section is longer than ${this.#options.maxHeadBytes} bytes`);
  }

  #pushBody(chunk: Uint8Array): void {
    this.#wireBytes += chunk.length;
    if (this.#chunked !== null) {
      const { rest, complaint } = this.#chunked.push(chunk);
      if (complaint !== null && !this.#done) this.#giveUp(complaint.kind, complaint.message);
      if (this.#wireBytes - this.#body.length > this.#options.maxBodyBytes + keptBytes) {
        this.#refuseBody(`The sizes of its chunks are longer than ${this.#options.maxBodyBytes} bytes`);
      }
      if (rest === null || this.#done) return;
      this.#done = true;
      if (rest.length > 0) this.#keepExtra(rest);
      return;
    }
    if (this.#framing.kind !== 'length') {
      this.#keep(chunk, 0, chunk.length);
      return;
    }
    const wanted = this.#framing.length - this.#body.length;
    this.#keep(chunk, 0, Math.min(wanted, chunk.length));
    if (chunk.length < wanted) return;
    if (this.#done) return;
    this.#done = true;
    if (chunk.length > wanted) this.#keepExtra(chunk.subarray(wanted));
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    if (this.#done) return;
    const room = this.#options.maxBodyBytes - this.#body.length;
    this.#body.add(bytes, start, Math.min(end, start + room));
    // What says that it is too long need not be read to that point.
    const isTooLong = this.#framing.kind === 'length' && this.#framing.length > this.#options.maxBodyBytes;
    if (end - start > room || (isTooLong && this.#body.length >= keptBytes)) {
      this.#refuseBody(`The body is longer than ${this.#options.maxBodyBytes} bytes`);
    }
  }

  #refuseBody(why: string): void {
    if (this.#done) return;
    this.#giveUp('too-large', `${why}: the rest was not read`);
    this.#body.cut(keptBytes);
  }

  #keepExtra(piece: Uint8Array): void {
    this.#extraBytes += piece.length;
    const room = 64 * 1024 - this.#extra.length;
    if (room > 0) this.#extra = Buffer.concat([this.#extra, piece.subarray(0, room)]);
  }

  #extraProblem(): { kind: WireProblem; message: string } {
    const seen = `${this.#extraBytes} ${this.#extraBytes === 1 ? 'byte' : 'bytes'}`;
    const sample = quote(this.#extra.toString('latin1', 0, 80));
    if (this.#framing.kind === 'none') {
      const why = this.#options.method === 'HEAD' ? 'the answer to HEAD' : `a ${this.#head?.status}`;
      return { kind: 'body-not-allowed', message: `After the header section of ${why} came ${seen}: ${sample}` };
    }
    if (this.#framing.kind === 'length') {
      const message = `Content-Length says ${this.#framing.length}, and ${seen} came after that: ${sample}`;
      return { kind: 'content-length-mismatch', message };
    }
    return { kind: 'malformed-http', message: `After the end of the answer came ${seen}: ${sample}` };
  }

  #whatCame(): string {
    if (!this.started) return 'no byte of an answer came';
    if (this.#head === null) return 'the header section did not come to its end';
    const bytes = `${this.#body.length} ${this.#body.length === 1 ? 'byte' : 'bytes'} of the body came`;
    if (this.#framing.kind === 'length') return `${bytes}, and Content-Length says ${this.#framing.length}`;
    if (this.#framing.kind === 'chunked') return `${bytes}, and the last chunk did not`;
    return `${bytes}, and the connection stayed open`;
  }
}

/** How much is kept of an answer that is longer than is read, in bytes. */
export const keptBytes = 16 * 1024;
