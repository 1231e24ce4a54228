import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LiveRun, ReadRequest } from '../contract/internal.js';
import type { Answer, HttpRequest, OperationEntry } from '../operation/index.js';
import type { ProxyDialect } from '../prism/index.js';
import type { Violation } from '../schema/index.js';
import type { UpstreamOptions } from './upstream.js';

export interface ProxyOptions extends UpstreamOptions {
  readonly live: LiveRun;
  /** Answer with a problem instead of passing on what the document does not allow, in either direction. */
  readonly errors?: boolean;
  /** Whether requests are held against the document, and not only answers (true). */
  readonly validateRequest?: boolean;
  /** Let the mock answer for what the upstream does not have: no connection, 501, 404 of a route that it does not know. */
  readonly mockMissing?: boolean;
  /** Whether an operation is the upstream's; the mock answers the others. Absent: all are. */
  readonly isUpstreams?: (entry: OperationEntry) => boolean;
  /** Other words for what was found: then 501 alone is answered by the mock. */
  readonly dialect?: ProxyDialect;
  /** Bytes of a body that are judged at most; what is longer is passed on all the same. 8 MiB. */
  readonly judgedBytes?: number;
  /** Milliseconds that the upstream may say nothing, before its answer begins. 120 s. */
  readonly timeout?: number;
  /** Called when an answer has been passed on. */
  readonly onExchange?: (exchange: ProxiedExchange) => void;
}

/** One request that went through, and what came back. */
export interface ProxiedExchange {
  readonly request: HttpRequest;
  /** Where it was sent, of an archive. */
  readonly origin?: string;
  /** What the request is by the document. */
  readonly read: ReadRequest;
  /** As it was passed on, its body decoded, or empty where it is longer than is judged; and what was found. */
  readonly answer: Answer;
  /** From the head of the request to the last byte of the answer. */
  readonly milliseconds: number;
}

/** One request to a server, and the other ways to answer it. */
export interface Turn {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** In origin form. */
  readonly target: string;
  /** Lets the mock answer. @param body where it has been read already */
  mock(body?: Uint8Array | null): void;
  /** Answers with a problem (RFC 9457). */
  refuse(status: number, detail: string, violations?: readonly Violation[]): void;
}
