import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ended, endAll, runProcess, start, startMock } from './command.js';
import { type Implementation, json, type Serving, serveImplementation } from './contract/implementation.js';
import { installations } from './contract/installations.js';
import { run } from './program.js';

let folder: string;
const servers: Serving[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-check-'));
});
afterEach(async () => {
  endAll();
  for (const server of servers.splice(0)) await server.close();
  rmSync(folder, { recursive: true });
});

async function serve(implementation: Implementation): Promise<string> {
  const server = await serveImplementation(implementation);
  servers.push(server);
  return server.url;
}

const file = (name: string, within = folder) => join(within, name);
const text = (name: string, within = folder) => readFileSync(file(name, within), 'utf8');
const formats = ['junit', 'json', 'sarif', 'markdown', 'html'];
const reportFlags = (within = folder) => formats.flatMap((format) => ['--report', `${format}=${file(format, within)}`]);
const broken: Implementation = (asked) =>
  asked.method === 'GET' ? json(200, { 'not a list': '<script>alert(1)</script>' }) : installations()(asked);

const builtIn = 'Document: the one that is built in; there is no openapi.* or swagger.* here\n';
/** What is said besides which document is taken, by lines. */
const withoutDocument = (error: string) => error.replace(builtIn, '').trim().split('\n');

describe('exit code', () => {
  test('0: kept', async () => {
    const { url } = await startMock();
    const { code, out, error } = await runProcess(['check', '--target', url]);
    expect([code, error]).toEqual([0, builtIn]);
    expect(out).toMatch(/^OpenHands 0\.53\.0 at http:\/\/localhost:\d+, seed 1\n/);
    expect(out).toMatch(/\nKept: \d+ cases on 1 operation, no violation \(\d+ requests in .*\)\n$/);
  });

  test('1: broken, with what, where and how to see it again', async () => {
    const { code, out } = await runProcess(['check', '--target', await serve(broken)]);
    expect(code).toBe(1);
    expect(out).toContain('✗ response-schema');
    expect(out).toContain('spec/openhands-installations.yaml:');
    expect(out).toContain('curl -sS -i -g --path-as-is');
    expect(out).toMatch(/\nBroken: \d+ violations, in \d+ of \d+ cases, on 1 of 1 operation /);
  });

  test('--suggest writes an overlay, with which nothing is left of what it claims to mend', async () => {
    const target = await serve(broken);
    const overlay = file('mend.overlay.yaml');
    const first = await run(['check', '--target', target, '--suggest', overlay]);
    expect(first.out).toContain('✗ response-schema');
    expect(first.error).toMatch(/with it the document allows (\d+) of \1 answers that did not fit/);
    const second = await run(['check', '--target', target, '--overlay', overlay]);
    expect(second.out).toContain('✓ response-schema');
  });

  test('1 with --compare: two targets differ, whatever the document says; 0: they do not', async () => {
    const [own, other] = await Promise.all([startMock(), startMock(['--seed', '7'])]);
    const same = await run(['check', 'spec/openhands-installations.yaml', '--target', own.url, '--compare', other.url]);
    expect([same.code, same.error]).toEqual([0, '']);
    const { code, out } = await run(['check', '--target', await serve(broken), '--compare', own.url]);
    expect(code).toBe(1);
    expect(out).toContain('The body of the answers 200 is of another type');
  });

  test.each<[what: string, args: string[], message: string]>([
    [
      'no target',
      [],
      'counterproof check: needs --target URL, such as --target http://localhost:3000 (see counterproof check --help)',
    ],
    [
      'an unknown flag',
      ['--taget', 'x'],
      'counterproof check: unknown flag --taget; did you mean "--target"? (see counterproof check --help)',
    ],
    [
      'a target that is no URL',
      ['-t', 'localhost'],
      'The target "localhost" is not an http or https URL, such as http://localhost:3000',
    ],
    [
      'nobody there',
      ['-t', 'http://127.0.0.1:9'],
      'The target http://127.0.0.1:9 cannot be reached: Nothing listens on 127.0.0.1 port 9 (ECONNREFUSED)',
    ],
    [
      'an unknown name',
      ['-t', 'http://counterproof.invalid'],
      'The target http://counterproof.invalid cannot be reached: The name counterproof.invalid has no address',
    ],
    [
      'an unknown operation',
      ['-t', 'http://127.0.0.1:9', '--operation', 'get_user_installation'],
      'No operation matches "get_user_installation"; did you mean "get_user_installations_api_user_installations_get"?',
    ],
    [
      'a second user who is the first',
      ['-t', 'http://127.0.0.1:9', '--auth', 'APIKeyHeader=x', '--auth2', 'APIKeyHeader=x'],
      '--auth2 APIKeyHeader=… is the credential of --auth: a second user has one of its own',
    ],
    [
      'an input without a workflow',
      ['-t', 'http://127.0.0.1:9', '--input', 'name=Inbox'],
      '--input name: it is for a workflow: pass --workflow FILE',
    ],
    [
      'an unknown check',
      ['-t', 'http://127.0.0.1:9', '--check', 'response-shema'],
      'No check matches "response-shema"; did you mean "response-schema"?',
    ],
    [
      'an unknown scheme',
      ['-t', 'http://127.0.0.1:9', '--auth', 'ApiKeyHeder=x'],
      'The document has no security scheme "ApiKeyHeder"; did you mean "APIKeyHeader"?',
    ],
    [
      'a bad shard',
      ['-t', 'http://127.0.0.1:9', '--shard', '3/2'],
      'counterproof check: --shard expects a part and the number of parts, such as 1/4, found "3/2" (see counterproof check --help)',
    ],
    [
      'a bad format',
      ['-t', 'http://127.0.0.1:9', '--report', 'pdf=x'],
      'counterproof check: --report expects FORMAT=FILE, with junit, json, sarif, markdown or html as format, found "pdf=x" (see counterproof check --help)',
    ],
    ['no such document', ['missing.yaml', '-t', 'http://127.0.0.1:9'], 'missing.yaml'],
  ])('2: %s, in one line', async (_what, args, message) => {
    const { code, out, error } = await run(['check', ...args]);
    expect(out).toBe('');
    expect(error).toContain(message);
    expect(withoutDocument(error)).toHaveLength(1);
    expect(code).toBe(2);
  });

  test('2: a report that cannot be written', async () => {
    writeFileSync(file('plain'), '');
    const { code, error } = await runProcess([
      'check',
      '-t',
      await serve(installations()),
      '-r',
      `html=${file('plain/x.html')}`,
    ]);
    expect([code, withoutDocument(error).length]).toEqual([2, 1]);
    expect(error).toContain('plain/x.html cannot be written');
  });
});

