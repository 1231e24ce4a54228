import type { Control } from '../control/index.js';
import type { StreamOptions } from '../stream.js';
import { httpRequestOf, responseOf } from './messages.js';

/** A mock behind one function. */
export interface FetchHost extends Pick<Control, 'state' | 'restore'> {
  /**
   * Answers a request for any origin by its path, as the server of the document would.
   * @throws TypeError where a fault resets the connection, as `fetch` does; and the reason of the request's signal
   */
  fetch(request: Request): Promise<Response>;
  readonly control: Control;
}

export function fetchHostOf(control: Control, stream?: StreamOptions): FetchHost {
  return {
    control,
    state: control.state,
    restore: control.restore,
    async fetch(request) {
      const answer = control.answer(await httpRequestOf(request));
      const response = await responseOf(answer, request.method, request.signal, stream);
      if (response.type === 'error') throw new TypeError('The connection was reset');
      return response;
    },
  };
}
