import type { Location } from '../errors.js';
import type { ShownCoverage } from '../host/control/coverage.js';
import type { Active } from '../host/control/index.js';
import type { showEntry, showExchange, showOperation } from '../host/control/show.js';

export type { Active, Location };

/** What the control API answers, as it makes it. */
export type Entry = ReturnType<typeof showEntry>;
export type OperationDetail = ReturnType<typeof showOperation>;
export type Exchange = ReturnType<typeof showExchange>;

/** One exchange, whole. */
export type ExchangeDetail = Exchange & {
  readonly mediaType: string | null;
  readonly when: { readonly path: Values; readonly query: Values } | null;
};
type Values = Readonly<Record<string, unknown>>;

/** A request of an operation, and what it would be answered. */
export interface Preview {
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string | null;
    readonly curl: string;
  } | null;
  readonly problem: string | null;
  readonly parameters: readonly FormParameter[];
  readonly contentTypes: readonly string[];
  readonly needsCredential: boolean;
  readonly knowsKey: boolean;
  /** Why what was tried cannot be. */
  readonly refused: string | null;
  readonly answer: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
    readonly source: string;
    readonly name: string | null;
    readonly delay: number;
    readonly effect: string | null;
    readonly violations: readonly Violation[];
  } | null;
}

export interface FormParameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly text: string;
  readonly isSent: boolean;
  readonly choices: readonly string[];
}

export interface SavedCase {
  readonly yaml: string;
  readonly file: string | null;
  readonly reason: string | null;
}

export type OperationCoverage = ShownCoverage;

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
  /** Number of the newest when it was cleared. */
  readonly since: number;
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
