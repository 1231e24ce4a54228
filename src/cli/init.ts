import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { schemeNames } from '../contract/index.js';
import { type Document, fixtureNames, type OperationEntry, type Operations } from '../index.js';
import { whyUnread } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { readUserFile } from '../text/user-file.js';
import { isObject } from '../text/value.js';
import { type Arguments, usage } from './arguments.js';
import { documentFiles, hostOf, standardInput } from './document-file.js';
import { loopbackPort } from './loopback-port.js';
import { fixtureFile, read, shortest } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof init`: what a project begins with. Asks nothing, and overwrites nothing. */
export async function run({ positionals, flags }: Arguments<'init'>, { out }: Terminal): Promise<number> {
  const {
    files: [file],
  } = documentFiles(positionals[0]);
  if (file === standardInput || hostOf(file).length > 0)
    throw usage('init', `needs a document that is a file, not ${file}`);
  const { 'allow-remote': allowRemote, overlay: overlays, root, 'max-document': maxDocument } = flags;
  const source = { document: file, fixtures: 'none', allowRemote, overlays, root, maxDocument };
  const { document, operations } = await read(source);
  const project = projectAround('.', file);
  const results = [writeFixtures(file, operations), writeScript(project), writeWorkflow(project, document)];
  for (const line of results) out(line);
  out('Next:');
  for (const line of nextSteps(project)) out(`  ${line}`);
  return 0;
}

/** What can be seen of a project. */
interface Project {
  readonly document: string;
  /** null where there is no package.json here. */
  readonly manifest: {
    readonly text: string;
    readonly scripts: Readonly<Record<string, unknown>>;
    readonly isInstalled: boolean;
  } | null;
  readonly manager: { readonly install: string; readonly add: string; readonly run: string; readonly exec: string };
  /** The folder with `.git`, or else this one. */
  readonly root: string;
  readonly isGitLab: boolean;
}

const managers = {
  'pnpm-lock.yaml': { install: 'pnpm install --frozen-lockfile', add: 'pnpm add -D', run: 'pnpm', exec: 'pnpm exec' },
  'yarn.lock': { install: 'yarn install --immutable', add: 'yarn add -D', run: 'yarn', exec: 'yarn' },
  'bun.lock': { install: 'bun install --frozen-lockfile', add: 'bun add -d', run: 'bun run', exec: 'bunx' },
} as const;
/** In bytes: what npm itself publishes of one is shorter. */
const longestManifest = 16 * 1024 * 1024;
const npm = { install: 'npm ci', add: 'npm install --save-dev', run: 'npm run', exec: 'npx' } as const;

function projectAround(folder: string, document: string): Project {
  const around = [resolve(folder)];
  for (let next = dirname(around[0] ?? ''); next !== around.at(-1); next = dirname(next)) around.push(next);
  const root = around.find((one) => existsSync(join(one, '.git'))) ?? around[0] ?? '.';
  const inside = around.slice(0, around.indexOf(root) + 1);
  const lock = Object.entries(managers).find(([name]) => inside.some((one) => existsSync(join(one, name))));
  return {
    document: shortest(document).replaceAll('\\', '/'),
    manifest: manifestIn(folder),
    manager: lock?.[1] ?? npm,
    root,
    isGitLab: existsSync(join(root, '.gitlab-ci.yml')),
  };
}

function manifestIn(folder: string): Project['manifest'] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return null;
  let text: string;
  let value: unknown;
  try {
    text = readUserFile(file, longestManifest);
    value = JSON.parse(text);
  } catch (error) {
    throw usage('init', `package.json cannot be read: ${whyUnread(error)}`);
  }
  const {
    scripts = {},
    dependencies = {},
    devDependencies = {},
  } = (isObject(value) ? value : {}) as Record<string, object>;
  return { text, scripts: { ...scripts }, isInstalled: 'counterproof' in { ...dependencies, ...devDependencies } };
}

/** Writes a file that is not there yet. @returns what is said of it */
function write(file: string, text: string, what: string): string {
  if (existsSync(file)) return `There already: ${shortest(file)}`;
  replaceFileSync(file, text);
  return `Wrote ${shortest(file)}: ${what}`;
}

function writeFixtures(document: string, operations: Operations): string {
  const there = fixtureFile(document, undefined);
  if (there !== null) return `There already: ${shortest(there)}`;
  const [entry] = [...operations.entries].sort((a, b) => Number(b.method === 'GET') - Number(a.method === 'GET'));
  const file = join(dirname(document), fixtureNames(document)[0] ?? '');
  return write(
    file,
    fixtureText(file, entry),
    `two cases${entry === undefined ? '' : ` of ${entry.id}`} to begin with`,
  );
}

function fixtureText(file: string, entry: OperationEntry | undefined): string {
  const schema = relative(dirname(file), 'node_modules/counterproof/fixtures/fixtures.schema.json').replaceAll(
    '\\',
    '/',
  );
  const head = `# yaml-language-server: $schema=${schema.startsWith('.') ? schema : `./${schema}`}\n`;
  if (entry === undefined) return `${head}operations: {}\n`;
  return `${head}# Which request gets which answer. A case without \`when\` answers when it is asked for: by the header
# "Prefer: example=slow", in the console, or by mock.use('slow') in a test.
operations:
  ${JSON.stringify(entry.id)}:
    cases:
      slow:
        delay: 2s
      down:
        description: The document need not declare this.
        status: 503
        offContract: true
`;
}

