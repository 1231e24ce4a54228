import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endAll, start, startMock } from './command.js';
import { run } from './program.js';

/** Patterns that a backtracking matcher needs ages for, and that people copy from tutorials. */
const document = `openapi: 3.1.0
info: { title: Sites, version: '1' }
paths:
  /sites:
    get:
      parameters:
        - { name: owner, in: query, schema: { type: string, pattern: '^(\\w+\\s?)+$' } }
        - { name: twice, in: query, schema: { type: string, pattern: '^(a+)+\\1b$' } }
      responses: { '204': { description: None } }
    put:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [url]
              properties:
                url: { type: string, pattern: '^(https?:\\/\\/)?([\\da-z\\.-]+)\\.([a-z\\.]{2,6})([\\/\\w \\.-]*)*\\/?$' }
                email: { type: string, pattern: '^\\w+([.-]?\\w+)*@\\w+([.-]?\\w+)*(\\.\\w{2,3})+$' }
              propertyNames: { pattern: '^([a-z]+)+$' }
              patternProperties: { '^(x+x+)+y$': { type: integer } }
      responses: { '204': { description: Saved } }
`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  file = join(folder, 'sites.yaml');
  writeFileSync(file, document);
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

// Whoever holds the mock, or the suite, for ever, never comes to the end of these tests.
describe('patterns that backtrack', () => {
  test('do not let a request hold the mock: a neighbour is answered', async () => {
    const { url } = await startMock([file]);
    const put = (body: object) =>
      fetch(`${url}/sites`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    const long = `${'a'.repeat(100_000)}!`;
    const attacks = [
      put({ url: `a.${long}` }),
      put({ url: 'a.aa', email: long }),
      put({ url: 'a.aa', [long]: 1 }),
      put({ url: 'a.aa', ['x'.repeat(100_000)]: 1 }),
      fetch(`${url}/sites?owner=${'a'.repeat(5_000)}!`),
    ];
    const neighbour = await put({ url: 'https://example.org/a' });
    expect(neighbour.status).toBe(204);
    const answers = await Promise.all(attacks);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 204, 422]);
  });

  test('do not let check run for ever, and what cannot be judged is named', async () => {
    const { url, out } = await startMock([file]);
    const { code, out: report } = await run(['check', file, '--target', url]);
    expect(report).toContain('Not judged:');
    expect(report).toContain('The pattern "^(a+)+\\\\1b$" may take too long to match');
    expect(code).toBe(0);
    expect(out()).toContain('sites.yaml:8:');
    expect(await run(['check', file, '--list'])).toMatchObject({ code: 0 });
  });

  test('leave a mock and a check that can be ended', async () => {
    const mock = await startMock([file]);
    const attack = JSON.stringify({ url: 'a.aa', ['x'.repeat(1_000_000)]: 1, [`${'a'.repeat(1_000_000)}!`]: 1 });
    const held = Array.from({ length: 8 }, () =>
      fetch(`${mock.url}/sites`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: attack,
      }).catch(() => null),
    );
    const asked = fetch(`${mock.url}/sites?twice=${'a'.repeat(10_000)}!`).catch(() => null);
    const check = start(['check', file, '-t', mock.url, '--budget', '300s']);
    const list = start(['check', file, '--list']);
    await mock.until(/\d{3} (PUT|GET)/);
    const ended = await Promise.all([check.end('SIGINT'), list.end('SIGINT'), mock.end('SIGINT')]);
    // Before it has begun there is nobody yet who hears it, and the system ends it.
    for (const { code, signal } of ended) expect(code === null ? signal : 'ended').toMatch(/ended|SIGINT/);
    expect(ended[2].code).toBe(0);
    await Promise.all([...held, asked]);
  });
});
