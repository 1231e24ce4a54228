import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './command.js';

type Attempt = readonly [file: string, specifier: string];

const refused: readonly Attempt[] = [
  ['src/document/a.ts', '../operation/index.js'],
  ['src/operation/a.ts', '../mock/index.js'],
  ['src/operation/parameter/a.ts', '../../mock/index.js'],
  ['src/fake/a.ts', '../fixture/index.js'],
  ['src/fixture/a.ts', '../mock/index.js'],
  ['src/mock/a.ts', '../contract/index.js'],
  ['src/mock/a.ts', '../host/node/index.js'],
  ['src/fault/a.ts', '../mock/answer.js'],
  ['src/contract/a.ts', '../mock/index.js'],
  ['src/contract/checks/a.ts', '../../mock/index.js'],
  ['src/contract/a.ts', '../fault/index.js'],
  ['src/host/node/a.ts', '../../contract/index.js'],
  ['src/host/node/a.ts', '../../prove/index.js'],
  ['src/cli/a.ts', '../mock/index.js'],
  ['src/cli/a.ts', '../host/node/index.js'],
  ['src/cli/a.ts', '../contract/run.js'],
  ['src/console/a.ts', '../host/control/index.js'],
  ['src/console/parts/a.ts', '../../nearest.js'],
  ['src/console/a.ts', 'node:fs'],
  ['src/host/node/a.ts', '../../console/journal.js'],
  ['src/mock/a.ts', 'ajv'],
  ['src/mock/a.ts', '@faker-js/faker'],
  ['src/fake/a.ts', 'ajv/dist/2020.js'],
  ['src/operation/a.ts', 'json-schema-faker'],
  ['src/operation/a.ts', 'yaml'],
  ['src/cli/a.ts', 'js-yaml'],
];

const allowed: readonly Attempt[] = [
  ['src/operation/a.ts', '../document/index.js'],
  ['src/operation/a.ts', 'ajv/dist/2020.js'],
  ['src/fake/a.ts', '../operation/index.js'],
  ['src/fake/a.ts', 'json-schema-faker'],
  ['src/mock/a.ts', '../fake/index.js'],
  ['src/contract/a.ts', '../operation/index.js'],
  ['src/host/node/a.ts', '../../mock/index.js'],
  ['src/console/a.ts', './payloads.js'],
  ['src/console/a.ts', 'preact/hooks'],
  ['src/cli/a.ts', '../index.js'],
  ['src/cli/a.ts', '../contract/index.js'],
];

/** Lints one small file for each attempt in a copy of the configuration; gives the attempts that are refused. */
function lint(attempts: readonly Attempt[]): Attempt[] {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-lint-'));
  try {
    for (const name of ['biome.json', '.gitignore']) copyFileSync(join(root, name), join(folder, name));
    const files = attempts.map(([file, specifier], index) => {
      const path = file.replace('a.ts', `a${index}.ts`);
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `import { x } from '${specifier}';\nexport const y = x;\n`);
      return path;
    });
    const args = ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--colors=off', '.'];
    const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), args, {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout + stderr).toContain(`Checked ${attempts.length + 1} files`);
    return attempts.filter((_, index) => (stdout + stderr).includes(`${files[index]}:`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the linter refuses each import that the table of ARCHITECTURE.md forbids', () => {
  expect(lint(refused)).toEqual(refused);
});

test('the linter lets through what the table allows', () => {
  expect(lint(allowed)).toEqual([]);
});

/** Every specifier of a static or dynamic import or re-export in a file. */
const specifiersIn = (code: string) =>
  [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(([, name = '']) => name);

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, specifiers: specifiersIn(readFileSync(join(root, 'src', file), 'utf8')) }));

test('only files that read from the disk, hosts in Node, the command line and the wire need Node', () => {
  const atHome =
    /^(document\/(read-file|.*file)|fixture\/read|host\/(node|vite|playwright)\/|cli\/|contract\/(wire|report)\/)/;
  const others = sources.filter(
    ({ file, specifiers }) => !atHome.test(file) && specifiers.some((name) => name.startsWith('node:')),
  );
  expect(others.map(({ file }) => file)).toEqual([]);
});

test('no package is imported that is no dependency', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  // The console is bundled with what it imports.
  for (const { file, specifiers } of sources.filter((source) => !source.file.startsWith('console/'))) {
    for (const name of specifiers.filter((one) => !one.startsWith('.') && !one.startsWith('node:'))) {
      expect(
        dependencies.some((dependency) => name === dependency || name.startsWith(`${dependency}/`)),
        `${file}: ${name}`,
      ).toBe(true);
    }
  }
});

test('the console takes types alone from the rest', () => {
  const code = readFileSync(join(root, 'src/console/payloads.ts'), 'utf8');
  const imports = code.match(/^(import|export) .* from .*$/gm) ?? [];
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
});
