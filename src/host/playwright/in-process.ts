import type { BrowserContext, Request, Route } from 'playwright/test';
import type { Mock } from '../../mock/index.js';
import { type Answer, checkRequest, type HttpRequest, responseFor } from '../../operation/index.js';
import { belongsTo, hasPath, isOfPage } from '../belongs.js';
import { createControl, whyNot } from '../control/index.js';
import type { Backend } from './backend.js';
import { goalOf, mergeCoverage, type OperationCoverage, sentValues } from './coverage.js';
import { jsonOf, type PageExchange } from './exchange.js';
import { fulfil } from './fulfil.js';
import type { InProcessOptions } from './options.js';
import { pageOf } from './page-of.js';
import { violationsOf } from './page-violations.js';

/** A mock in the process of the test, which answers by Playwright's routing. */
export function answerInProcess(mock: Mock, options: InProcessOptions): Backend {
  const { operations } = mock;
  const control = createControl({ mock: () => mock, ...(options.everywhere && { everywhere: options.everywhere }) });
  const session = control.sessions.get();
  let exchanges: PageExchange[] = [];
  let covered: Record<string, OperationCoverage> = {};
  let letGo = () => {};
  const ended = new Promise<void>((resolve) => {
    letGo = resolve;
  });

  async function answer(route: Route): Promise<void> {
    const browserRequest = route.request();
    const page = pageOf(browserRequest);
    const url = new URL(browserRequest.url());
    const origins = [...(options.origins ?? []), ...(page === null ? [] : [new URL(page).origin])];
    const isForUs =
      !isOfPage(browserRequest.resourceType()) && belongsTo(operations, url, browserRequest.method(), origins);
    if (!isForUs) return route.fallback();
    const request = await httpRequestOf(browserRequest, page);
    const answered = control.answer(request);
    record(request, answered, browserRequest.url(), page);
    await fulfil(route, answered, ended);
  }

  function record(request: HttpRequest, answered: Answer, url: string, page: string | null): void {
    const violations = violationsOf(operations, request, answered, options.apiKey);
    exchanges.push({
      operation: answered.operationId,
      request: shownRequest(request, url),
      response: shownResponse(answered),
      page,
      violations,
    });
    const match = operations.match(request.method, request.target);
    if (match.kind !== 'operation') return;
    const operation = operations.compile(match.entry);
    const { values } = checkRequest(operation, request, match.pathParameters);
    const key = responseFor(operation, answered.status)?.key ?? String(answered.status);
    const one = { requests: 1, responses: { [key]: 1 }, values: sentValues(operation, values) };
    covered = mergeCoverage(covered, { [operation.id]: one });
  }

  return {
    operations,
    async namesOf(operationId) {
      const entry = operations.find(operationId);
      const responses = entry === undefined ? [] : operations.compile(entry).responses;
      const examples = responses.flatMap(({ content }) => content.flatMap((one) => one.examples));
      return [...mock.fixtures.for(operationId).cases, ...examples].map(({ name }) => name).filter(Boolean);
    },
    async activate(operationId, active) {
      const reason = active === null ? null : whyNot(active, operationId, control);
      if (reason !== null) throw new Error(reason);
      session.setActive(operationId, active);
    },
    async reset() {
      session.reset();
      exchanges = [];
    },
    async seed(seed) {
      session.seed = seed;
    },
    exchanges: async () => exchanges,
    async attach(context) {
      await context.route((url) => hasPath(operations, url), guarded(answer, context));
    },
    async coverage() {
      const { name, files } = operations.document;
      const file = files?.[0] ?? null;
      return { document: name, file, operations: covered, ...(file === null && { goal: goalOf(operations) }) };
    },
    async end() {
      letGo();
    },
  };
}

/** A page that leaves while its request is answered is no error. */
function guarded(answer: (route: Route) => Promise<void>, context: BrowserContext): (route: Route) => Promise<void> {
  let isClosed = false;
  context.once('close', () => {
    isClosed = true;
  });
  return async (route) => {
    try {
      await answer(route);
    } catch (error) {
      const gone = isClosed || /has been closed|Target closed|already handled|Test ended/i.test(String(error));
      if (!gone) throw error;
    }
  };
}

/**
 * A browser's request as the mock takes it. Playwright does not see cookies while it holds a request, so they are
 * those that the browser has for the address, if it is the page's own. Nor does it see what is in files that were
 * chosen from the disk: such a part of a form is empty.
 */
async function httpRequestOf(request: Request, page: string | null): Promise<HttpRequest> {
  const url = new URL(request.url());
  const headers: Record<string, string> = { ...request.headers() };
  headers.host ??= url.host;
  if (headers.cookie === undefined && page !== null && new URL(page).origin === url.origin) {
    const cookies = await request.frame().page().context().cookies([url.href]);
    if (cookies.length > 0) headers.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
  const bytes = request.postDataBuffer();
  const body = bytes === null || (bytes.length === 0 && headers['content-type'] === undefined) ? null : bytes;
  return { method: request.method(), target: `${url.pathname}${url.search}`, headers, body };
}

function shownRequest({ method, headers, body }: HttpRequest, url: string): PageExchange['request'] {
  const text = body === null ? null : new TextDecoder().decode(body);
  return { method, url, headers: headers as Record<string, string>, body: text, json: jsonOf(text) };
}

function shownResponse({ status, headers, body, source, name }: Answer): PageExchange['response'] {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const fields = Object.entries(headers).map(([field, value]) => [field.toLowerCase(), String(value)]);
  return { status, headers: Object.fromEntries(fields), body: text, json: jsonOf(text), source, name };
}
