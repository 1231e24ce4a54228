import type { HttpHandler, RequestHandler } from 'msw';
import { belongsTo, isOfPage } from '../belongs.js';
import type { Control } from '../control/index.js';
import { httpRequestOf, responseOf } from '../fetch/messages.js';
import type { StreamOptions } from '../stream.js';

/**
 * A handler that takes the requests of a document and no others: MSW counts a request as handled once a handler has
 * taken it, also where that gives no response, and then says nothing of it (`onUnhandledRequest`).
 *
 * @param Handler MSW's own `HttpHandler`: a mock that was built ahead of time imports nothing
 * @param origins besides the page's own, this machine's, and those of the servers that the document names
 */
export function handlerOf(
  Handler: typeof HttpHandler,
  control: Control,
  origins?: readonly string[],
  stream?: StreamOptions,
): RequestHandler {
  class DocumentHandler extends Handler {
    // Every MSW from 2.0 on asks this; what takes a function in the place of a path came later.
    override async parse(given: Parameters<HttpHandler['parse']>[0]): ReturnType<HttpHandler['parse']> {
      const parsed = await super.parse(given);
      const { destination, url, method } = given.request;
      const { operations } = control.mock();
      return !isOfPage(destination) && belongsTo(operations, new URL(url), method, origins)
        ? parsed
        : { ...parsed, match: { matches: false, params: {} } };
    }
  }
  return new DocumentHandler(/./, '*', async ({ request }) => {
    const answer = control.answer(await httpRequestOf(request));
    return responseOf(answer, request.method, request.signal, stream).catch((error: unknown) => {
      // Nobody waits for it any more, and MSW would take the reason for a mistake of its handler.
      if (request.signal.aborted) return Response.error();
      throw error;
    });
  });
}
