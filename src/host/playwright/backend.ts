import type { BrowserContext } from 'playwright/test';
import type { Operations } from '../../operation/index.js';
import type { Active } from '../control/index.js';
import type { CoverageOfTest } from './coverage.js';
import type { PageExchange } from './exchange.js';

/** What answers the pages of one test: a mock in this process, or a session on one that runs elsewhere. */
export interface Backend {
  /** Enough to match requests and to find operations by name. */
  readonly operations: Operations;
  /** The names of the examples and cases of an operation. */
  namesOf(operationId: string): Promise<readonly string[]>;
  /** @throws Error that says why it cannot be active */
  activate(operationId: string, active: Active | null): Promise<void>;
  /** Forgets what is active, the seed, and what has happened. */
  reset(): Promise<void>;
  seed(seed: number): Promise<void>;
  /** In the order in which they were answered. */
  exchanges(): Promise<readonly PageExchange[]>;
  /** Answers the pages of a browser context. */
  attach(context: BrowserContext): Promise<void>;
  coverage(): Promise<CoverageOfTest>;
  /** Lets go of what hangs, and of the session. */
  end(): Promise<void>;
}
