import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import type * as playwrightTest from 'playwright/test';
import type { APIRequestContext, BrowserContext, TestInfo } from 'playwright/test';
import type { Mock } from '../../mock/index.js';
import { configured, documentsOf, type MockSource, noticesOf, placedIn, readMock } from '../subject.js';
import type { Backend, CounterproofOptions, InProcessOptions } from './backend.js';
import { coverageAttachment } from './coverage.js';
import { describeViolations } from './exchange.js';
import { answerInProcess } from './in-process.js';
import { createPageMock, type PageMock } from './mock.js';
import { sessionOnServer } from './server.js';

export type { AllowedViolation } from './allow.js';
export type { CounterproofOptions, InProcessOptions, ServerOptions } from './backend.js';
export type { CoverageOfTest, OperationCoverage, OperationGoal } from './coverage.js';
export type { PageExchange, PageViolation } from './exchange.js';
export type { PageMock, Use } from './mock.js';

/** For `defineConfig<CounterproofTestOptions>({ use: { counterproof: … } })`. */
export interface CounterproofTestOptions {
  counterproof: CounterproofOptions | undefined;
}

export interface CounterproofFixtures {
  /** Answers the page's requests. The test fails at its end if the page sent what the document does not allow. */
  mock: PageMock;
  context: BrowserContext;
  request: APIRequestContext;
}

/**
 * The test runner of the user: there may be only one in a process. `@playwright/test` is `playwright/test` by
 * another name, and either may be the one that can be reached from here, so the packages are asked in turn; by
 * `require`, since this module must be loadable by `require` too and so must not await.
 */
const runner: typeof playwrightTest = load(['@playwright/test', 'playwright/test']);

/** How what a test asks without a page gets to the session of its mock. */
const carriers = new WeakMap<PageMock, (request: APIRequestContext) => void>();

/** Playwright's `test`, with a mock that answers the page. */
export const test = runner.test.extend<CounterproofTestOptions & CounterproofFixtures>({
  counterproof: [undefined, { option: true }],

  mock: async ({ counterproof, baseURL }, use, testInfo) => {
    if (counterproof === undefined) {
      throw new Error(
        'No document: set use: { counterproof: { document: "openapi.yaml" } } in the config of Playwright',
      );
    }
    const backend = await createBackend(counterproof, baseURL, testInfo);
    const { mock, violating } = createPageMock(backend, counterproof.allowViolations ?? []);
    if (backend.carry !== undefined) carriers.set(mock, backend.carry);
    await use(mock);
    const wrong = await violating();
    const coverage = JSON.stringify(await backend.coverage(), null, 2);
    await testInfo.attach(coverageAttachment, { body: coverage, contentType: 'application/json' });
    await backend.end();
    if (wrong.length > 0) throw new ViolationError(describeViolations(wrong, 'The page', remedy));
  },

  // The mock comes first, so that it ends after the pages, when all requests are in.
  context: async ({ mock, context }, use) => {
    await mock.attach(context);
    carriers.get(mock)?.(context.request);
    // The routes stay to the end: without them the browser would send what still hangs to the real server.
    await use(context);
  },

  // What a test asks itself, without a page.
  request: async ({ mock, request }, use) => {
    carriers.get(mock)?.(request);
    await use(request);
  },
});

/** Playwright's own, by whichever name it is installed. */
export const { expect, defineConfig } = runner;

const remedy = 'mock.allowViolations(…), or allowViolations in the config';

/** What fails a test whose page has sent what the document does not allow. */
class ViolationError extends Error {
  override readonly name = 'ViolationError';
  // Where it was thrown says nothing, and places in the document must not be taken for it.
  override stack = `${this.name}: ${this.message}`;
}

async function createBackend(
  options: CounterproofOptions,
  baseURL: string | undefined,
  testInfo: TestInfo,
): Promise<Backend> {
  const origins = [...(options.origins ?? []), ...(baseURL === undefined ? [] : [new URL(baseURL).origin])];
  if (options.url !== undefined)
    return sessionOnServer({ ...options, origins, baseUrl: baseURL }, `playwright-${randomUUID()}`);
  const { config } = testInfo;
  const folder = config.configFile === undefined ? config.rootDir : dirname(config.configFile);
  return answerInProcess(await mockFor((await configured(options, folder)).source, folder), { ...options, origins });
}

const mocks = new Map<string, Promise<Mock>>();

const identities = new WeakMap<object, number>();
let identityCount = 0;

/** Functions have no text of their own to be told apart by. */
function identityOf(handlers: object): number {
  const known = identities.get(handlers) ?? identityCount++;
  identities.set(handlers, known);
  return known;
}

/** The identities of the functions of a source, wherever they are given. */
function functionsOf(source: MockSource): number[] {
  const all = [source, ...documentsOf(source)].map(({ handlers }) => handlers);
  return all.flatMap((handlers) => (typeof handlers === 'object' ? [identityOf(handlers)] : []));
}

/** A document is read once in a worker, however many tests use it: what happens in a test stays in its session. */
function mockFor(options: InProcessOptions & MockSource, folder: string): Promise<Mock> {
  const { document, fixtures, seed, apiKey, cors, allowRemote, rows, unknownIds, state, overlays, handlers, auth } =
    options;
  const given = {
    rows,
    unknownIds,
    state,
    document,
    auth,
    ...(fixtures !== undefined && { fixtures }),
    ...(seed !== undefined && { seed }),
    ...(apiKey !== undefined && { apiKey }),
    ...(cors !== undefined && { cors }),
    ...(allowRemote !== undefined && { allowRemote }),
    ...(overlays !== undefined && { overlays }),
    ...(handlers !== undefined && { handlers }),
  };
  const source = placedIn(
    given,
    (file) => resolve(folder, file),
    (path) => relative('', path),
  );
  const key = JSON.stringify([source, functionsOf(source)]);
  let mock = mocks.get(key);
  if (mock === undefined) {
    mock = readMock(source).then((made) => {
      for (const notice of noticesOf(made)) console.warn(notice);
      return made;
    });
    mocks.set(key, mock);
  }
  return mock;
}

function load(names: readonly string[]): typeof playwrightTest {
  const require = createRequire(import.meta.url);
  for (const name of names) {
    try {
      return require(name);
    } catch (error) {
      // Only its absence is passed over: a runner that is loaded twice says so, and that must be heard.
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error('counterproof/playwright needs Playwright Test. Install it with: npm install -D @playwright/test');
}
