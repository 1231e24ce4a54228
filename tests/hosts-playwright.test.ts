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
async function playwright(config: string, env: Record<string, string> = {}): Promise<Ran> {
  const place = mkdtempSync(join(folder, 'run-'));
  const [report, coverage] = [join(place, 'report.json'), join(place, 'coverage.json')];
  const args = [
    join(root, 'node_modules/playwright/cli.js'),
    'test',
    '-c',
    join(root, 'tests/hosts/playwright', config),
  ];
  const { FORCE_COLOR, VITEST, NODE_ENV, TEST, ...rest } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...rest, ...env, REPORT_FILE: report, COVERAGE_FILE: coverage, OUTPUT_FOLDER: join(place, 'results') },
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
    out: stdout.replaceAll(relative(root, place), 'FOLDER').replaceAll(place, 'FOLDER'),
    coverage: readFileSync(coverage, 'utf8'),
  };
}

const failureOf = (spec: JsonSpec | undefined): string =>
  stripVTControlCharacters(spec?.tests[0]?.results[0]?.error?.message ?? '');

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

describe.skipIf(browserPath === null)(`counterproof/playwright in a page${browserReason}`, () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await playwright('playwright.config.ts');
  });

  const titled = (title: string) => ran.specs.find((spec) => spec.title === title);

  test('tests of a page that keeps to the document pass, and those of one that does not fail', () => {
    const failed = ran.specs.filter(({ ok }) => !ok).map(({ title }) => title);
    expect(ran.specs.length).toBeGreaterThan(failed.length);
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
    for (const { tests } of ran.specs) {
      expect(tests[0]?.results[0]?.attachments.map(({ name }) => name)).toContain('counterproof-coverage');
    }
  });

  test('the report holds what all workers exercised together', () => {
    expect(ran.out.slice(ran.out.indexOf("  The page's tests"))).toMatchInlineSnapshot(`
      "  The page's tests exercised of spec/openhands-installations.yaml: operations 1 of 1, responses 2 of 2, enum values 4 of 4
        All of it: FOLDER/coverage.json
      "
    `);
    const [{ counts }] = JSON.parse(ran.coverage).documents;
    expect(counts).toEqual({
      operations: { exercised: 1, of: 1 },
      responses: { exercised: 2, of: 2 },
      values: { exercised: 4, of: 4 },
    });
  });
});

describe.skipIf(browserPath === null)(`counterproof/playwright with a mock that runs elsewhere${browserReason}`, () => {
  test('two workers with different active cases on one mock never see each other', async () => {
    const mock = await startMock(['--control-token', 'secret']);
    const page = await serveElsewhere({ '/': { type: 'text/html', text: '<!doctype html><title>Page</title>' } });
    const ran = await playwright('server.config.ts', { MOCK_URL: mock.url, PAGE_URL: page.url });
    expect(ran.specs.filter(({ ok }) => !ok).map((spec) => [spec.title, failureOf(spec)])).toEqual([
      ['a violation fails the test', expect.stringContaining('query parameter "provider"')],
    ]);
    expect(ran.specs).toHaveLength(4);
    expect(ran.out).toContain('operations 1 of 1');
    // Nor has anybody else.
    const { status } = await fetch(`${mock.url}/api/user/installations?provider=github`, {
      headers: { 'X-Session-API-Key': 'k' },
    });
    expect(status).toBe(200);
    await page.close();
    await mock.end('SIGTERM');
  });

  test('any document is known as the mock has read it, with its path templates and its servers', async () => {
    const mock = await startMock(['tests/hosts/playwright/items/openapi.yaml', '--control-token', 'secret']);
    const page = await serveElsewhere({ '/': { type: 'text/html', text: '<!doctype html><title>Page</title>' } });
    const ran = await playwright('remote.config.ts', { MOCK_URL: mock.url, PAGE_URL: page.url });
    expect(ran.specs.filter(({ ok }) => !ok).map((spec) => [spec.title, failureOf(spec)])).toEqual([
      [
        'a method that a path does not have fails the test, and says where the path is',
        expect.stringMatching(
          /\/items\/\{id\} has no PUT, it has GET, HEAD\n +see tests\/hosts\/playwright\/items\/openapi.yaml:9:\d+/,
        ),
      ],
    ]);
    expect(ran.specs).toHaveLength(3);
    expect(ran.out).toContain('operations 1 of 1, responses 2 of 2, enum values 2 of 2');
    await page.close();
    await mock.end('SIGTERM');
  });
});
