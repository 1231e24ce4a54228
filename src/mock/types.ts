import type { Problem } from '../errors.js';
import type { DataDemand } from '../fake/index.js';
import type { Fixtures } from '../fixture/index.js';
import type { Answer, HttpRequest, Operations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import type { Change, Rows, State } from '../world/index.js';

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
  /** What data the body shall have, made from the schema: `empty`, `long`, … */
  readonly data?: DataDemand;
  /** The id of a fault, and after an `@` the pointer of the schema keyword where it strikes. */
  readonly fault?: string;
  /** How often the fault strikes: above 0, up to 1 (1). A host decides it, which counts requests. */
  readonly probability?: number;
  /** Milliseconds to wait besides, before the answer is sent. */
  readonly delay?: number;
  /** false: what the request changes is not remembered. */
  readonly state?: boolean;
  /** What is answered instead of what would be made: as JSON, written in the media type that the document declares. */
  readonly body?: Json;
  /** Fields of the answer besides; each takes the place of one that is called the same. A list is a field for each value. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A JSON Merge Patch (RFC 7396) over the body that would be answered. */
  readonly merge?: Json;
  /** true: answer so also where the document does not allow body, headers or what is merged (false: then it is a 500). */
  readonly offContract?: boolean;
  /** How many requests the operation had before this one: a host counts, for faults that strike now and then. */
  readonly ordinal?: number;
}

/** What there is, beside what the document says. */
export interface WorldOptions {
  /** Rows of a collection (25, and 12 where a row is large). */
  readonly rows?: number | undefined;
  /** What is answered for a thing that no row is about: a row that is made for it (`made`), or 404 (`404`). */
  readonly unknownIds?: 'made' | '404' | undefined;
  /** Whether what requests change is remembered (true). */
  readonly state?: boolean | undefined;
}

/** An answer, and what the request has changed. */
export interface MockAnswer extends Answer {
  /** Absent where nothing changed. */
  readonly next?: {
    readonly state: State;
    readonly changes: readonly Change[];
    /** Whether the changes hold in another state too, since what was read of both is the same. Of an answer that took its time. */
    readonly holdsIn?: (state: State) => boolean;
  };
}

export interface Mock {
  readonly operations: Operations;
  readonly fixtures: Fixtures;
  /** Fixtures and handlers that count for nothing, since another document has the place of their operation. */
  readonly keptOut: readonly Problem[];
  readonly seed: number;
  /** The rows that answers show, for whoever looks at them and changes them by hand. */
  readonly rows: Rows;
  /**
   * Pure and synchronous. Never throws. A `Prefer` header of the request outranks `preference`.
   * @param state what happened before: `next.state` of an earlier answer; without it nothing
   */
  answer(request: HttpRequest, preference?: Preference, state?: State): MockAnswer;
  /**
   * As `answer` does; where a function answers the operation, with what that says. Before the things of a large document are found
   * it waits for that. Never rejects.
   */
  respond(request: HttpRequest, preference?: Preference, state?: State): MockAnswer | Promise<MockAnswer>;
  /**
   * An answer to a request that the host could not read whole: 413 above its limit, 408, 431, 400.
   * In the shape that the document declares for it. `detail` is one sentence without a final period.
   */
  refuse(request: HttpRequest, status: number, detail: string): Answer;
  /**
   * Works out what the first answer of a large document would have to wait for: to be called while nobody waits. No answer depends
   * on it.
   */
  prepare(): void;
  /**
   * The same, and what the first value of a process would wait for; whatever else waits for the thread has its turn meanwhile. A request of
   * `respond` waits for it, one of `answer` does what is left at once.
   * @param options.signal ends it
   */
  prepareInSlices(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Waits as a request of `respond` does, for whoever is about to look at `rows`. */
  ready(): Promise<void>;
}

/** A part of a request, or of what happened before it, as it is told to another thread. */
export type ReadPart =
  /** A header field, by its name. */
  | string
  | { readonly of: 'body' | 'names' | 'target' }
  | { readonly of: 'any' | 'row' | 'all' | 'nested'; readonly collection: string; readonly key: string };

/** An answer, and all that it depends on besides method and path; null where it is not to be remembered. */
export interface MadeAside {
  readonly answer: MockAnswer;
  readonly read: readonly ReadPart[] | null;
  /** How long it was in the making; absent where it was made here after all. */
  readonly milliseconds?: number;
}

/**
 * Answers somewhere else what would hold this thread up for long.
 * @param asked what `Mock.answer` was asked
 * @param here answers it in this thread after all
 * @param isHeavy whether it takes long to make the answer, however little there is to read
 * @returns null where it is to be answered here and now; rejects where the request costs more than it may, with an `Overload` where too
 *   much waits already
 */
export type Aside = (
  asked: Parameters<Mock['answer']>,
  here: () => MockAnswer,
  isHeavy: boolean,
) => Promise<MadeAside> | null;
