import type { BrowserContext } from 'playwright/test';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Operations, pathOf } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { belongsTo, hasPath, isOfPage } from '../belongs.js';
import { type Active, sessionHeader } from '../control/index.js';
import type { Backend } from './backend.js';
import { mergeCoverage, type OperationCoverage } from './coverage.js';
import { jsonOf, type PageExchange, type PageViolation } from './exchange.js';
import type { ServerOptions } from './options.js';
import { pageOf } from './page-of.js';

/** As the control API gives them (spec/counterproof-control.yaml). */
interface ShownEntry {
  readonly id: string;
  readonly method: string;
  readonly path: string;
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
 * server that hands them on, with the name of the session in a header.
 */
export async function sessionOnServer(options: ServerOptions, session: string): Promise<Backend> {
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

  const { operations: entries } = (await call('GET', '/operations')) as { operations: ShownEntry[] };
  const operations = operationsOf(entries);
  const { document } = (await call('GET', '/health')) as { document: string };
  const place = (operationId: string) => `/operations/${encodeURIComponent(operationId)}`;

  return {
    operations,
    async namesOf(operationId) {
      const shown = (await call('GET', place(operationId))) as Record<'cases' | 'examples', { name: string }[]>;
      return [...shown.cases, ...shown.examples].map(({ name }) => name);
    },
    async activate(operationId: string, active: Active | null) {
      if (active === null) await call('DELETE', `${place(operationId)}/active`);
      else await call('PUT', `${place(operationId)}/active`, active);
    },
    async reset() {
      await call('POST', '/reset');
    },
    async seed(seed) {
      await call('PUT', '/seed', { seed });
    },
    exchanges,
    async attach(context: BrowserContext) {
      const origins = [new URL(base).origin, ...(options.origins ?? [])];
      await context.route(
        (url) => hasPath(operations, url),
        async (route) => {
          const request = route.request();
          const page = pageOf(request);
          const allowed = page === null ? origins : [...origins, new URL(page).origin];
          const isForMock =
            !isOfPage(request.resourceType()) &&
            belongsTo(operations, new URL(request.url()), request.method(), allowed);
          await route.fallback(isForMock ? { headers: { ...request.headers(), [sessionHeader]: session } } : {});
        },
      );
    },
    async coverage() {
      let covered: Record<string, OperationCoverage> = {};
      for (const { operation, response } of await exchanges()) {
        if (operation === null) continue;
        const one = { requests: 1, responses: { [String(response.status)]: 1 }, values: {} };
        covered = mergeCoverage(covered, { [operation]: one });
      }
      const goal = Object.fromEntries(entries.map(({ id }) => [id, { responses: [], values: {} }]));
      return { document, file: null, operations: covered, goal };
    },
    async end() {
      await call('POST', '/reset');
    },
  };

  async function exchanges(): Promise<PageExchange[]> {
    const journal = (await call('GET', `/journal?limit=${journalLimit}`)) as { exchanges: ShownExchange[] };
    return journal.exchanges.map((shown) => exchangeOf(shown, base));
  }
}

/** Enough of a document to find operations in. */
function operationsOf(entries: readonly ShownEntry[]): Operations {
  const paths: JsonObject = {};
  for (const { id, method, path } of entries) {
    const item = (paths[path] ?? {}) as JsonObject;
    // One that has no id of its own is found by its method and path.
    const operationId = id === `${method} ${path}` ? {} : { operationId: id };
    item[method.toLowerCase()] = { ...operationId, responses: { default: { description: '' } } };
    paths[path] = item;
  }
  const info = { title: 'Operations', version: '1' };
  return createOperations(documentFromObject({ openapi: '3.1.0', info, paths }, { name: 'operations' }));
}

function exchangeOf(shown: ShownExchange, base: string): PageExchange {
  const request = Object.fromEntries(shown.requestHeaders);
  return {
    operation: shown.operation,
    request: {
      method: shown.method,
      url: `${base}${shown.target}`,
      headers: request,
      body: shown.requestBody,
      json: jsonOf(shown.requestBody),
    },
    response: {
      status: shown.status,
      headers: Object.fromEntries(shown.responseHeaders.map(([name, value]) => [name.toLowerCase(), value])),
      body: shown.responseBody,
      json: jsonOf(shown.responseBody),
      source: shown.source,
      name: shown.name,
    },
    page: request.referer ?? null,
    violations: methodViolation(shown) ?? shown.violations,
  };
}

/** A 405 has no violations in the journal: no operation was there to hold the request against. */
function methodViolation({ operation, status, method, target }: ShownExchange): PageViolation[] | null {
  if (operation !== null || status !== 405) return null;
  return [
    {
      in: 'method',
      pointer: '',
      keyword: 'undocumented',
      message: `${pathOf(target)} has no ${method}`,
      location: { file: 'the document of the mock', line: 1, column: 1 },
    },
  ];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