test('what redirects every request, and what shows a page for each, is said to be no server of the document', async () => {
  const document = 'spec/openhands-installations.yaml';
  const login: Implementation = () => ({ status: 302, headers: { location: '/login' }, body: '' });
  const redirected = await run(['check', document, '-t', await serve(login)]);
  expect(redirected.out).toContain(
    '! Every request is redirected, and redirections are not followed: pass --target with where they lead, ' +
      'or pass --auth APIKeyHeader=… where that is a login\n',
  );
  const app: Implementation = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' });
  expect((await run(['check', document, '-t', await serve(app)])).out).toContain('! Every answer is an HTML page: ');
});

describe('reports', () => {
  test('are written in every format, whole, and say the same', async () => {
    const { code } = await run(['check', '-t', await serve(broken), ...reportFlags()]);
    expect(code).toBe(1);
    const result = JSON.parse(text('json'));
    expect(result).toMatchObject({ schemaVersion: 2, verdict: 'broken', partial: null });
    const violations = result.findings.filter(({ severity }: { severity: string }) => severity === 'violation');
    expect(violations.length).toBeGreaterThan(0);
    expect(JSON.parse(text('sarif')).runs[0].results.length).toBe(result.findings.length);
    expect(text('junit')).toContain('<failure type="');
    expect(text('markdown')).toContain('## ❌ Broken');
    expect(text('html')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text('html')).not.toContain('<script');
    expect(readdirSync(folder).sort()).toEqual([...formats].sort());
  });

  test('go to GitHub where that is the environment', async () => {
    writeFileSync(file('summary'), 'before\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file('summary') };
    const { out } = await run(['check', '-t', await serve(broken)], { env });
    const annotations = out.split('\n').filter((line) => line.startsWith('::'));
    expect(annotations[0]).toMatch(
      /^::error file=spec\/openhands-installations\.yaml,line=\d+,col=\d+,title=counterproof [a-z-]+::/,
    );
    expect(annotations.filter((line) => line.startsWith('::error')).length).toBeLessThanOrEqual(10);
    expect(text('summary')).toMatch(/^before\n## ❌ Broken/);
  });

  test('as JSON on standard output are the result and nothing else', async () => {
    const { code, out } = await run(['check', '-t', await serve(broken), '--json']);
    expect([code, JSON.parse(out).verdict]).toEqual([1, 'broken']);
  });

  test('with --quiet are one line', async () => {
    const { out } = await run(['check', '-t', await serve(installations()), '--quiet']);
    expect(out).toMatch(/^Kept: \d+ cases on 1 operation, no violation\n$/);
  });

  test('with --quiet say what whoever runs it did wrong', async () => {
    const { error } = await run(['check', '-t', await serve(() => json(404, {})), '--quiet']);
    expect(withoutDocument(error)[0]).toMatch(/^Every request got 404: is http:.* the server of this document/);
  });
});

describe('killed in the middle', () => {
  /** Answers the first requests and then no more. */
  const stuck = (): Implementation => {
    let answered = 0;
    return async (asked) => (answered++ > 40 ? new Promise(() => {}) : broken(asked));
  };

  /** Starts a run that hangs, ends it once its reports hold something, and looks at what it leaves. */
  async function endStuck(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<Ended> {
    const within = join(folder, signal);
    // Longer than the test takes: a run that hangs ends by itself.
    const command = start(['check', '-t', await serve(stuck()), '--timeout', '590s', ...reportFlags(within)]);
    for (const deadline = Date.now() + 300_000; Date.now() < deadline; ) {
      const isWritten = formats.every((format) => existsSync(file(format, within)));
      if (isWritten && JSON.parse(text('json', within)).counts.cases > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const ended = await command.end(signal);
    expect(JSON.parse(text('sarif', within)).runs[0].invocations[0].executionSuccessful).toBe(false);
    expect(text('junit', within)).toMatch(/<error message="partial: /);
    expect(text('junit', within)).toMatch(/<\/testsuites>\n$/);
    expect(text('markdown', within)).toContain('partial: ');
    expect(text('html', within)).toContain('(partial: ');
    expect(text('html', within)).toMatch(/<\/html>\n$/);
    const { partial } = JSON.parse(text('json', within));
    if (signal === 'SIGKILL') expect(partial).toBeTypeOf('string');
    else expect(partial).toContain(`stopped by ${signal}`);
    return ended;
  }

  // They mostly wait, so they wait together.
  test('its files are whole and say that they are partial, and it says so and ends soon where it may', async () => {
    const [interrupted, terminated] = await Promise.all([endStuck('SIGINT'), endStuck('SIGTERM'), endStuck('SIGKILL')]);
    expect(interrupted.code).toBe(1);
    expect(interrupted.out).toContain('(partial: it was stopped by SIGINT)');
    expect(interrupted.error).toContain('SIGINT: what was found is put together; once more ends it at once');
    expect(terminated.code).toBe(1);
    expect(terminated.out).toContain('(partial: it was stopped by SIGTERM)');
  });

  test('a signal that comes before anything was sent ends it at once, however long the document takes', async () => {
    // What these schemas, which all know each other, make necessary is worked out in one go.
    const names = Array.from({ length: 900 }, (_, index) => `Model${index}`);
    const reference = (index: number) => ({ $ref: `#/components/schemas/${names[index % names.length]}` });
    const schema = (index: number) => ({
      type: 'object',
      properties: {
        id: { type: 'integer' },
        next: reference(index + 1),
        list: { type: 'array', items: reference(index * 7) },
      },
    });
    const document = {
      openapi: '3.1.0',
      info: { title: 'Dense', version: '1' },
      paths: Object.fromEntries(
        names.map((name, index) => {
          const content = { 'application/json': { schema: reference(index) } };
          return [`/${name}`, { get: { responses: { 200: { description: 'ok', content } } } }];
        }),
      ),
      components: { schemas: Object.fromEntries(names.map((name, index) => [name, schema(index)])) },
    };
    writeFileSync(file('dense.json'), JSON.stringify(document));
    let isSent = false;
    const server = createServer((socket) => socket.on('data', () => (isSent = true)).on('error', () => {}));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const command = start([
      'check',
      file('dense.json'),
      '-t',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ]);
    // It looks whether anybody is there, and then begins with the document.
    await once(server, 'connection');
    const { signal } = await command.end('SIGINT');
    server.close();
    expect([signal, isSent]).toEqual(['SIGINT', false]);
  });

  test('a target that dies in the middle is broken, and the run ends', async () => {
    let server: Serving | null = null;
    server = await serveImplementation((asked) => {
      if (asked.number === 15) void server?.close();
      return installations()(asked);
    });
    const { code, out } = await run(['check', '-t', server.url, ...reportFlags()]);
    expect(code).toBe(1);
    expect(out).toContain('the target stopped answering');
    expect(JSON.parse(text('json')).findings[0].check).toBe('well-formed');
  });
});

test('what is wrong with the document is said, and not with --quiet', async () => {
  const securitySchemes = { key: { type: 'apiKey', in: 'header', name: 'Authorization: Bearer' } };
  const info = { title: 'T', version: '1' };
  const paths = { '/a': { get: { responses: { 200: { description: 'ok' } } } } };
  writeFileSync(
    file('api.json'),
    JSON.stringify({ openapi: '3.1.0', info, paths, security: [{ key: [] }], components: { securitySchemes } }),
  );
  const args = ['check', file('api.json'), '-t', await serve(installations())];
  expect((await run(args)).error).toContain('was read as http bearer');
  expect((await run([...args, '--quiet'])).error).not.toContain('was read as http bearer');
});

describe('credentials', () => {
  const secret = 'S3cret&key/with+signs=';
  /** Tells everything that it was sent. */
  const echo: Implementation = (asked) => {
    const seen = { target: `${asked.path}?${asked.query}`, headers: asked.headers, more: `${'x'.repeat(60)}${secret}` };
    return json(200, seen, { 'X-Echo': String(asked.headers['x-session-api-key'] ?? '') });
  };

  function expectHidden(ended: Pick<Ended, 'out' | 'error'>): void {
    const everything = [ended.out, ended.error, ...formats.map((format) => text(format))].join('\n');
    expect(everything.length).toBeGreaterThan(5000);
    const inXml = secret.replaceAll('&', '&amp;');
    for (const form of [secret, inXml, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), btoa(secret)]) {
      expect(everything).not.toContain(form);
    }
    expect(everything).not.toContain('S3cret');
    expect(everything).toContain('$APIKEY_HEADER');
  }

  test('given by a flag are sent, and shown nowhere, even when the target echoes them', async () => {
    const seen: unknown[] = [];
    const target = await serve((asked) => {
      seen.push(asked.headers['x-session-api-key']);
      return echo(asked);
    });
    const ended = await run(['check', '-t', target, '--auth', `APIKeyHeader=${secret}`, ...reportFlags()]);
    expect(seen).toContain(secret);
    expectHidden(ended);
  });

  test('given by the environment too', async () => {
    const env = { COUNTERPROOF_AUTH_APIKEYHEADER: secret };
    const ended = await run(['check', '-t', await serve(echo), ...reportFlags()], { env });
    expectHidden(ended);
    const known = await run(['check', '-t', await serve(installations(secret)), '--quiet'], { env });
    expect(known.code).toBe(0);
  });

  test('given as a header are a credential where a scheme uses that header', async () => {
    const target = await serve(installations(secret));
    const header = ['--header', `x-session-API-key: ${secret}`];
    const ended = await run(['check', '-t', target, ...header, '--json']);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out).notSent).toEqual([]);
    expect(ended.out).not.toContain('S3cret');
  });

  test('that are needed and were not given are asked for in one line, not in a hundred findings', async () => {
    const { code, out } = await run(['check', '-t', await serve(installations('the-right-one'))]);
    expect(code).toBe(2);
    expect(out).toContain(
      'Valid requests are refused with 401, and no credential was given: pass --auth APIKeyHeader=…',
    );
    expect(out).not.toMatch(/^✗ /m);
    expect(out.match(/^! /gm)?.length).toBe(2);
  });
});

describe('what is sent', () => {
  test('--list prints the cases, and sends nothing', async () => {
    const { code, out } = await run(['check', '--list', '--json', '--seed', '3']);
    const cases = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(cases.length).toBeGreaterThan(40);
    expect(cases[0]).toMatchObject({ aspect: 'accepted', method: 'GET', id: expect.stringMatching(/^[0-9a-f]{12}$/) });
  });

  test('--shard takes each case once', async () => {
    const idsOf = async (...args: string[]) => {
      const { out } = await run(['check', '--list', '--json', ...args]);
      return out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).id as string);
    };
    const parts = await Promise.all([1, 2, 3].map((part) => idsOf('--shard', `${part}/3`)));
    expect(parts.flat().sort()).toEqual((await idsOf()).sort());
    expect(parts.every((part) => part.length > 5)).toBe(true);
  });

  test('--rate is kept', async () => {
    const at: number[] = [];
    const target = await serve((asked) => {
      at.push(performance.now());
      return installations()(asked);
    });
    await run(['check', '-t', target, '--rate', '50', '--max-cases', '20']);
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(300);
  });

  test('unsafe methods go to this machine alone unless --allow-writes is there, and that is said', async () => {
    const unsafe = ['POST', 'PUT', 'PATCH', 'DELETE'];
    let methods = new Set<string>();
    const target = await serve((asked) => {
      methods.add(asked.method);
      return installations()(asked);
    });
    // This address reaches this machine, and nothing in its name says so.
    const elsewhere = target.replace('127.0.0.1', '0.0.0.0');
    const sentTo = async (...args: string[]) => {
      methods = new Set();
      const { code, out } = await run(['check', '-t', ...args, '--json']);
      const { notSent } = JSON.parse(out) as { notSent: { reason: string; count: number }[] };
      return { code, unsafe: unsafe.filter((method) => methods.has(method)), notSent };
    };
    expect(await sentTo(elsewhere)).toMatchObject({
      code: 0,
      unsafe: [],
      notSent: [{ reason: 'unsafe-method', count: 4 }, {}],
    });
    expect(await sentTo(elsewhere, '--allow-writes')).toMatchObject({ code: 0, unsafe });
    expect(await sentTo(target)).toMatchObject({ code: 0, unsafe, notSent: [{ reason: 'no-credential' }] });
  });
});
