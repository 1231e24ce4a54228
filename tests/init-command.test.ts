import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { endAll, runProcess, startMock } from './command.js';
import { run } from './program.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const document = `openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: 'http://localhost:8081' }]
security: [{ api-key: [] }]
paths:
  /pets:
    post: { operationId: addPet, responses: { '201': { description: ok } } }
    get: { operationId: "list: pets", responses: { '200': { description: ok } } }
components: { securitySchemes: { api-key: { type: apiKey, in: header, name: X-Key } } }
`;

const textOf = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

test('what a project begins with is written, can be used, and is not written twice', async () => {
  writeFileSync(join(folder, 'openapi.yaml'), document);
  const manifest = '{\n    "name": "pets",\n    "scripts": { "start": "node server.js" }\n}\n';
  writeFileSync(join(folder, 'package.json'), manifest);
  mkdirSync(join(folder, '.git'));
  const first = await runProcess(['init'], { cwd: folder });
  expect(first).toMatchObject({ code: 0, error: 'Document: openapi.yaml\n' });
  expect(first.out).toMatchInlineSnapshot(`
    "Wrote openapi.fixtures.yaml: two cases of list: pets to begin with
    Added to package.json: the script "mock"
    Wrote .github/workflows/contract.yml: starts the server, and holds it against the document
    Next:
      npm install --save-dev counterproof
      npm run mock
    "
  `);
  expect(textOf('package.json')).toMatchInlineSnapshot(`
    "{
        "name": "pets",
        "scripts": {
            "start": "node server.js",
            "mock": "counterproof mock openapi.yaml"
        }
    }
    "
  `);
  expect(textOf('openapi.fixtures.yaml')).toMatchInlineSnapshot(`
    "# yaml-language-server: $schema=./node_modules/counterproof/fixtures/fixtures.schema.json
    # Which request gets which answer. A case without \`when\` answers when it is asked for: by the header
    # "Prefer: example=slow", in the console, or by mock.use('slow') in a test.
    operations:
      "list: pets":
        cases:
          slow:
            delay: 2s
          down:
            description: The document need not declare this.
            status: 503
            offContract: true
    "
  `);
  const { steps } = parse(textOf('.github', 'workflows', 'contract.yml')).jobs.contract;
  expect(steps).toMatchInlineSnapshot(`
    [
      {
        "uses": "actions/checkout@v4",
      },
      {
        "uses": "actions/setup-node@v4",
        "with": {
          "cache": "npm",
          "node-version": 22,
        },
      },
      {
        "run": "npm ci",
      },
      {
        "name": "Start the server",
        "run": "npm run start &",
      },
      {
        "name": "Wait for it",
        "run": "timeout 60 sh -c 'until curl --silent --output /dev/null http://localhost:8081; do sleep 1; done'",
      },
      {
        "env": {
          "COUNTERPROOF_AUTH_API_KEY": "\${{ secrets.COUNTERPROOF_AUTH_API_KEY }}",
        },
        "name": "Hold it against its document",
        "run": "npx counterproof check openapi.yaml --target http://localhost:8081 --report html=contract.html",
      },
      {
        "if": "always()",
        "name": "Keep the report",
        "uses": "actions/upload-artifact@v4",
        "with": {
          "name": "contract",
          "path": "contract.html",
        },
      },
    ]
  `);
  const { url } = await startMock([], { cwd: folder });
  const answer = await fetch(`${url}/pets`, { headers: { 'X-Key': 'k', Prefer: 'example=down' } });
  expect(answer.status).toBe(503);

  const before = [textOf('package.json'), textOf('openapi.fixtures.yaml')];
  const again = await run(['init'], { cwd: folder });
  expect(again.out.split('\n').filter((line) => !line.startsWith('There already: '))[0]).toBe('Next:');
  expect([textOf('package.json'), textOf('openapi.fixtures.yaml')]).toEqual(before);
});

test('it sees another package manager, and a folder inside of a repository without package.json', async () => {
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'services', 'pets'), { recursive: true });
  writeFileSync(join(folder, 'pnpm-lock.yaml'), '');
  writeFileSync(join(folder, 'services', 'pets', 'api.yaml'), document);
  const { out } = await run(['init', 'api.yaml'], { cwd: join(folder, 'services', 'pets') });
  expect(out).toContain('No package.json here, so no script: npx counterproof mock api.yaml');
  const workflow = parse(textOf('.github', 'workflows', 'contract.yml'));
  expect(workflow.jobs.contract.defaults.run['working-directory']).toBe('services/pets');
  const commands = workflow.jobs.contract.steps.map((step: { run?: string }) => step.run).filter(Boolean);
  expect(commands).toContain('pnpm install --frozen-lockfile');
  expect(commands.join('\n')).toContain('pnpm exec counterproof check api.yaml --target http://localhost:8081');
});

test('without a document it says that one has to be named', async () => {
  const { code, error } = await run(['init'], { cwd: folder });
  expect(code).toBe(2);
  expect(error).toContain('name the document: counterproof init api.yaml');
});
