import type { Provider } from './providers';

/** One thing that the server found wrong with the request. */
export interface InvalidField {
  readonly field: string;
  readonly message: string;
}

/** How asking for installations can end. */
export type Outcome =
  | { readonly kind: 'installations'; readonly ids: readonly string[] }
  /** 401: what the server says of it. */
  | { readonly kind: 'unauthorized'; readonly message: string }
  /** 422 */
  | { readonly kind: 'invalid'; readonly fields: readonly InvalidField[] }
  /** Any other status but 200. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** 200, but with something else than a list of ids. */
  | { readonly kind: 'unexpected' }
  /** No answer, or not to its end. */
  | { readonly kind: 'unreachable' };

/**
 * Asks for the ids of a provider's installations.
 * @throws DOMException AbortError when the signal is aborted
 */
export async function getUserInstallations(
  provider: Provider,
  sessionApiKey: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const query = new URLSearchParams({ provider });
  const headers = { Accept: 'application/json', 'X-Session-API-Key': sessionApiKey };
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/user/installations?${query}`, { headers, signal });
    text = await response.text();
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: 'unreachable' };
  }
  return outcomeOf(response.status, parsed(text));
}

function outcomeOf(status: number, body: unknown): Outcome {
  if (status === 200) return isListOfIds(body) ? { kind: 'installations', ids: body } : { kind: 'unexpected' };
  if (status === 401) return { kind: 'unauthorized', message: messageIn(body) };
  const fields = status === 422 ? invalidFields(body) : [];
  if (fields.length > 0) return { kind: 'invalid', fields };
  return { kind: 'refused', status, message: messageIn(body) };
}

function isListOfIds(body: unknown): body is string[] {
  return Array.isArray(body) && body.every((id) => typeof id === 'string');
}

/** The `detail` of FastAPI's HTTPValidationError. */
function invalidFields(body: unknown): InvalidField[] {
  if (!isObject(body) || !Array.isArray(body.detail)) return [];
  return body.detail.filter(isObject).map(({ loc, msg }) => ({
    // The first member says where the field stands: query, body, header.
    field: Array.isArray(loc) ? loc.slice(1).join(' › ') : '',
    message: String(msg),
  }));
}

/** Servers put it into a string, or into one of these members. */
function messageIn(body: unknown): string {
  if (typeof body === 'string') return body;
  if (!isObject(body)) return '';
  return [body.detail, body.message, body.error, body.title].find((one) => typeof one === 'string') ?? '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
