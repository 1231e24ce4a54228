import type { Location } from '../errors.js';
import type { Active } from '../host/control/index.js';
import type { showEntry, showExchange, showOperation } from '../host/control/show.js';

export type { Active, Location };

/** What the control API answers, as it makes it. */
export type Entry = ReturnType<typeof showEntry>;
export type OperationDetail = ReturnType<typeof showOperation>;
export type Exchange = ReturnType<typeof showExchange>;

export interface Health {
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly documentVersion: string;
  readonly document: string;
  /** What is wrong with the document, in one line. */
  readonly problems: string | null;
  readonly operations: number;
  readonly session: string;
  readonly seed: number;
}

export interface Webhook {
  readonly id: string;
  readonly method: string;
  readonly summary: string;
}

export interface Collection {
  readonly name: string;
  readonly resource: string;
  readonly path: string | null;
  readonly isSingleton: boolean;
  readonly key: string | null;
  readonly changes: number;
}

export interface RowView {
  readonly key: string;
  readonly row: unknown;
  /** `new`: a draft that nobody has saved. */
  readonly origin: 'base' | 'added' | 'changed' | 'deleted' | 'new';
  readonly original?: unknown;
}

export interface RowsPage {
  readonly collection: string;
  readonly under: readonly { readonly parameter: string; readonly resource: string | null; readonly key: string }[];
  readonly rows: readonly RowView[];
  readonly total: number;
}

export type Violation = Omit<Exchange['violations'][number], 'location'> & { readonly location?: Location };

export interface JournalPart {
  readonly exchanges: readonly Exchange[];
  /** Number of the newest. */
  readonly last: number;
  /** So many of the first are no longer held. */
  readonly dropped: number;
}

export interface SessionSummary {
  readonly name: string;
  readonly exchanges: number;
  readonly active: number;
}

export interface ShownProblem {
  readonly id: string;
  readonly message: string;
  readonly location: Location | null;
}

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}
