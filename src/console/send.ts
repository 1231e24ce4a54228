import { fieldsOf, type SentRequest } from './snippets.js';

/** What came back, or why nothing did. */
export type Received =
  | {
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
      readonly milliseconds: number;
    }
  | { readonly failure: string; readonly milliseconds: number };

/** More of a body is not shown, in characters. */
const mostCharacters = 1_000_000;
/** Whoever waits longer gets to know that, in milliseconds. */
const patience = 60_000;

/** Sends a request to the mock that serves the page, in the session that it shows. */
export async function send(request: SentRequest, session: string, signal: AbortSignal): Promise<Received> {
  const began = performance.now();
  const since = () => performance.now() - began;
  try {
    const { method, target, body } = request;
    const response = await fetch(target, {
      method,
      headers: { ...fieldsOf(request), ...(session !== 'default' && { 'Counterproof-Session': session }) },
      ...(body !== null && { body }),
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    const text = await response.text();
    const milliseconds = since();
    if (response.type === 'opaqueredirect')
      return { failure: 'It leads elsewhere: see the request in the log', milliseconds };
    return {
      status: response.status,
      headers: [...response.headers],
      body: text.slice(0, mostCharacters),
      milliseconds,
    };
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    const failure =
      name === 'TimeoutError'
        ? `Nothing has come for ${patience / 1000} s`
        : name === 'AbortError'
          ? 'You have stopped it'
          : 'The connection was lost, as a page would see it';
    return { failure, milliseconds: since() };
  }
}
