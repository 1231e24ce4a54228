import { HttpHandler, type RequestHandler } from 'msw';
import type { Control } from '../control/index.js';
import { createSubject, type SubjectOptions } from '../subject.js';
import { handlerOf } from './handler.js';

export type { SubjectOptions } from '../subject.js';

export interface HandlerOptions extends SubjectOptions {
  /** Origins besides the page's own, this machine's, and those of the servers that the document names. */
  readonly origins?: readonly string[];
}

export interface MswHost extends Pick<Control, 'state' | 'restore'> {
  /** For `setupServer(...handlers)` and `setupWorker(...handlers)`. Requests that are not the document's go on to the next handler. */
  readonly handlers: readonly RequestHandler[];
  readonly control: Control;
}

/**
 * Handlers for MSW 2 and 3 that answer as the server of a document would.
 * @throws CounterproofError with all that is wrong with the document or the fixtures
 */
export async function createHandlers(options: HandlerOptions): Promise<MswHost> {
  const control = await createSubject(options);
  const { state, restore } = control;
  return { handlers: [handlerOf(HttpHandler, control, options.origins, options.stream)], control, state, restore };
}
