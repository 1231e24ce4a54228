// Builds `dist/` where something that goes into it has changed since it was last made, so that no test runs what was
// built before, and what `npm ci` has just built is not built again.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!isBuilt()) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });

/** Whether nothing that goes into `dist/` has changed since; a folder changes when a file of it goes. */
function isBuilt() {
  // The last that a build writes.
  const finished = changed(join(root, 'dist', 'built', 'runtime.js'));
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((file) => join('src', file));
  const inputs = [
    'src',
    ...files,
    'scripts/finish-build.mjs',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ];
  return inputs.every((file) => changed(join(root, file)) < finished);
}

/** Milliseconds since the epoch; 0 where there is no such file. */
function changed(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
