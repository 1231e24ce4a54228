import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { forbiddenImports } from '../scripts/imports.mjs';
import { root } from './command.js';

type Attempt = readonly [file: string, specifier: string];

const refused: readonly Attempt[] = [
  ['text/a.ts', '../document/index.js'],
  ['document/a.ts', '../operation/index.js'],
  ['schema/a.ts', '../operation/index.js'],
  ['operation/a.ts', '../mock/index.js'],
  ['operation/parameter/a.ts', '../../mock/index.js'],
  ['fake/a.ts', '../operation/index.js'],
  ['fake/a.ts', '../fixture/index.js'],
  ['fixture/a.ts', '../mock/index.js'],
  ['mock/a.ts', '../contract/index.js'],
  ['mock/a.ts', '../host/node/index.js'],
  ['fault/a.ts', '../mock/answer.js'],
  ['contract/a.ts', '../mock/index.js'],
  ['contract/checks/a.ts', '../../mock/index.js'],
  ['contract/a.ts', '../fault/index.js'],
  ['contract/a.ts', '../report/index.js'],
  ['mock/a.ts', '../proxy/index.js'],
  ['host/node/a.ts', '../../prove/index.js'],
  ['cli/a.ts', '../mock/index.js'],
  ['cli/a.ts', '../contract/run/run.js'],
  ['console/a.ts', '../host/control/index.js'],
  ['console/parts/a.ts', '../../text/nearest.js'],
  ['console/a.ts', 'node:fs'],
  ['operation/a.ts', 'node:fs'],
  ['host/node/a.ts', '../../console/journal.js'],
  ['mock/a.ts', 'ajv'],
  ['mock/a.ts', '@faker-js/faker'],
  ['fake/a.ts', 'ajv/dist/2020.js'],
  ['operation/a.ts', 'json-schema-faker'],
  ['operation/a.ts', 'yaml'],
];

const allowed: readonly Attempt[] = [
  ['schema/a.ts', '../document/index.js'],
  ['schema/a.ts', 'ajv/dist/2020.js'],
  ['operation/a.ts', '../text/pointer.js'],
  ['fake/a.ts', '../schema/index.js'],
  ['fake/a.ts', 'json-schema-faker'],
  ['mock/a.ts', '../fake/index.js'],
  ['contract/a.ts', '../operation/index.js'],
  ['host/node/a.ts', '../../mock/index.js'],
  ['console/a.ts', './payloads.js'],
  ['console/a.ts', 'preact/hooks'],
  ['cli/a.ts', '../index.js'],
  ['cli/a.ts', '../contract/index.js'],
];

/** What is said of a source tree that holds these files, by their texts. */
function heldAgainstTable(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-imports-'));
  try {
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), code);
    }
    return forbiddenImports(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const attempt = ([file, specifier]: Attempt) => heldAgainstTable({ [file]: `import { x } from '${specifier}';\n` });

test.each(refused)('src/%s may not import %s', (...one) => {
  expect(attempt(one)).toEqual([expect.stringContaining(`src/${one[0]} imports '${one[1]}'`)]);
});

test.each(allowed)('src/%s may import %s', (...one) => {
  expect(attempt(one)).toEqual([]);
});

test('a circle is refused, also one of types', () => {
  const files = {
    'mock/a.ts': "import type { B } from './b.js';\n",
    'mock/b.ts': "export type { C } from './c.js';\n",
    'mock/c.ts': "const a = await import('./a.js');\n",
  };
  expect(heldAgainstTable(files)).toEqual(['These import each other in a circle: mock/a.ts, mock/b.ts, mock/c.ts']);
});

/** Every specifier of a static or dynamic import or re-export in a file. */
const specifiersIn = (code: string) =>
  [...code.matchAll(/(?<!')(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(([, name = '']) => name);

test('no package is imported that is no dependency', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  // The console is bundled with what it imports.
  for (const file of files.filter((one) => /^(?!console\/).*(?<!\.test)\.ts$/.test(one))) {
    const specifiers = specifiersIn(readFileSync(join(root, 'src', file), 'utf8'));
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
