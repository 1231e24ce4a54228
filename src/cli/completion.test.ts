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
  expect(completedByBash('counterproof', 'lint', '--format', '')).toEqual(['text', 'json', 'sarif']);
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

const document = 'spec/counterproof-control.yaml';

test('operations are those of the document of the line that is being written', async () => {
  expect(
    await runProgram(['completion', 'operations', '--', 'check', document, '-t', 'x', '--operation'], terminal),
  ).toBe(0);
  expect(printed.split('\n')).toContain('getHealth\tGET /health');
  printed = '';
  expect(await runProgram(['completion', 'operations', '--', 'proxy', 'none.yaml', '--only'], terminal)).toBe(2);
  expect(printed).toContain('none.yaml');
});

/** In the place of the command: what it would be asked, and operations with and without an id. */
const standIn = `counterproof() { printf '%s\\n' "$*" >&2; printf 'listUsers\\tGET /users\\nlistShips\\tGET /ships\\nGET /a b\\tGET /a b\\n'; }`;

const asked = { bash: ['listUsers', 'listShips'], zsh: ['listUsers', 'listShips', 'GET /a b'] };

test.skipIf(!isHere('bash'))('bash completes operations of the document', async () => {
  await runProgram(['completion', 'bash'], terminal);
  printed += standIn;
  expect(completedByBash('counterproof', 'check', 'api.yaml', '--operation', 'li')).toEqual(asked.bash);
  expect(completedByBash('counterproof', 'proxy', 'api.yaml', '--except', 'GET\\ /')).toEqual(['GET\\ /a\\ b']);
});

test.skipIf(!isHere('zsh'))('zsh completes operations of the document', async () => {
  await runProgram(['completion', 'zsh'], terminal);
  const script = `compdef() { }\n${printed}\n${standIn.replace('>&2', '>/dev/stdout')}
words=(counterproof check "'api.yaml'" --operation li); CURRENT=5
compadd() { print -l -- "\${names[@]}" }
_counterproof_operations`;
  const completed = execFileSync('zsh', ['-fc', script], { encoding: 'utf8' }).trim().split('\n');
  expect(completed).toEqual(['completion operations -- check api.yaml --operation', ...asked.zsh]);
});

test.skipIf(!isHere('fish'))('fish completes operations of the document', async () => {
  await runProgram(['completion', 'fish'], terminal);
  const stand = `function counterproof; printf 'listUsers\\tGET /users\\n'; printf '%s\\n' "$argv"; end`;
  const command = `cat | fish --no-config -c "source -; complete -C 'counterproof prove api.yaml --operation '"`;
  const completed = execFileSync('sh', ['-c', command], { input: `${printed}\n${stand}`, encoding: 'utf8' });
  expect(completed.split('\n').filter(Boolean).sort()).toEqual([
    expect.stringMatching(/^completion operations -- prove api.yaml --operation\t/),
    'listUsers\tGET /users',
  ]);
});

test('another shell is refused with the nearest', async () => {
  expect(await runProgram(['completion', 'bsh'], terminal)).toBe(2);
  expect(printed).toBe(
    'counterproof completion: expects bash, zsh, fish, found "bsh"; did you mean "bash"? (see counterproof completion --help)\n',
  );
});
