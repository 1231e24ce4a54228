import { execFileSync, spawnSync } from 'node:child_process';
import { beforeEach, expect, test } from 'vitest';
import { createPaint } from '../report/index.js';
import { commands } from './commands.js';
import { runProgram } from './program.js';
import type { Terminal } from './terminal.js';

let printed = '';
beforeEach(() => {
  printed = '';
});
const print = (line: string) => {
  printed += `${line}\n`;
};
const terminal: Terminal = {
  out: print,
  error: print,
  log: print,
  end: async () => null,
  interactive: false,
  columns: 100,
  paint: createPaint(false),
  environment: {},
};

const isHere = (shell: string) => spawnSync(shell, ['--version']).status === 0;

function completedByBash(...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${printed}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _counterproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test.skipIf(!isHere('bash'))('bash completes commands, flags, and values that are few', async () => {
  expect(await runProgram(['completion', 'bash'], terminal)).toBe(0);
  expect(completedByBash('counterproof', 'pro')).toEqual(['proxy', 'prove']);
  expect(completedByBash('counterproof', 'mock', '--no-c').sort()).toEqual([
    '--no-config',
    '--no-console',
    '--no-cors',
  ]);
  expect(completedByBash('counterproof', 'mock', '--unknown-ids', '')).toEqual(['made', '404']);
  expect(completedByBash('counterproof', 'lint', '--format', 's')).toEqual(['sarif']);
  // A file: the shell's own.
  expect(completedByBash('counterproof', 'mock', 'open')).toEqual([]);
});

test.each(['zsh', 'fish'])('%s is told of every command, and finds nothing wrong with it', async (shell) => {
  expect(await runProgram(['completion', shell], terminal)).toBe(0);
  for (const name of Object.keys(commands)) expect(printed).toContain(name);
  expect(printed).toContain(shell === 'zsh' ? "'--unknown-ids[" : "-l unknown-ids -x -a 'made 404'");
  if (isHere(shell)) expect(spawnSync(shell, ['-n'], { input: printed, encoding: 'utf8' }).stderr).toBe('');
});

test('another shell is refused with the nearest', async () => {
  expect(await runProgram(['completion', 'bsh'], terminal)).toBe(2);
  expect(printed).toBe(
    'counterproof completion: expects bash, zsh, fish, found "bsh"; did you mean "bash"? (see counterproof completion --help)\n',
  );
});
