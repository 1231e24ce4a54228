// Holds every import of src/ against the table of ARCHITECTURE.md: which folder may import which, which package
// belongs to which folder, what needs Node, and no circle, imports of types included. `npm run lint` runs it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a folder may import besides itself and what stands below that. */
const below = {
  text: [],
  document: ['text'],
  schema: ['document'],
  operation: ['schema'],
  resource: ['operation'],
  fake: ['schema'],
  fixture: ['resource', 'fake'],
  fault: ['resource', 'fake'],
  world: ['resource', 'fixture'],
  mock: ['world', 'fault'],
  prism: ['mock'],
  contract: ['resource', 'fake', 'fixture'],
  diff: ['contract'],
  declaration: ['fixture'],
  suggest: ['operation'],
  report: ['contract', 'diff'],
  prove: ['mock', 'contract', 'report'],
  proxy: ['prism', 'contract', 'report'],
  export: ['mock', 'contract'],
  host: ['mock', 'proxy'],
  console: [],
  cli: ['index'],
  configuration: [],
  index: ['host', 'prove', 'report', 'prism', 'declaration', 'configuration'],
};

const openToAll = ['errors', 'version'];

/** Single files that see more than their folder does, each with the reason. */
const doors = {
  // The types of the table of flags, of which the configuration file has the same.
  'configuration.ts': ['cli'],
  // The shapes of what the API gives, and nothing that runs.
  'console/payloads.ts': ['host'],
  // What documents and clients have written is made visible wherever it is printed.
  'errors.ts': ['text'],
  // These change the text of a file, and keep the comments of whoever wrote it.
  'cli/learnt-file.ts': ['yaml', 'fixture'],
  'fixture/changeable.ts': ['yaml'],
  'fixture/with-case.ts': ['yaml'],
};

/**
 * Modules of `src/` that are public, which `cli/` may import as a user of the package would; and what every command
 * needs of `report/` where nothing is reported: names of formats, and colours.
 */
const subpaths = [
  'index.ts',
  'contract/index.ts',
  'diff/index.ts',
  'suggest/index.ts',
  'prove/index.ts',
  'report/index.ts',
  'report/formats.ts',
  'report/paint.ts',
  'proxy/index.ts',
  'export/index.ts',
  'host/fetch/index.ts',
  'host/msw/index.ts',
  'host/playwright/index.ts',
  'host/vite/index.ts',
  'host/node/index.ts',
];

/** A package that one folder alone imports. */
const packages = {
  ajv: 'schema',
  'json-schema-faker': 'fake',
  '@faker-js/faker': 'fake',
  saxes: 'operation',
  yaml: 'document',
  'js-yaml': 'document',
  'json-p3': 'document',
  preact: 'console',
  msw: 'host',
  playwright: 'host',
  '@playwright/test': 'host',
  '@redis/client': 'host',
  vite: 'host',
};

/** What runs in Node alone; everything else runs in a browser too. */
const needsNode =
  /^(document\/read\/read-|fixture\/read|text\/(user-file|replaced-file)\.|version\.ts|host\/(node|vite|playwright)\/|host\/(build\/write|handlers\.|module\.|imported-files\.|watch\.|configuration-file\.)|proxy\/|cli\/|contract\/(wire|run)\/|report\/)/;

/**
 * @param {string} source a folder as `src/`
 * @returns {string[]} a sentence for each import that is not allowed; empty where all are
 */
export function forbiddenImports(source) {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|config|d)\.ts$/.test(file));
  const imports = new Map(files.map((file) => [file, importsOf(source, file)]));
  const sentences = [];
  for (const [file, list] of imports) {
    for (const { specifier, target } of list) {
      const reason = target === null ? refusedPackage(file, specifier) : refusedFile(file, target);
      if (reason !== null) sentences.push(`src/${file} imports '${specifier}': ${reason}`);
    }
  }
  return [...sentences, ...circlesIn(imports)];
}

function importsOf(source, file) {
  const code = readFileSync(join(source, file), 'utf8');
  const specifiers = [...code.matchAll(/(?:^|[^.'\w])(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map(([, name]) => name);
  return specifiers.map((specifier) => {
    if (!specifier.startsWith('.')) return { specifier, target: null };
    const path = resolve(dirname(join(source, file)), specifier);
    const typescript = path.replace(/\.js$/, '.ts');
    const found = [path, path.replace(/\.js$/, '.tsx')].find((one) => existsSync(one)) ?? typescript;
    return { specifier, target: relative(source, found).replaceAll('\\', '/') };
  });
}

const folderOf = (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, ''));

function mayImport(folder, other) {
  const pending = [...(below[folder] ?? [])];
  for (const one of pending) {
    if (one === other) return true;
    for (const next of below[one] ?? []) if (!pending.includes(next)) pending.push(next);
  }
  return false;
}

function refusedFile(file, target) {
  const [folder, other] = [folderOf(file), folderOf(target)];
  if (target.startsWith('..') || folder === other || /\.(css|json)$/.test(target)) return null;
  if (openToAll.includes(other)) return null;
  if (folder === 'cli' && !subpaths.includes(target) && other !== 'text' && !doors[file]?.includes(other))
    return 'cli/ may import what the package exports';
  if (folder === 'cli' || mayImport(folder, other) || doors[file]?.includes(other)) return null;
  return `${folder}/ may not import ${other}/ (see the table in ARCHITECTURE.md)`;
}

function refusedPackage(file, specifier) {
  if (specifier.startsWith('node:')) return needsNode.test(file) ? null : 'this file runs in a browser too';
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const home = packages[name];
  if (home === undefined || home === folderOf(file) || doors[file]?.includes(name)) return null;
  return `only ${home}/ may import ${name}`;
}

/** The strongly connected components of more than one file (Tarjan), each as a sentence. */
function circlesIn(imports) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const circles = [];
  const visit = (file) => {
    order.set(file, order.size);
    low.set(file, order.get(file));
    stack.push(file);
    for (const { target } of imports.get(file) ?? []) {
      if (target === null || !imports.has(target)) continue;
      if (!order.has(target)) {
        visit(target);
        low.set(file, Math.min(low.get(file), low.get(target)));
      } else if (stack.includes(target)) low.set(file, Math.min(low.get(file), order.get(target)));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(`These import each other in a circle: ${circle.sort().join(', ')}`);
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sentences = forbiddenImports(fileURLToPath(new URL('../src', import.meta.url)));
  for (const sentence of sentences) console.error(sentence);
  if (sentences.length > 0) process.exitCode = 1;
}
