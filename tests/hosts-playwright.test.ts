import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, browserReason } from './browser.js';
import { endAll, root, startMock } from './command.js';
import { serveElsewhere } from './hosts/elsewhere.js';

interface JsonSpec {
  readonly title: string;
  readonly file: string;
  readonly ok: boolean;
  readonly tests: readonly {
    readonly results: readonly {
      readonly error?: { readonly message: string };
      readonly attachments: { name: string }[];
    }[];
  }[];
}

interface Ran {
  readonly specs: readonly JsonSpec[];
  readonly out: string;
  readonly coverage: string;
}

const folder = mkdtempSync(join(tmpdir(), 'counterproof-playwright-'));

/** Runs Playwright on tests/hosts/playwright, as a user would. */
async function playwright(env: Record<string, string>): Promise<Ran> {
  const [report, coverage] = [join(folder, 'report.json'), join(folder, 'coverage.json')];
  const config = join(root, 'tests/hosts/playwright/playwright.config.ts');
  const args = [join(root, 'node_modules/playwright/cli.js'), 'test', '-c', config];
  const { FORCE_COLOR, VITEST, NODE_ENV, TEST, ...rest } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...rest, ...env, REPORT_FILE: report, COVERAGE_FILE: coverage, OUTPUT_FOLDER: join(folder, 'results') },
    maxBuffer: 1 << 26,
    // A failed test makes Playwright fail.
  }).catch((error: { stdout: string }) => error);
  const { suites, errors } = JSON.parse(readFileSync(report, 'utf8')) as {
    suites: { specs: JsonSpec[] }[];
    errors: [];
  };
  expect(errors).toEqual([]);
  return {
    specs: suites.flatMap(({ specs }) => specs),
    out: stdout.replaceAll(relative(root, folder), 'FOLDER').replaceAll(folder, 'FOLDER'),
    coverage: readFileSync(coverage, 'utf8'),
  };
}

let ran: Ran;
let mock: Awaited<ReturnType<typeof startMock>>;
beforeAll(async () => {
  if (browserPath === null) return;
  const page = await serveElsewhere({ '/': { type: 'text/html', text: '<!doctype html><title>Page</title>' } });
  const [ofDocument, ofItems] = await Promise.all([
    startMock(['--control-token', 'secret']),
    startMock(['tests/hosts/playwright/items/openapi.yaml', '--control-token', 'secret']),
  ]);
  mock = ofDocument;
  ran = await playwright({ MOCK_URL: mock.url, ITEMS_URL: ofItems.url, PAGE_URL: page.url });
  await page.close();
});

const specsOf = (...files: readonly string[]) => ran.specs.filter(({ file }) => files.includes(file));
/** What was exercised of each document, and by each mock. */
const exercised = (): string[] => ran.out.match(/^ {2}The page's tests exercised .*$/gm) ?? [];

const failureOf = (spec: JsonSpec | undefined): string =>
  stripVTControlCharacters(spec?.tests[0]?.results[0]?.error?.message ?? '');

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

describe.skipIf(browserPath === null)(`counterproof/playwright in a page${browserReason}`, () => {
  const own = () => specsOf('passing.page.ts', 'violating.page.ts');
  const titled = (title: string) => ran.specs.find((spec) => spec.title === title);

  test('tests of a page that keeps to the document pass, and those of one that does not fail', () => {
    const failed = own()
      .filter(({ ok }) => !ok)
      .map(({ title }) => title);
    expect(own()).toHaveLength(12);
    expect(failed.sort()).toEqual([
      'sends GITHUB',
      'sends no key while a fault needs none, and what the document has no method for',
    ]);
  });

  test('a failure says all that is wrong, where the document says so, and which page sent it', () => {
    expect(failureOf(titled('sends GITHUB'))).toMatchInlineSnapshot(`
      "ViolationError: The page sent 3 requests that the document does not allow.

        GET http://page.test/api/user/installations?provider=GITHUB  (2 times)
          query parameter "provider": must be 'github', 'gitlab', 'bitbucket' or 'enterprise_sso', received "GITHUB"
            see spec/openhands-installations.yaml:45:7
          sent by http://page.test/picker

        GET http://page.test/api/user/installations
          query parameter "provider" is required
            see spec/openhands-installations.yaml:20:11
          sent by http://page.test/picker

      What is meant is declared with mock.allowViolations(…), or allowViolations in the config."
    `);
  });

  test('a fault that overlooks a violation does not hide it', () => {
    const failure = failureOf(titled('sends no key while a fault needs none, and what the document has no method for'));
    expect(failure).toMatchInlineSnapshot(`
      "ViolationError: The page sent 2 requests that the document does not allow.

        GET http://page.test/api/user/installations?provider=bitbucket
          security: no credential: send header X-Session-API-Key with a key
            see spec/openhands-installations.yaml:82:5
          sent by http://page.test/picker

        POST http://page.test/api/user/installations?provider=github
          /api/user/installations has no POST, it has GET, HEAD
            see spec/openhands-installations.yaml:13:3
          sent by http://page.test/picker

      What is meant is declared with mock.allowViolations(…), or allowViolations in the config."
    `);
  });

  test('each test has its coverage attached', () => {
    for (const { tests } of own()) {
      expect(tests[0]?.results[0]?.attachments.map(({ name }) => name)).toContain('counterproof-coverage');
    }
  });

  test('the report holds what all workers exercised together', () => {
    expect(exercised()).toContain(
      "  The page's tests exercised of spec/openhands-installations.yaml: operations 1 of 1, responses 2 of 2, enum values 4 of 4",
    );
    expect(ran.out).toMatch(/\n {2}All of it: FOLDER\/coverage\.json\n$/);
    expect(JSON.parse(ran.coverage).documents).toContainEqual(
      expect.objectContaining({
        document: 'spec/openhands-installations.yaml',
        counts: {
          operations: { exercised: 1, of: 1 },
          responses: { exercised: 2, of: 2 },
          values: { exercised: 4, of: 4 },
        },
      }),
    );
  });
});

describe.skipIf(browserPath === null)(`counterproof/playwright with a mock that runs elsewhere${browserReason}`, () => {
  test('two workers with different active cases on one mock never see each other', async () => {
    const specs = specsOf('session.page.ts');
    expect(specs.filter(({ ok }) => !ok).map((spec) => [spec.title, failureOf(spec)])).toEqual([
      ['a violation fails the test', expect.stringContaining('query parameter "provider"')],
    ]);
    expect(specs).toHaveLength(4);
    expect(exercised()).toContain(
      "  The page's tests exercised of spec/openhands-installations.yaml: operations 1 of 1, responses 2 of 2, enum values 1 of 4",
    );
    // Nor has anybody else.
    const { status } = await fetch(`${mock.url}/api/user/installations?provider=github`, {
      headers: { 'X-Session-API-Key': 'k' },
    });
    expect(status).toBe(200);
  });

  test('any document is known as the mock has read it, with its path templates and its servers', () => {
    const specs = specsOf('items.page.ts');
    expect(specs.filter(({ ok }) => !ok).map((spec) => [spec.title, failureOf(spec)])).toEqual([
      [
        'a method that a path does not have fails the test, and says where the path is',
        expect.stringMatching(
          /\/items\/\{id\} has no PUT, it has GET, HEAD\n +see tests\/hosts\/playwright\/items\/openapi.yaml:9:\d+/,
        ),
      ],
    ]);
    expect(specs).toHaveLength(3);
    expect(exercised()).toContain(
      "  The page's tests exercised of tests/hosts/playwright/items/openapi.yaml: operations 1 of 1, responses 2 of 2, enum values 2 of 2",
    );
  });
});
