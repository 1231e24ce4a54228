import { documentFromObject } from '../../document/index.js';
import type { StateSnapshot } from '../../mock/index.js';
import { createOperations, type HttpRequest, type Operations } from '../../operation/index.js';
import { isObject, type JsonObject } from '../../text/value.js';
import { hasPath, isNearby } from '../belongs.js';
import { sequenceOf, sessionHeader } from '../control/index.js';
import type { Backend, ServerOptions } from './backend.js';
import { goalOf, mergeCoverage, type OperationCoverage } from './coverage.js';
import { jsonOf, type PageExchange, type PageViolation, type Place } from './exchange.js';
import { judge } from './judge.js';
import { type PageRequest, routePages } from './pages.js';

/** As the control API gives them (spec/counterproof-control.yaml). */
interface ShownDocument {
  readonly files: readonly { readonly name: string }[];
  readonly tree: JsonObject;
}
interface ShownExchange {
  readonly method: string;
  readonly target: string;
  readonly requestHeaders: readonly [string, string][];
  readonly requestBody: string | null;
  readonly status: number;
  readonly responseHeaders: readonly [string, string][];
  readonly responseBody: string;
  readonly operation: string | null;
  readonly source: string;
  readonly name: string | null;
  readonly violations: readonly PageViolation[];
}

/** The most that the control API gives at once. */
const journalLimit = 1000;

/**
 * A session on a mock that runs elsewhere. The pages' requests go to where they went anyway, the mock itself or a
 * server that hands them on, with the name of the session in a header; only those for a remote server of the document
 * are brought to the mock.
 */
export async function sessionOnServer(
  options: ServerOptions & { readonly baseUrl?: string | undefined },
  session: string,
): Promise<Backend> {
  const base = options.url.replace(/\/+$/, '');

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${base}/__counterproof/api${path}`, {
      method,
      headers: {
        [sessionHeader]: session,
        ...(options.token !== undefined && { Authorization: `Bearer ${options.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: Error) => {
      const reason = error.cause instanceof Error ? error.cause.message : error.message;
      throw new Error(`No mock answers at ${base}: ${reason}. Start one with: npx counterproof mock`);
    });
    const text = await response.text();
    if (response.ok) return text === '' ? null : JSON.parse(text);
    const said = jsonOf(text);
    throw new Error(isObject(said) && typeof said.detail === 'string' ? said.detail : `${response.status} ${text}`);
  }

  const operations = operationsOf((await call('GET', '/document')) as ShownDocument);
  const place = (operationId: string) => `/operations/${encodeURIComponent(operationId)}`;
  /** What was exercised before the journal was cleared. */
  let covered: Record<string, OperationCoverage> = {};

  const scope = { ...options, origins: [new URL(base).origin, ...(options.origins ?? [])] };

  return {
    operations,
    async namesOf(operationId) {
      const shown = (await call('GET', place(operationId))) as Record<'cases' | 'examples', { name: string }[]>;
      return [...shown.cases, ...shown.examples].map(({ name }) => name);
    },
    async activate(operationId, active) {
      const [first, ...then] = sequenceOf(active);
      await call('PUT', `${place(operationId)}/active`, { ...first, ...(then.length > 0 && { then }) });
    },
    async reset() {
      covered = await coveredSoFar();
      await call('POST', '/reset');
    },
    async seed(seed) {
      await call('PUT', '/seed', { seed });
    },
    state: async () => (await call('GET', '/state')) as StateSnapshot,
    async restore(snapshot) {
      await call('PUT', '/state', snapshot);
    },
    async exchanges() {
      return Promise.all((await journal()).map(exchangeOf));
    },
    attach: (context) => routePages(context, operations, scope, answer),
    carry(request) {
      const send = request.fetch.bind(request);
      // The other ways to ask (`get`, `post`, …) lead here.
      request.fetch = (asked, given = {}) => {
        const address = new URL(typeof asked === 'string' ? asked : asked.url(), options.baseUrl ?? base);
        const isOurs = isNearby(address, scope.origins) || operations.isServer(address.origin);
        const method = given.method ?? (typeof asked === 'string' ? 'GET' : asked.method());
        if (!isOurs || !hasPath(operations, address, method)) return send(asked, given);
        const before = given.headers ?? (typeof asked === 'string' ? {} : asked.headers());
        return send(asked, { ...given, headers: { ...before, [sessionHeader]: session } });
      };
    },
    async coverage() {
      const { name } = operations.document;
      return { document: name, file: null, operations: await coveredSoFar(), goal: goalOf(operations) };
    },
    async end() {
      await call('POST', '/reset');
    },
  };

  async function answer({ route, request, target, isRemote }: PageRequest): Promise<void> {
    const headers = { ...request.headers(), [sessionHeader]: session };
    if (!isRemote) return route.fallback({ headers });
    const address = `${base}${target}`;
    const response = await route.fetch({ url: address, headers, maxRedirects: 0, timeout: 0 }).catch(() => null);
    return response === null ? route.abort('connectionreset') : route.fulfill({ response });
  }

  async function journal(): Promise<readonly ShownExchange[]> {
    const { exchanges } = (await call('GET', `/journal?limit=${journalLimit}`)) as { exchanges: ShownExchange[] };
    return exchanges;
  }

  async function coveredSoFar(): Promise<Record<string, OperationCoverage>> {
    return (await journal()).reduce((all, shown) => {
      const request = requestOf(shown);
      const match = operations.match(request.method, request.target, request.headers);
      return mergeCoverage(all, judge(operations, match, request, { status: shown.status, violations: [] }).covered);
    }, covered);
  }

  async function exchangeOf(shown: ShownExchange): Promise<PageExchange> {
    const headers = Object.fromEntries(shown.requestHeaders);
    const { operation, method, target, status, source, name, requestBody, responseBody } = shown;
    return {
      operation,
      request: { method, url: `${base}${target}`, headers, body: requestBody, json: jsonOf(requestBody) },
      response: {
        status,
        headers: Object.fromEntries(shown.responseHeaders.map(([field, value]) => [field.toLowerCase(), value])),
        body: responseBody,
        json: jsonOf(responseBody),
        source,
        name,
      },
      page: headers.referer ?? null,
      violations: operation === null && status === 405 ? await undocumented(shown) : shown.violations,
    };
  }

  /** Such a request has no violations in the journal: no operation was there to hold it against. */
  async function undocumented(shown: ShownExchange): Promise<PageViolation[]> {
    const request = requestOf(shown);
    const match = operations.match(request.method, request.target, request.headers);
    const { violations } = judge(operations, match, request, { status: shown.status, violations: [] });
    const neighbour =
      match.kind === 'method-not-allowed' ? operations.find(`${match.allow[0]} ${match.path}`) : undefined;
    if (neighbour === undefined) return [...violations];
    // The document came as one tree; where it was written, only the mock knows.
    const { location } = (await call('GET', place(neighbour.id))) as { location: Place };
    return violations.map((violation) => ({ ...violation, location }));
  }
}

/** The document of the last test, which the next one mostly has as well. */
let last: { readonly text: string; readonly operations: Operations } | null = null;

function operationsOf({ files, tree }: ShownDocument): Operations {
  const name = files[0]?.name ?? 'document';
  const text = JSON.stringify([name, tree]);
  if (last?.text !== text) last = { text, operations: createOperations(documentFromObject(tree, { name })) };
  return last.operations;
}

function requestOf({ method, target, requestHeaders, requestBody }: ShownExchange): HttpRequest {
  const body = requestBody === null ? null : new TextEncoder().encode(requestBody);
  return { method, target, headers: Object.fromEntries(requestHeaders), body };
}
