import type { ContractCase } from '../../src/contract/index.js';
import type { Mock } from '../../src/mock/index.js';

export interface Difference {
  readonly case: ContractCase;
  readonly request: ContractCase['request'];
  /** Status and media type: `200 application/json`. */
  readonly prism: string;
  readonly counterproof: string;
  /** What Prism answered. */
  readonly body: string;
}

/** Prism with a document, when it listens; null where it takes it for none. */
export function startPrism(
  file: string,
  flags?: readonly string[],
): Promise<{ readonly url: string; end(): void } | null>;

/**
 * Sends cases of the contract suite to Prism and to a mock, and gives those of which status or media type differ.
 * @returns null where Prism does not serve the document
 */
export function besidePrism(
  contract: Pick<
    typeof import('../../src/contract/index.js'),
    'createClient' | 'createCredentials' | 'plannedCases' | 'schemeNames'
  >,
  options: {
    readonly file: string;
    readonly mock: Mock;
    readonly requests: number;
    /** Where not a process of its own. */
    readonly start?: (file: string) => Promise<{ readonly url: string; end(): void } | null>;
  },
): Promise<{ readonly sent: number; readonly differences: readonly Difference[] } | null>;
