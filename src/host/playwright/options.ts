import type { SubjectOptions } from '../subject.js';
import type { AllowedViolation } from './allow.js';

/** Shared by both ways to answer. */
interface CommonOptions {
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
