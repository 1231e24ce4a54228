import type { HttpHandler, RequestHandler } from 'msw';
import type { OperationName } from '../../mock/index.js';
import { belongsTo, isOfPage } from '../belongs.js';
import { type Control, createControl, operationNamed, type WantedFor } from '../control/index.js';
import { httpRequestOf, responseOf } from '../fetch/messages.js';
import { type InProgramHost, inProgramHostOf } from '../in-program.js';
import { Scope, type ScopeOptions } from '../scope.js';
import type { StreamOptions } from '../stream.js';

/** Handlers for MSW, and what a test does with the mock behind them. */
export interface MswHost extends InProgramHost {
  /** For `setupServer(...handlers)` and `setupWorker(...handlers)`. Requests that are not the document's go on to the next handler. */
  readonly handlers: readonly RequestHandler[];
  /**
   * One that answers an operation (its id, or `GET /path`) so, and nothing else: for a story, or `server.use(…)`. It has rows and
   * a sequence of its own.
   * @throws TypeError that says what is wrong with it, and what is nearest
   */
  handlerFor<Name extends OperationName>(
    operation: Name,
    wanted: WantedFor<Name> | readonly WantedFor<Name>[],
  ): RequestHandler;
}

/**
 * @param Handler and the rest as `handlerOf` takes them
 * @throws CounterproofError USAGE for a pattern that no operation matches
 */
export function mswHostOf(
  Handler: typeof HttpHandler,
  control: Control,
  origins?: readonly string[],
  stream?: StreamOptions,
  wanted: ScopeOptions = {},
): MswHost {
  const scope = new Scope(control.mock().operations, wanted);
  return {
    ...inProgramHostOf(control),
    handlers: [handlerOf(Handler, control, scope, origins, stream)],
    handlerFor(operation, wanted) {
      const { id } = operationNamed(control.mock().operations, operation);
      const own = createControl({ mock: control.mock });
      own.sessions.get().setActive(id, wanted);
      return handlerOf(Handler, own, scope, origins, stream, (asked) => asked === id);
    },
  };
}

/**
 * A handler that takes the requests of a document and no others: MSW counts a request as handled once a handler has
 * taken it, also where that gives no response, and then says nothing of it (`onUnhandledRequest`).
 *
 * @param Handler MSW's own `HttpHandler`: a mock that was built ahead of time imports nothing
 * @param origins besides the page's own, this machine's, and those of the servers that the document names
 * @param isWanted whether it takes the requests of an operation; null: of none that the path has
 */
function handlerOf(
  Handler: typeof HttpHandler,
  control: Control,
  scope: Scope,
  origins?: readonly string[],
  stream?: StreamOptions,
  isWanted: (operationId: string | null) => boolean = () => true,
): RequestHandler {
  class DocumentHandler extends Handler {
    // Every MSW from 2.0 on asks this; what takes a function in the place of a path came later.
    override async parse(given: Parameters<HttpHandler['parse']>[0]): ReturnType<HttpHandler['parse']> {
      const parsed = await super.parse(given);
      const { destination, url, method } = given.request;
      const { operations } = control.mock();
      const address = new URL(url);
      const target = scope.targetOf(method, `${address.pathname}${address.search}`);
      const match = target === undefined ? null : operations.match(method, target);
      const isOurs =
        match !== null &&
        !isOfPage(destination) &&
        belongsTo(operations, address, origins) &&
        isWanted(match.kind === 'operation' ? match.entry.id : null);
      return isOurs ? parsed : { ...parsed, match: { matches: false, params: {} } };
    }
  }
  return new DocumentHandler(/./, '*', async ({ request }) => {
    const asked = await httpRequestOf(request);
    const target = scope.targetOf(asked.method, asked.target) ?? asked.target;
    const answer = await control.respond({ ...asked, target });
    return responseOf(answer, request.method, request, stream).catch((error: unknown) => {
      // Nobody waits for it any more, and MSW would take the reason for a mistake of its handler.
      if (request.signal.aborted) return Response.error();
      throw error;
    });
  });
}
