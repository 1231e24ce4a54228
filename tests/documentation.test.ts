import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands as programs } from '../src/cli/commands.js';
import { commandHelp } from '../src/cli/help.js';
import { fixturesFromText } from '../src/fixture/index.js';
import { createOperations, documentFromText } from '../src/index.js';
import { endAll, root, runProcess, start, startMock } from './command.js';
import { blocks, commandsOf, elsewhere, pages } from './documentation.js';
import { run, serve } from './program.js';

/** Where a reader stands: a folder with a document, fixtures, and the package. */
let folder = '';
let mock = '';

beforeAll(async () => {
  // Inside the repository, so that the package finds itself by its name.
  mkdirSync(join(root, 'test-results'), { recursive: true });
  folder = mkdtempSync(join(root, 'test-results', 'documentation-'));
  copyFileSync(join(root, 'spec/openhands-installations.yaml'), join(folder, 'openapi.yaml'));
  for (const name of ['v1', 'v2']) mkdirSync(join(folder, name));
  for (const name of ['old.yaml', 'new.yaml', 'users.yaml', 'orders.yaml', 'v1/openapi.yaml', 'v2/openapi.yaml'])
    copyFileSync(join(folder, 'openapi.yaml'), join(folder, name));
  copyFileSync(join(root, 'fixtures/openhands-installations.yaml'), join(folder, 'openapi.fixtures.yaml'));
  for (const { text } of blocks.filter(({ purpose }) => purpose === 'overlay')) {
    for (const name of ['mend', 'staging']) writeFileSync(join(folder, `${name}.overlay.yaml`), text);
  }
  ({ url: mock } = await startMock(['--quiet']));
});
afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

/** What is shown elsewhere with reports or an order besides is run there: a proof takes long. */
function isShownWithMore(command: string): boolean {
  return shown.some((other) => other.startsWith(`${command} --report`) || other.startsWith(`${command} --order`));
}

const shellBlocks = blocks.filter(({ language }) => language === 'sh');
const shown = shellBlocks.flatMap(({ text }) => commandsOf(text));

describe('each command in the documentation', () => {
  test.each(shellBlocks.map((block) => [`${block.page}:${block.line}`, block] as const))('%s', async (_, block) => {
    const pieces = commandsOf(block.text);
    for (const command of pieces) {
      for (const [, script = ''] of command.matchAll(/npm run ([\w:-]+)/g)) {
        const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
        expect(Object.keys(scripts)).toContain(script);
      }
    }
    const shell = pieces.filter((command) => /^(curl|\w+=\S+$)/.test(command));
    if (shell.length > 0) {
      const script = shell
        .join('\n')
        .replaceAll('http://localhost:3000', mock)
        .replaceAll('curl ', 'curl -sS --max-time 300 ');
      const out = execFileSync('sh', ['-ec', script], { encoding: 'utf8' });
      if (block.next?.language === 'json') expect(JSON.parse(out)).toEqual(JSON.parse(block.next.text));
    }
    for (const command of pieces.filter((one) => !shell.includes(one))) {
      if (/^(npx )?counterproof( [a-z]+)? [A-Z]/.test(command) || elsewhere.test(command) || isShownWithMore(command))
        continue;
      const args = command.match(/^npx counterproof (.*)$/)?.[1];
      expect(args, `${command}: no test knows how to run it`).toBeDefined();
      await runsAsShown(args ?? '');
    }
  });
});

/** The commands that go on until they are ended: what they print first, and how they end then. */
const servers: Readonly<Record<string, { readonly pattern: RegExp; readonly code: number }>> = {
  mock: { pattern: /http:\/\/(localhost|127\.0\.0\.1):\d+/, code: 0 },
  // Nothing has passed through, so nothing is proven.
  proxy: { pattern: /judged on http:\/\/localhost:\d+/, code: 2 },
};

/** The commands that have been run as a process: the first example of each is. */
const processes = new Set<string>();

async function runsAsShown(shown: string): Promise<void> {
  const args = shown
    .replaceAll(/http:\/\/localhost:\d+/g, mock)
    .split(' ')
    .map((arg) => arg.replace(/^'(.*)'$/, '$1'));
  const [name = ''] = args;
  // Workers are processes of it.
  const isProcess = !processes.has(name) || args.includes('--workers');
  processes.add(name);
  const server = servers[name];
  if (server !== undefined) {
    const given = [...args, '--port', '0'];
    if (!isProcess) return expect((await serve(given, server.pattern, { cwd: folder })).code).toBe(server.code);
    const process = start(given, { cwd: folder });
    await process.until(server.pattern);
    return expect((await process.end('SIGTERM')).code).toBe(server.code);
  }
  const { code, out, error } = await (isProcess ? runProcess : run)(args, { cwd: folder });
  expect(code, `${out}\n${error}`).toBe(0);
}

