import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** More modules nobody watches by hand. */
const maximumFiles = 500;
/** A path in quotes after `from`, `import`, `import(` or `require(`. What stands in a comment is one file more to watch. */
const specifiers = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;
const endings = ['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js', '/index.mjs'];

/**
 * A module with the files that it imports, and those that they do, as far as they are named by a path and are there. Found in the
 * text, so that a module which cannot be loaded is followed too. Node only.
 */
export function importedFiles(file: string): string[] {
  const found = new Set<string>();
  const open = [resolve(file)];
  for (let next = open.pop(); next !== undefined && found.size < maximumFiles; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const [, , specifier = ''] of textOf(next).matchAll(specifiers)) {
      const path = join(dirname(next), specifier);
      // TypeScript may name what the file will be called when it is compiled.
      const candidates = [...endings.map((ending) => path + ending), path.replace(/\.([cm]?)js$/, '.$1ts')];
      const imported = candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
      if (imported !== undefined) open.push(imported);
    }
  }
  return [...found];
}

function textOf(file: string): string {
  return !file.endsWith('.json') && existsSync(file) ? readFileSync(file, 'utf8') : '';
}
