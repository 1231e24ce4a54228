import type { Check, ContractCase } from '../contract/index.js';
import type { Fault } from '../fault/index.js';
import type { Fixtures } from '../fixture/index.js';
import type { Operation, Operations } from '../operation/index.js';

/** What a proof is given. Only `operations` has no default. */
export interface ProveOptions {
  readonly operations: Operations;
  readonly fixtures?: Fixtures;
  /** 1 */
  readonly seed?: number;
  /** In place of all of them, to see what one is worth. */
  readonly checks?: readonly Check[];
  /** In place of the catalogue. */
  readonly faults?: readonly Fault[];
  /** Operation ids; all by default. */
  readonly only?: (operation: { readonly id: string; readonly method: string; readonly path: string }) => boolean;
  /** Most places of one operation at which one fault is tried (12). */
  readonly maxSites?: number;
  /** Goes on after the first complaint, so that `by` names every check that notices. */
  readonly exhaustive?: boolean;
  /** Told of every case that catches a fault; all of them only where the proof is exhaustive. */
  readonly onKill?: (kill: {
    readonly operation: Operation;
    readonly contractCase: ContractCase;
    readonly trial: string;
  }) => void;
  readonly version?: string;
  readonly onProgress?: (done: number, total: number) => void;
}
