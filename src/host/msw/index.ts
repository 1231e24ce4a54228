import { HttpHandler, type RequestHandler } from 'msw';
import { belongsTo, isOfPage } from '../belongs.js';
import type { Control } from '../control/index.js';
import { httpRequestOf, responseOf } from '../fetch/messages.js';
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
  const isForMock = ({ destination, url, method }: Request) =>
    !isOfPage(destination) && belongsTo(control.mock().operations, new URL(url), method, options.origins);
  const handler = new DocumentHandler(isForMock, async (request) => {
    const answer = control.answer(await httpRequestOf(request));
    return responseOf(answer, request.method, request.signal).catch((error: unknown) => {
      // Nobody waits for it any more, and MSW would take the reason for a mistake of its handler.
      if (request.signal.aborted) return Response.error();
      throw error;
    });
  });
  return { handlers: [handler], control };
}

/**
 * Takes the requests of a document and no others: MSW counts a request as handled once a handler has taken it, also
 * where that gives no response, and then says nothing of it (`onUnhandledRequest`).
 */
class DocumentHandler extends HttpHandler {
  readonly #takes: (request: Request) => boolean;

  constructor(takes: (request: Request) => boolean, respond: (request: Request) => Promise<Response>) {
    super(/./, '*', ({ request }) => respond(request));
    this.#takes = takes;
  }

  // Every MSW from 2.0 on asks this; what takes a function in the place of a path came later.
  override async parse(given: Parameters<HttpHandler['parse']>[0]): ReturnType<HttpHandler['parse']> {
    const parsed = await super.parse(given);
    return this.#takes(given.request) ? parsed : { ...parsed, match: { matches: false, params: {} } };
  }
}
