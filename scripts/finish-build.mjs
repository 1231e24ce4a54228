// After the compiler and Vite: takes out of dist/ what has no source any more or is for tests alone, and makes the command executable.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [dist, src] = [join(root, 'dist'), join(root, 'src')];
/** Vite's: it clears these folders itself. */
const bundled = ['built', 'cli', 'console', 'node'].map((folder) => join(dist, folder));

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || bundled.some((folder) => entry.parentPath.startsWith(folder))) continue;
  const file = join(entry.parentPath, entry.name);
  const source = file.replace(dist, src).replace(/(\.d\.ts|\.js)$/, '.ts');
  if (!existsSync(source) || /\.(test|config)\.ts$|\/library\//.test(source)) rmSync(file);
}
// Of the command the compiler writes what the configuration file has types of: what runs is bundled.
for (const file of readdirSync(join(dist, 'cli', 'flags')))
  if (file.endsWith('.js')) rmSync(join(dist, 'cli', 'flags', file));

chmodSync(join(dist, 'cli', 'main.js'), 0o755);
