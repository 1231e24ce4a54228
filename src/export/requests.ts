import type { Mock } from '../mock/index.js';
import type { HttpRequest, Operation } from '../operation/index.js';
import { filledUrl } from '../text/server-url.js';
import { isObject } from '../text/value.js';
import { baseCase, credentialsOf } from './base-request.js';

/** A request as other clients keep it: credentials are the names of variables. */
export interface NamedRequest {
  /** The operation, and behind a colon the scripted case that is asked for. */
  readonly name: string;
  readonly operation: Operation;
  readonly method: string;
  /** Begins with a slash. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** null where there is none. */
  readonly body: string | null;
}

export interface NamedRequests {
  readonly requests: readonly NamedRequest[];
  /** The first server of the document, without a slash at its end. */
  readonly baseUrl: string;
  /** The credentials that the requests name. */
  readonly variables: readonly string[];
  /** What could not be written, as sentences without a final period. */
  readonly notes: readonly string[];
}

/**
 * A valid request of each operation, and for each scripted case the same with `Prefer: example=NAME`; a piece before each operation.
 * @param variable how a client writes the value of a variable
 */
export function* namedRequests(mock: Mock, variable: (name: string) => string): Generator<null, NamedRequests> {
  const { operations } = mock;
  const { named, placeholders } = credentialsOf(mock);
  const used = new Set<string>();
  const filled = (text: string) =>
    text.replaceAll(/\$[A-Z_][A-Z0-9_]*/g, (placeholder) => {
      if (!placeholders.includes(placeholder)) return placeholder;
      used.add(placeholder.slice(1));
      return variable(placeholder.slice(1));
    });
  const requests: NamedRequest[] = [];
  const notes: string[] = [];
  for (const entry of operations.entries) {
    yield null;
    const operation = operations.compile(entry);
    const base = baseCase(mock, operation);
    const text = base && textOf(base.request);
    if (base === null || text === undefined) {
      const reason = base === null ? 'no valid request can be made for it' : 'its body is no text';
      notes.push(`${entry.id} is left out: ${reason}`);
      continue;
    }
    const { method, target, headers } = named(base.request, operation);
    const fields = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each) => [name, filled(each)] as const),
    );
    const own = fields.filter(([name, value]) => !(name === 'accept' && value === '*/*'));
    const request = { operation, method, target: filled(target), headers: own, body: text };
    requests.push({ ...request, name: entry.id });
    for (const { name } of mock.fixtures.for(entry.id).cases) {
      const asked = [...own, ['prefer', `example=${name}`] as const];
      requests.push({ ...request, name: `${entry.id}: ${name}`, headers: asked });
    }
  }
  return { requests, baseUrl: serverUrl(mock), variables: [...used], notes };
}

/** The body of a request; undefined where it is no text. */
function textOf({ body }: HttpRequest): string | null | undefined {
  if (body === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

const anyServer = 'http://localhost:3000';

/** The first server of a document (Server Object, OpenAPI 3.1, 4.8.5), variables filled in. */
export function serverUrl({ operations: { document } }: Pick<Mock, 'operations'>): string {
  const [server] = Array.isArray(document.root.servers) ? document.root.servers : [];
  if (!isObject(server) || typeof server.url !== 'string') return anyServer;
  const url = filledUrl(server);
  return (URL.canParse(url) ? url : anyServer + (url.startsWith('/') ? url : '')).replace(/\/+$/, '');
}
