import type { Fixtures } from '../fixture/index.js';
import type { HttpRequest, Operations } from '../operation/index.js';
import type { Violation } from '../schema/index.js';

/** Which answer is wanted instead of the one the mock would choose: from `Prefer`, or set in a host. */
export interface Preference {
  readonly status?: number;
  /** The name of an example of the document, or of a scripted case. */
  readonly example?: string;
  /** false: answer as if the request were valid. */
  readonly validate?: boolean;
  /** Make the body from the schema even where an example stands. */
  readonly dynamic?: boolean;
  readonly seed?: number;
  /** The id of a fault, and after an `@` the pointer of the schema keyword where it strikes. */
  readonly fault?: string;
  /** Milliseconds to wait besides, before the answer is sent. */
  readonly delay?: number;
  /** How many requests the operation had before this one: a host counts, for faults that strike now and then. */
  readonly ordinal?: number;
}

/** What made the body. */
export type Source = 'fake' | 'example' | 'case' | 'problem' | 'fault' | 'none';

/** What the host must do on the wire besides sending the bytes. After all but `drip` the connection is closed. */
export type WireEffect =
  /** Nothing comes, ever. */
  | { readonly kind: 'hang' }
  /** The head at once, the body at this rate. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** TCP reset: with 0 before the status line, else after the head and so many bytes of the body. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The right Content-Length, but only so many bytes of the body before an orderly end. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** The whole body under a wrong Content-Length. */
  | { readonly kind: 'length'; readonly contentLength: number }
  /** The body also where HTTP forbids one: HEAD, 204, 304 (RFC 9110, 6.4.1). */
  | { readonly kind: 'body-always' }
  /** Chunked transfer (RFC 9112, 7.1) instead of a Content-Length: right, but not what the host does by itself. */
  | { readonly kind: 'chunked' };

/** A response, and how it came about. The same request gets the same bytes. */
export interface Answer {
  readonly status: number;
  /** Names as they go on the wire; Content-Length and Date are the host's. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** `''` where there is none. For HEAD the host sends the length and not the bytes. */
  readonly body: string | Uint8Array;
  /** Milliseconds to wait before sending. */
  readonly delay: number;
  readonly effect: WireEffect | null;
  /** null where no operation matched. */
  readonly operationId: string | null;
  readonly source: Source;
  /** The name of the example, case or fault; null otherwise. */
  readonly name: string | null;
  readonly seed: number;
  readonly violations: readonly Violation[];
}

export interface Mock {
  readonly operations: Operations;
  readonly fixtures: Fixtures;
  readonly seed: number;
  /** Pure and synchronous. Never throws. A `Prefer` header of the request outranks `preference`. */
  answer(request: HttpRequest, preference?: Preference): Answer;
  /**
   * An answer to a request that the host could not read whole: 413 above its limit, 408, 431, 400.
   * In the shape that the document declares for it. `detail` is one sentence without a final period.
   */
  refuse(request: HttpRequest, status: number, detail: string): Answer;
}
