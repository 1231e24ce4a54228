import type { Control } from '../control/index.js';
import { type InProgramHost, inProgramHostOf } from '../in-program.js';
import type { StreamOptions } from '../stream.js';
import { httpRequestOf, responseOf } from './messages.js';

/** A mock behind one function. */
export interface FetchHost extends InProgramHost {
  /**
   * Answers a request for any origin by its path, as the server of the document would. Takes what `fetch` takes; an address
   * without an origin is one of the page's, or of `http://localhost`.
   * @throws TypeError where a fault resets the connection, as `fetch` does; and the reason of the request's signal
   */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
}

export function fetchHostOf(control: Control, stream?: StreamOptions): FetchHost {
  return {
    ...inProgramHostOf(control),
    async fetch(input, init) {
      const isWhole = isRequest(input) && !isInit(init);
      const request = isWhole ? input : new Request(addressOf(input), init);
      const answer = await control.respond(await httpRequestOf(request));
      const response = await responseOf(answer, request.method, request, stream);
      if (response.type === 'error') throw new TypeError('The connection was reset');
      return response;
    },
  };
}

/** By what it has: a test environment may have a `Request` of its own beside that of its runtime. */
function isRequest(input: Request | string | URL): input is Request {
  return typeof input === 'object' && 'url' in input;
}

/** What a runtime hands over beside the request, such as its server (Bun), is no `RequestInit`, whatever members it has. */
function isInit(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // That of an object literal, of whichever realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function addressOf(input: Request | string | URL): Request | URL {
  if (isRequest(input)) return input;
  const page = (globalThis as { location?: { href?: string } }).location?.href;
  return new URL(input, page ?? 'http://localhost');
}
