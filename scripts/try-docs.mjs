// Tries the documentation as a reader does: packs the package, installs it into a fresh folder, and runs there what README.md and docs/ show.
//   node scripts/try-docs.mjs [--manager npm|pnpm|yarn|berry] [--vite 8] [--msw 2] [--node PATH] [--keep]
// tests/documentation.test.ts does so within the repository; here the surroundings are a reader's: a package manager, a Node, a Vite.
// The exit code is 1 where something did not run as it is shown.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { address, failures, folder, options, passed, run, running } from './try-docs/reader.mjs';
import { of } from './try-docs/shown.mjs';
import { tryCommands, tryFiles, tryJest, tryPage, trySnippets, tryTypes, tryWorkers } from './try-docs/tries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const nodeVersion = spawnSync(options.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
const mswVersion = options.msw || (Number.parseInt(nodeVersion.slice(1), 10) < 22 ? '2' : 'latest');

/** Packages that the pages tell a reader to install, and those that they take for granted. */
const packages = [
  ...[`vite@${options.vite}`, 'vitest@4', 'jest@30', `msw@${mswVersion}`, '@playwright/test@1', 'jiti@2'],
  ...['typescript@5', '@types/node@20', 'react@19', 'react-dom@19', '@types/react@19', '@types/react-dom@19'],
];
const installers = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '-D'],
  pnpm: ['npx', '--yes', 'pnpm@10', 'add', '-D', '--prefer-offline'],
  yarn: ['npx', '--yes', 'yarn@1', 'add', '-D', '--prefer-offline', '--ignore-engines'],
  berry: ['npx', '--yes', '@yarnpkg/cli-dist@4', 'add', '-D'],
};

function install() {
  const tarball = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root }),
  )[0].filename;
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  // Without a lockfile of its own Yarn takes a folder for a part of the project above it.
  if (options.manager === 'berry') {
    writeFileSync(join(folder, 'yarn.lock'), '');
    writeFileSync(join(folder, '.yarnrc.yml'), 'nodeLinker: node-modules\n');
  }
  const [command, ...args] = installers[options.manager];
  run(command, [...args, join(folder, tarball), ...packages]);
}

/** The document and the files that the pages speak of. */
function furnish() {
  const document = join(root, 'spec/openhands-installations.yaml');
  const names = ['openapi', 'old', 'new', 'users', 'orders', 'v1/openapi', 'v2/openapi'];
  for (const name of names) cpSync(document, join(folder, `${name}.yaml`));
  cpSync(join(root, 'fixtures/openhands-installations.yaml'), join(folder, 'openapi.fixtures.yaml'));
  // Before 8 Vite asks here how JSX is written.
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "jsx": "react-jsx" } }');
  const [overlay] = of('overlay');
  for (const name of ['mend', 'staging']) writeFileSync(join(folder, `${name}.overlay.yaml`), overlay.text);
}

console.log(`${options.manager}, Node ${nodeVersion}, Vite ${options.vite}, MSW ${mswVersion}, in ${folder}`);
try {
  install();
  furnish();
  await trySnippets();
  await tryTypes();
  await tryFiles();
  await tryWorkers();
  await tryJest();
  await tryPage();
  await running('npx --no counterproof mock openapi.yaml --quiet --port 0', address, tryCommands);
} finally {
  if (!options.keep) rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} as shown, ${failures.length} not`);
process.exitCode = failures.length === 0 ? 0 : 1;
