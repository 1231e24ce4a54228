import type { Wanted } from './table.js';

/** What came of a request, in what a page can hand back. */
export interface Came {
  readonly outcome: number | 'network error' | 'no answer';
  readonly fields: Readonly<Record<string, string>>;
  readonly bytes: readonly number[];
  readonly milliseconds: number;
}

/** Sends a request. Runs in a page as well, and so needs nothing from outside of itself. */
export async function send({ base, wanted }: { readonly base: string; readonly wanted: Wanted }): Promise<Came> {
  const { method = 'GET', target, headers = {}, body, patience } = wanted;
  const began = performance.now();
  const controller = new AbortController();
  // Only what hangs on purpose is given up: how long an answer takes depends on how busy the machine is.
  const timer = patience === undefined ? undefined : setTimeout(() => controller.abort(), patience);
  try {
    const response = await fetch(base + target, {
      method,
      headers,
      signal: controller.signal,
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const bytes = [...new Uint8Array(await response.arrayBuffer())];
    const fields = Object.fromEntries(response.headers);
    return { outcome: response.status, fields, bytes, milliseconds: performance.now() - began };
  } catch {
    const outcome = controller.signal.aborted ? 'no answer' : 'network error';
    return { outcome, fields: {}, bytes: [], milliseconds: performance.now() - began };
  } finally {
    clearTimeout(timer);
  }
}
