import type { Request } from 'playwright/test';
import type { Mock } from '../../mock/index.js';
import type { Answer, HttpRequest } from '../../operation/index.js';
import { caseNames, createControl } from '../control/index.js';
import type { Backend, InProcessOptions } from './backend.js';
import { goalOf, mergeCoverage, type OperationCoverage } from './coverage.js';
import { jsonOf, type PageExchange } from './exchange.js';
import { fulfil } from './fulfil.js';
import { judge } from './judge.js';
import { type PageRequest, routePages } from './pages.js';

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

  async function answer({ route, request: asked, target, match, page }: PageRequest): Promise<void> {
    const request = { ...(await httpRequestOf(asked, page)), target };
    const answered = await control.respond(request, match);
    const { violations, covered: more } = judge(operations, match, request, answered, options.apiKey);
    covered = mergeCoverage(covered, more);
    exchanges.push({
      operation: answered.operationId,
      request: shownRequest(request, asked.url()),
      response: shownResponse(answered),
      page,
      violations,
    });
    await fulfil(route, answered, ended);
  }

  return {
    operations,
    async namesOf(operationId) {
      const entry = operations.find(operationId);
      return entry === undefined ? [] : caseNames(mock, entry);
    },
    async activate(operationId, active) {
      session.setActive(operationId, active);
    },
    async reset() {
      session.reset();
      exchanges = [];
    },
    async seed(seed) {
      session.seed = seed;
    },
    state: async () => control.state(),
    async restore(snapshot) {
      control.restore(snapshot);
    },
    exchanges: async () => exchanges,
    attach: (context) => routePages(context, operations, options, answer),
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
