import type { APIRequestContext, BrowserContext } from 'playwright/test';
import type { StateSnapshot } from '../../mock/index.js';
import type { Operations } from '../../operation/index.js';
import type { ActiveInput } from '../control/index.js';
import type { ScopeOptions } from '../scope.js';
import type { SubjectOptions } from '../subject.js';
import type { AllowedViolation } from './allow.js';
import type { CoverageOfTest } from './coverage.js';
import type { PageExchange } from './exchange.js';

/** What answers the pages of one test: a mock in this process, or a session on one that runs elsewhere. */
export interface Backend {
  readonly operations: Operations;
  /** The names of the examples and cases of an operation. */
  namesOf(operationId: string): Promise<readonly string[]>;
  /** @throws Error that says why it cannot be active */
  activate(operationId: string, active: ActiveInput | readonly ActiveInput[]): Promise<void>;
  /** Forgets what is active, the seed, and what has happened. */
  reset(): Promise<void>;
  seed(seed: number): Promise<void>;
  state(): Promise<StateSnapshot>;
  /** @throws Error that says why it is no state */
  restore(snapshot: StateSnapshot): Promise<void>;
  /** In the order in which they were answered. */
  exchanges(): Promise<readonly PageExchange[]>;
  /** Answers the pages of a browser context. */
  attach(context: BrowserContext): Promise<void>;
  /** Takes what is asked without a page to the session of the test; absent where no server could answer it. */
  carry?(request: APIRequestContext): void;
  coverage(): Promise<CoverageOfTest>;
  /** Lets go of what hangs, and of the session. */
  end(): Promise<void>;
}

/** Shared by both ways to answer. */
interface CommonOptions extends ScopeOptions {
  /** Origins besides the page's own, this machine's, and those of the servers that the document names. */
  readonly origins?: readonly string[];
  /** Violations that no test fails for. */
  readonly allowViolations?: readonly AllowedViolation[];
}

/** The mock runs in the test's own process, and no port is needed. Paths are relative to the folder of the config. */
export interface InProcessOptions extends CommonOptions, Omit<SubjectOptions, 'name'> {
  readonly url?: undefined;
}

/** A mock that runs elsewhere (`counterproof mock`, a Vite server) answers; each test has a session of its own on it. */
export interface ServerOptions extends CommonOptions {
  /** Of the mock: `http://localhost:3000`. */
  readonly url: string;
  /** What `--control-token` was set to. */
  readonly token?: string;
  readonly document?: undefined;
}

/** `use: { counterproof: … }` in the config, or `test.use({ counterproof: … })`. */
export type CounterproofOptions = InProcessOptions | ServerOptions;
