/** Puts packages into a folder of their own, so that nothing of the machine changes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e8 };

/**
 * Packages of Debian with all that they need and the machine does not have.
 * @throws Error where there is no such package, or no apt
 */
export function fromDebian(folder, packages) {
  const simulated = execFileSync('apt-get', ['install', '--simulate', '--no-install-recommends', ...packages], quiet);
  const missing = [...simulated.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name);
  const archives = join(folder, 'archives');
  const root = join(folder, 'root');
  mkdirSync(archives, { recursive: true });
  if (missing.length > 0) execFileSync('apt-get', ['download', ...missing], { ...quiet, cwd: archives });
  for (const file of readdirSync(archives)) execFileSync('dpkg-deb', ['-x', join(archives, file), root], quiet);
  return root;
}

/** Packages of npm beside the apps that use them. @throws Error where they cannot be had */
export function fromNpm(folder, packages, apps) {
  cpSync(apps, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    ...quiet,
    cwd: folder,
  });
  if (status !== 0) throw new Error(stderr.split('\n')[0]);
  return folder;
}
