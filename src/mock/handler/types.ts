import type { Json, JsonObject } from '../../text/value.js';

/** A request as the document reads it: decoded, and of the declared types. */
export interface HandlerRequest<
  Path = JsonObject,
  Query = JsonObject,
  Header = JsonObject,
  Body = Json | undefined,
  Cookie = JsonObject,
> {
  /** The id of the operation. */
  readonly operation: string;
  readonly method: string;
  /** Path and query as they stood in the request. */
  readonly target: string;
  readonly path: Path;
  readonly query: Query;
  /** By lower-case name. */
  readonly header: Header;
  readonly cookie: Cookie;
  /** undefined where there was none. */
  readonly body: Body;
}

/** What a function answers: an answer, a change of the one that would be given, or what is to be remembered besides. */
export interface HandlerAnswer<Status extends number = number, Body = unknown> {
  /** With this, or with a body, it is an answer of its own; without both a change of the one that would be given. */
  readonly status?: Status;
  readonly headers?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly body?: Body;
  /** A JSON Merge Patch (RFC 7396) over the body that would be given. */
  readonly merge?: unknown;
  /** Milliseconds before the answer is sent. */
  readonly delay?: number;
  /** true: also an answer that the document does not allow. */
  readonly offContract?: boolean;
  /** A JSON Merge Patch over what the handlers of a session remember. */
  readonly state?: unknown;
  /** Rows to be added or replaced, by resource: in a list, each under its own key; or by key, where null deletes one. */
  readonly rows?: Readonly<Record<string, readonly unknown[] | Readonly<Record<string, unknown>>>>;
}

/** What would be answered without a handler. */
export interface MadeAnswer<Body = Json> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** JSON, or else the text. */
  readonly body: Body;
}

/** What a function gets besides the request. */
export interface HandlerTools<Made extends object = MadeAnswer> {
  /** What would be answered without this function. With nothing or a change returned, what the request changes is kept. */
  made(): Made;
  /** What the handlers of this session remember: `state` of their answers. */
  readonly state: JsonObject;
  /**
   * The rows of a resource, in the order of their list.
   * @param under of a nested one: the keys of what it is nested under, outermost first
   */
  rows(resource: string, ...under: readonly string[]): readonly JsonObject[];
  /** The row with a key; undefined where there is none. */
  row(resource: string, key: string | number, ...under: readonly string[]): JsonObject | undefined;
  /** Aborted when the time is up. */
  readonly signal: AbortSignal;
}

type Said<Answer> = Answer | undefined;

/** Answers an operation. It must not keep anything between requests but by the `state` and `rows` that it returns. */
export type Handler<
  Request extends object = HandlerRequest,
  Answer extends object = HandlerAnswer,
  Made extends object = MadeAnswer,
> = (context: Request & HandlerTools<Made>) => Said<Answer> | Promise<Said<Answer>>;
