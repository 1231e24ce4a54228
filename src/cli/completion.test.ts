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
  expect(completedByBash('counterproof', 'export', '--to', 'b')).toEqual(['bruno']);
  expect(completedByBash('counterproof', 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(completedByBash('counterproof', 'mock', '--fault', 'auth-missing-w')).toEqual(['auth-missing-with-real-id']);
  // A file: the shell's own.
  expect(completedByBash('counterproof', 'mock', 'open')).toEqual([]);
});

test.each(['zsh', 'fish'])('%s is told of every command, and finds nothing wrong with it', async (shell) => {
  expect(await runProgram(['completion', shell], terminal)).toBe(0);
  for (const name of Object.keys(commands)) expect(printed).toContain(name);
  expect(printed).toContain(shell === 'zsh' ? "'--unknown-ids[" : "-l unknown-ids -x -a 'made 404'");
  // fish reads its script from no socket, which the input of a process of Node's is.
  const check = `cat | ${shell} -n`;
  if (isHere(shell)) expect(spawnSync('sh', ['-c', check], { input: printed, encoding: 'utf8' }).stderr).toBe('');
});

test.skipIf(!isHere('fish'))('fish completes commands, flags, and values that are few', async () => {
  expect(await runProgram(['completion', 'fish'], terminal)).toBe(0);
  const lines = ['pro', 'mock --no-co', 'mock --unknown-ids ', 'export --to ', 'completion ', 'check --check status-'];
  const asked = lines.map((line) => `complete -C 'counterproof ${line}'`).join('; echo; ');
  const input = printed;
  const command = `cat | fish --no-config -c "source -; ${asked}"`;
  const completed = execFileSync('sh', ['-c', command], { input, encoding: 'utf8' }).split('\n\n');
  const words = completed.map((group) => group.split('\n').flatMap((line) => line.split('\t')[0] || []));
  expect(words).toEqual([
    ['prove', 'proxy'],
    ['--no-config', '--no-console', '--no-cors'],
    ['404', 'made'],
    ['bruno', 'http', 'k6', 'openapi'],
    ['bash', 'fish', 'zsh'],
    ['status-documented'],
  ]);
});

test('another shell is refused with the nearest', async () => {
  expect(await runProgram(['completion', 'bsh'], terminal)).toBe(2);
  expect(printed).toBe(
    'counterproof completion: expects bash, zsh, fish, found "bsh"; did you mean "bash"? (see counterproof completion --help)\n',
  );
});
