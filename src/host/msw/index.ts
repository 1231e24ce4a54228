import { http, type RequestHandler } from 'msw';
import { belongsTo, isOfPage } from '../belongs.js';
import type { Control } from '../control/index.js';
import { httpRequestOf } from '../fetch/request.js';
import { responseOf } from '../fetch/response.js';
import { createSubject, type SubjectOptions } from '../subject.js';

export type { SubjectOptions } from '../subject.js';

export interface HandlerOptions extends SubjectOptions {
  /** Origins besides the page's own, this machine's, and those of the servers that the document names. */
  readonly origins?: readonly string[];
}

export interface MswHost {
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
  const handler = http.all('*', async ({ request }) => {
    const { operations } = control.mock();
    if (isOfPage(request.destination)) return undefined;
    if (!belongsTo(operations, new URL(request.url), request.method, options.origins)) return undefined;
    const answer = control.answer(await httpRequestOf(request));
    return responseOf(answer, request.method, request.signal).catch((error: unknown) => {
      // Nobody waits for it any more, and MSW would take the reason for a mistake of its handler.
      if (request.signal.aborted) return Response.error();
      throw error;
    });
  });
  return { handlers: [handler], control };
}