test('each snippet of TypeScript passes the type check, and runs where it is meant to', () => {
  const snippets = blocks.filter(({ language }) => language === 'ts');
  expect(snippets.length).toBeGreaterThan(5);
  const names = snippets.map(({ page, line }) => `${page.replace(/\W/g, '-')}-${line}.ts`);
  for (const [index, { text }] of snippets.entries()) writeFileSync(join(folder, names[index] ?? ''), text);
  const configuration = {
    extends: join(root, 'tsconfig.json'),
    // The declarations of ours are checked where they are installed.
    compilerOptions: {
      ...{ noEmit: false, outDir: 'out', rootDir: root, paths: {} },
      ...{ noUnusedLocals: false, skipLibCheck: true },
    },
    // And nothing else: what it extends includes the whole project.
    ...{ files: names, include: [] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '--checkers', '1', '-p', folder], { encoding: 'utf8' });
  for (const [index, { purpose }] of snippets.entries()) {
    if (purpose !== 'run') continue;
    const built = join(folder, 'out', folder.slice(root.length), (names[index] ?? '').replace(/ts$/, 'js'));
    execFileSync(process.execPath, [built], { cwd: folder, encoding: 'utf8' });
  }
});

test('the test that is shown for Jest passes under Jest, and fails where the mock answers otherwise', () => {
  const [configuration, shown] = blocks.filter(({ purpose }) => purpose === 'jest').map(({ text }) => text);
  const project = join(folder, 'jest');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  for (const name of ['counterproof', 'jest', 'msw']) {
    symlinkSync(name === 'counterproof' ? root : join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  copyFileSync(join(folder, 'openapi.yaml'), join(project, 'openapi.yaml'));
  writeFileSync(join(project, 'package.json'), configuration ?? '');
  const right = shown ?? '';
  writeFileSync(join(project, 'users.test.mjs'), right);
  writeFileSync(join(project, 'wrong.test.mjs'), right.replace('{ body: [] }', "{ body: ['1'] }"));
  // What `npm test` would run, in one process for both.
  const [, ...args] = JSON.parse(configuration ?? '').scripts.test.split(' ');
  const { stderr } = spawnSync(process.execPath, [...args, '--runInBand'], { cwd: project, encoding: 'utf8' });
  expect(stderr).toContain('PASS ./users.test.mjs');
  expect(stderr).toMatch(/Tests: +1 failed, 1 passed, 2 total/);
});

test('each fixture file that is shown can be read', () => {
  const text = readFileSync(join(root, 'spec/openhands-installations.yaml'), 'utf8');
  const operations = createOperations(documentFromText(text, { name: 'openapi.yaml' }));
  const shown = blocks.filter(({ purpose }) => purpose === 'fixtures');
  expect(shown.length).toBeGreaterThan(0);
  for (const block of shown) fixturesFromText(block.text, `${block.page}:${block.line}`, operations);
});

test('the workflow that is shown uses flags that there are', async () => {
  const [shown] = blocks.filter(({ purpose }) => purpose === 'workflow');
  const workflow = parse(shown?.text ?? '');
  const steps: { run?: string }[] = workflow.jobs.contract.steps;
  const [check] = steps.map((step) => step.run ?? '').filter((text) => text.includes('counterproof check'));
  await runsAsShown((check ?? '').trim().replace('npx counterproof ', ''));
  for (const report of ['contract.xml', 'contract.sarif', 'contract.html']) {
    expect(existsSync(join(folder, report)), report).toBe(true);
  }
});

test('each flag that the documentation names exists', () => {
  const names = Object.keys(programs) as (keyof typeof programs)[];
  const known = new Set(names.flatMap((name) => commandHelp(name, 100).match(/--[a-z-]+/g) ?? []));
  for (const { name, text } of pages.filter(({ name }) => !/from-|ci\.md/.test(name))) {
    for (const [, flag = ''] of text.matchAll(/`(--[a-z-]+)/g)) {
      if (flag !== '--watch' && flag !== '--') expect(known, `${name} names ${flag}`).toContain(flag);
    }
  }
});

test('each link in the documentation leads to a file, and each picture is there', () => {
  for (const { name, text } of pages) {
    for (const [, link = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      expect(existsSync(join(root, dirname(name), link)), `${name} links to ${link}`).toBe(true);
    }
  }
});

test('each file and folder that ARCHITECTURE.md and CONTRIBUTING.md name is there', () => {
  const tops = ['src', 'tests', 'scripts', 'docs', 'spec', 'fixtures', 'examples', 'contract-tests'];
  const paths = tops.flatMap((top) => [
    `/${top}`,
    ...readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((path) => `/${top}/${path}`),
  ]);
  for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md']) {
    const named = readFileSync(join(root, page), 'utf8').matchAll(
      /`((?:[\w.-]+\/)*[\w-]+\.(?:tsx?|mjs)|(?:[\w.-]+\/)+)`/g,
    );
    const missing = [...named].map(([, name = '']) => `/${name.replace(/\/$/, '')}`);
    expect(
      missing.filter((name) => !name.startsWith('/dist') && !paths.some((path) => path.endsWith(name))),
      page,
    ).toEqual([]);
  }
});