function writeScript({ manifest, document }: Project): string {
  if (manifest === null) return `No package.json here, so no script: npx counterproof mock ${document}`;
  const { text, scripts } = manifest;
  if ('mock' in scripts) return 'There already: the script "mock" in package.json';
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  const value = { ...JSON.parse(text), scripts: { ...scripts, mock: `counterproof mock ${quoted(document)}` } };
  replaceFileSync('package.json', JSON.stringify(value, null, indent) + (text.endsWith('\n') ? '\n' : ''));
  return 'Added to package.json: the script "mock"';
}

const quoted = (file: string): string => (/^[\w./-]+$/.test(file) ? file : JSON.stringify(file));

function writeWorkflow(project: Project, document: Document): string {
  const { root, isGitLab } = project;
  if (isGitLab) return 'No workflow: for GitLab include templates/gitlab.yml of the package (docs/ci.md)';
  const file = join(root, '.github', 'workflows', 'contract.yml');
  return write(file, workflowText(project, document), 'starts the server, and holds it against the document');
}

function workflowText({ root, document, manager, manifest }: Project, read: Document): string {
  const inside = relative(root, resolve('.')).replaceAll('\\', '/');
  const target = `http://localhost:${loopbackPort(read) ?? 3000}`;
  const start =
    manifest !== null && 'start' in manifest.scripts
      ? `${manager.run} start &`
      : 'echo "Start the server here" && exit 1';
  const variables = schemeNames(read).map(
    (name) => `COUNTERPROOF_AUTH_${name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`,
  );
  const secrets = variables.map((name) => `          ${name}: \${{ secrets.${name} }}\n`);
  const isNpm = manager === npm;
  return `name: contract
on: [push, pull_request]

permissions:
  contents: read

jobs:
  contract:
    runs-on: ubuntu-latest
    timeout-minutes: 10
${inside === '' ? '' : `    defaults:\n      run: { working-directory: ${JSON.stringify(inside)} }\n`}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22${isNpm ? ', cache: npm' : ''} }
${isNpm ? '' : '      - run: corepack enable\n'}      - run: ${manager.install}
      - name: Start the server
        run: ${start}
      - name: Wait for it
        run: timeout 60 sh -c 'until curl --silent --output /dev/null ${target}; do sleep 1; done'
      - name: Hold it against its document
        run: ${manager.exec} counterproof check ${quoted(document)} --target ${target} --report html=contract.html
${secrets.length === 0 ? '' : `        env:\n${secrets.join('')}`}      - name: Keep the report
        if: always()
        uses: actions/upload-artifact@v4
        with: { name: contract, path: ${JSON.stringify([inside, 'contract.html'].filter(Boolean).join('/'))} }
`;
}

function nextSteps({ document, manifest, manager, isGitLab }: Project): string[] {
  const install = manifest === null || manifest.isInstalled ? [] : [`${manager.add} counterproof`];
  const mock = manifest === null ? `npx counterproof mock ${quoted(document)}` : `${manager.run} mock`;
  const types = existsSync('tsconfig.json')
    ? [
        `${manager.exec} counterproof types ${quoted(document)} --out ${basename(document).replace(/\.[^.]*$/, '')}.d.ts`,
      ]
    : [];
  const start = isGitLab || (manifest !== null && 'start' in manifest.scripts);
  return [
    ...install,
    mock,
    ...types,
    ...(start ? [] : ['say in .github/workflows/contract.yml how the server is started']),
  ];
}
