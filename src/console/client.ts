/** What the control API refused, in its own words. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** Speaks to the control API for one session. */
export interface Client {
  readonly session: string;
  get<T>(path: string): Promise<T>;
  send(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<void>;
  /** What is answered to what is sent. */
  ask<T>(method: 'POST', path: string, body: object): Promise<T>;
  /** A stream of server-sent events. */
  open(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** @param base where the API is, without a slash at the end */
export function createClient(base: string, session: string, token: string | null): Client {
  async function ask(method: string, path: string, more: RequestInit = {}): Promise<Response> {
    const headers = {
      ...(session !== 'default' && { 'Counterproof-Session': session }),
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(more.body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const response = await fetch(base + path, { method, headers, cache: 'no-store', ...more });
    if (!response.ok) throw new ApiError(response.status, await detailOf(response));
    return response;
  }

  return {
    session,
    get: async (path) => (await ask('GET', path)).json(),
    async send(method, path, body) {
      await ask(method, path, body === undefined ? {} : { body: JSON.stringify(body) });
    },
    ask: async (method, path, body) => (await ask(method, path, { body: JSON.stringify(body) })).json(),
    async open(path, signal) {
      const { body } = await ask('GET', path, { signal });
      if (body === null) throw new Error('The answer has no body to read');
      return body;
    },
  };
}

async function detailOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    // Then it is what stands between the mock and the console that answers, in its own words.
  }
  return text.slice(0, 300) || response.statusText;
}

/** The path of the rows of a collection in the API. */
export const rowsPath = (collection: string): string => `/collections/${encodeURIComponent(collection)}/rows`;

/** The path of one operation in the API. */
export const operationPath = (id: string): string => `/operations/${encodeURIComponent(id)}`;
