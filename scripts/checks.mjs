// What `npm test` runs before Vitest: lint, types, and the tests of the example pages. Each of these is one process
// that mostly keeps one core busy, so as many run at a time as there are cores. All run to their end, so that one
// run tells all that is wrong; what a step said is printed whole once it has ended. Exit code 1 where one failed.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The longest first. The pages are tested against what is built, in a Chromium that is installed once, and started once for each. */
const needed = ['build', 'browser'];
/** The pages import the package as it is built: to read its declarations takes a third of reading its sources again. */
const built = ['build'];
const steps = [
  { name: 'build', command: 'node scripts/build-if-changed.mjs' },
  { name: 'browser', command: 'node scripts/find-browser.mjs' },
  // Several checkers would each look at much that the others do as well.
  { name: 'types', command: 'tsc --noEmit --checkers 1' },
  { name: 'example installations-picker', command: 'npm run --silent test:picker -- --workers=1', after: needed },
  { name: 'example club-members', command: 'npm run --silent test:members -- --workers=1', after: needed },
  // From where the build writes to it learns which source each thing is that package.json exports: dist/ need not be read.
  { name: 'unused code', command: 'knip --tsConfig tsconfig.build.json' },
  { name: 'style', command: 'biome ci --error-on-warnings .' },
  {
    name: 'types of installations-picker',
    command: 'tsc --noEmit -p examples/installations-picker --paths null --checkers 1',
    after: built,
  },
  {
    name: 'types of club-members',
    command: 'tsc --noEmit -p examples/club-members --paths null --checkers 1',
    after: built,
  },
  { name: 'imports', command: 'node scripts/imports.mjs' },
];

/** @type {Map<string, boolean>} whether each step that has ended went well */
const ended = new Map();
const waiting = [...steps];

/** Takes steps until none is left: the first whose turn it is; what needs others comes when these have ended. */
async function work() {
  while (waiting.length > 0) {
    const ready = waiting.findIndex(({ after = [] }) => after.every((name) => ended.has(name)));
    if (ready === -1) return;
    for (const step of waiting.splice(ready, 1)) ended.set(step.name, await take(step));
  }
}

/** @param {{ name: string, command: string, after?: string[] }} step */
async function take(step) {
  const failed = (step.after ?? []).find((name) => !ended.get(name));
  if (failed === undefined) return run(step);
  process.stdout.write(`${styleText('red', '✗')} ${step.name}: not run, since this failed: ${failed}\n`);
  return false;
}

/**
 * @param {{ name: string, command: string }} step
 * @returns {Promise<boolean>} whether it went well
 */
function run({ name, command }) {
  const start = performance.now();
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const said = [];
    const child = spawn(command, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.on('close', (code) => {
      const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
      const mark = code === 0 ? styleText('green', '✓') : styleText('red', `✗ ${command}:`);
      process.stdout.write(`${mark} ${name} (${seconds})\n${Buffer.concat(said)}`);
      resolve(code === 0);
    });
  });
}

// The first step to end is the build: who works then is there for the pages too.
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
if ([...ended.values()].includes(false)) process.exitCode = 1;
