import type { Control } from '../control/index.js';
import { createSubject, type SubjectOptions } from '../subject.js';
import { httpRequestOf, responseOf } from './messages.js';

export type { SubjectOptions } from '../subject.js';

/** A mock behind one function. */
export interface FetchHost {
  /**
   * Answers a request for any origin by its path, as the server of the document would.
   * @throws TypeError where a fault resets the connection, as `fetch` does; and the reason of the request's signal
   */
  fetch(request: Request): Promise<Response>;
  readonly control: Control;
}

/**
 * A mock for whatever speaks `Request → Response`: Bun, Deno, workers, tests.
 * @throws CounterproofError with all that is wrong with the document or the fixtures
 */
export async function createFetchHost(options: SubjectOptions): Promise<FetchHost> {
  const control = await createSubject(options);
  return {
    control,
    async fetch(request) {
      const answer = control.answer(await httpRequestOf(request));
      const response = await responseOf(answer, request.method, request.signal);
      if (response.type === 'error') throw new TypeError('The connection was reset');
      return response;
    },
  };
}
