import { HttpHandler } from 'msw';
import type { ScopeOptions } from '../scope.js';
import { createSubject, type SubjectOptions } from '../subject.js';
import { type MswHost, mswHostOf } from './handler.js';

export type { SubjectOptions } from '../subject.js';
export type { MswHost } from './handler.js';

export interface HandlerOptions extends SubjectOptions, ScopeOptions {
  /** Origins besides the page's own, this machine's, and those of the servers that the document names. */
  readonly origins?: readonly string[];
}

/**
 * Handlers for MSW 2 and 3 that answer as the server of a document would.
 * @throws CounterproofError with all that is wrong with the document or the fixtures
 */
export async function createHandlers(options: HandlerOptions = {}): Promise<MswHost> {
  return mswHostOf(HttpHandler, await createSubject(options), options.origins, options.stream, options);
}
