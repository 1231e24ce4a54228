// Where the documents are that scripts/documents.mjs tries.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { load } from 'js-yaml';

/** What says that a file is a description, and not a part of one. */
const declaration = /^\s{0,4}(["']?)(?:openapi|swagger)\1\s*:\s*["']?[123]\b/m;

/** Every description in a folder, or the one file that is named. */
export function documentsIn(place) {
  if (!statSync(place).isDirectory()) return [{ name: place, file: place }];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|ya?ml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[/\\](?:node_modules|\.git)[/\\]/.test(relative(place, file)) && isDescription(file))
    .toSorted()
    .map((file) => ({ name: relative(place, file), file }));
}

function isDescription(file) {
  const text = readFileSync(file, 'utf8');
  if (declaration.test(text)) return true;
  // A description on one line may declare its version anywhere.
  if (!text.startsWith('{') || !/"(?:openapi|swagger)"\s*:/.test(text)) return false;
  try {
    const { openapi, swagger } = load(text, { json: true });
    return typeof (openapi ?? swagger) === 'string';
  } catch {
    return false;
  }
}

/**
 * The documents of scripts/documents/list.json: those of npm packages, which are installed in a folder for temporary
 * files where they are not installed here, and those of ../shared/corpus where that is there.
 */
export async function listedDocuments() {
  const { packages, files } = JSON.parse(readFileSync(new URL('list.json', import.meta.url), 'utf8'));
  const folder = join(tmpdir(), 'counterproof-documents');
  const missing = packages.filter(({ name, version }) => homeOf(name, version, folder) === undefined);
  if (missing.length > 0) {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const wanted = missing.map(({ name, version }) => `${name}@${version}`);
    console.log(`Installing ${wanted.join(', ')} in ${folder}`);
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return [
    ...packages.flatMap(({ name, version, documents }) =>
      documents.map((document) => ({
        name: `${name}/${document}`,
        file: join(homeOf(name, version, folder), document),
      })),
    ),
    ...files.filter((file) => existsSync(file)).map((file) => ({ name: file, file })),
  ];
}

/** The folder of an installed package of a version; undefined where there is none. */
function homeOf(name, version, folder) {
  return [process.cwd(), folder]
    .map((place) => join(place, 'node_modules', name))
    .find((home) => {
      const description = join(home, 'package.json');
      return existsSync(description) && JSON.parse(readFileSync(description, 'utf8')).version === version;
    });
}
