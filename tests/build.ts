import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './command.js';

/** Once before all test files: no test runs what was built before the last change. */
export default function build(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build-if-changed.mjs')], { stdio: 'inherit' });
}
