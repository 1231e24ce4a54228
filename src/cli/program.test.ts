import { expect, test } from 'vitest';
import { CounterproofError } from '../errors.js';
import { createPaint } from '../report/index.js';
import { overview } from './help.js';
import { report, runProgram } from './program.js';
import type { Terminal } from './terminal.js';

function listener(environment: Record<string, string> = {}) {
  const printed = { out: '', error: '' };
  const terminal: Terminal = {
    out: (line) => {
      printed.out += `${line}\n`;
    },
    error: (line) => {
      printed.error += `${line}\n`;
    },
    log: (line) => terminal.out(line),
    end: async () => null,
    interactive: false,
    columns: Number.POSITIVE_INFINITY,
    paint: createPaint(false),
    environment,
  };
  return { terminal, printed };
}

test('what nobody foresaw is one line, and said to be a bug', () => {
  const { terminal, printed } = listener();
  expect(report(new TypeError('x is not a function\nat y'), terminal)).toBe(2);
  expect(printed.error).toBe(
    'counterproof: x is not a function\nThis is a bug in counterproof; COUNTERPROOF_DEBUG=1 shows where it came from.\n',
  );
});

test('a file that may not be touched is no bug', () => {
  const { terminal, printed } = listener();
  const error = Object.assign(new Error("EACCES: permission denied, mkdir 'a/b'"), { code: 'EACCES', path: 'a/b' });
  expect(report(error, terminal)).toBe(2);
  expect(printed.error).toBe('counterproof: a/b cannot be used: that is not allowed here\n');
});

test('COUNTERPROOF_DEBUG shows where an error came from', () => {
  const { terminal, printed } = listener({ COUNTERPROOF_DEBUG: '1' });
  report(new TypeError('x is not a function'), terminal);
  report(new CounterproofError('USAGE', { message: 'wrong' }), terminal);
  expect(printed.error.match(/program\.test\.ts/g)?.length).toBeGreaterThanOrEqual(2);
});

test('what is not even an error is said as well', () => {
  const { terminal, printed } = listener();
  expect(report('odd', terminal)).toBe(2);
  expect(printed.error).toMatch(/^counterproof: odd\n/);
});

test('all that is wrong with the input is listed, each with its place', () => {
  const { terminal, printed } = listener();
  const location = { file: 'api.yaml', line: 3, column: 5, pointer: '/paths' };
  const problems = [
    { message: 'First', location },
    { message: 'Second', expected: 'a map', found: 'a list' },
  ];
  expect(report(new CounterproofError('DOCUMENT_INVALID', problems), terminal)).toBe(2);
  expect(printed.error).toBe('api.yaml:3:5 at /paths: First\nSecond (expected a map, found a list)\n');
});

test('too few files that may be open are no bug', () => {
  const { terminal, printed } = listener();
  const error = Object.assign(new Error("EMFILE: too many open files, open 'a'"), { code: 'EMFILE' });
  expect(report(error, terminal)).toBe(2);
  expect(printed.error).toContain('Raise the limit of open files');
  expect(printed.error).not.toContain('bug');
});

test('a remedy is said behind its message, with the capitals of names', () => {
  const { terminal, printed } = listener();
  report(new CounterproofError('USAGE', { message: 'Wrong', remedy: 'Give another.' }), terminal);
  report(new CounterproofError('USAGE', { message: 'Wrong', remedy: 'AsyncAPI is another.' }), terminal);
  expect(printed.error).toBe('Wrong; give another.\nWrong; AsyncAPI is another.\n');
});

test('an unknown command never runs anything', async () => {
  const { terminal, printed } = listener();
  expect(await runProgram(['__proto__'], terminal)).toBe(2);
  expect(printed).toMatchObject({ out: '', error: expect.stringContaining('unknown command "__proto__"') });
});

test('an error of prove is said to be one of prove', async () => {
  const { terminal, printed } = listener();
  // The report is written in the end, so a small proof.
  const document = 'tests/documents/no-content.yaml';
  expect(await runProgram(['prove', document, '--quiet', '--report', 'html=package.json/x.html'], terminal)).toBe(2);
  expect(printed.error).toMatch(/^counterproof prove: the report package\.json\/x\.html cannot be written/);
});

/** Of one command line in this process: what the command does beyond this, tests/command-line.test.ts runs. */
async function ran(args: readonly string[]) {
  const { terminal, printed } = listener();
  const code = await runProgram(args, terminal);
  return { code, ...printed };
}

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j prints the overview', async (args) => {
  expect(await ran(args)).toEqual({ code: 0, out: `${overview(Number.POSITIVE_INFINITY)}\n`, error: '' });
});

test.each([[['mock', '--help']], [['mock', '-h', '--port', '1']], [['help', 'mock']]])(
  '%j prints the help of mock',
  async (args) => {
    const { code, out } = await ran(args);
    expect(code).toBe(0);
    expect(out).toContain('--port PORT');
  },
);

test.each([[['--version']], [['-v']], [['mock', '--version']]])('%j prints the version', async (args) => {
  expect(await ran(args)).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), error: '' });
});

const control = 'spec/counterproof-control.yaml';

test.each([
  [['moc'], 'unknown command "moc"; did you mean "mock"?'],
  [['frobnicate'], 'unknown command "frobnicate"'],
  [['api.yaml'], 'to mock a document: counterproof mock api.yaml'],
  [['--port', '3000'], '--port needs its command before it: counterproof mock --port'],
  [['--frob'], 'unknown flag --frob'],
  [['mock', '--prot', '3000'], 'did you mean "--port"?'],
  [['mock', '--port', 'abc'], '--port expects a whole number from 0 to 65535, found "abc"'],
  [['mock', '--port', '70000'], '--port expects'],
  [['mock', '--seed', 'x'], '--seed expects'],
  [['lint', 'a.yaml', 'b.yaml'], 'takes one document, and not "b.yaml" too: run it once for each'],
  ...(['lint', 'resources', 'webhook', 'init', 'export', 'types', 'schema', 'build'] as const).map(
    (name): [string[], string] => [
      [name],
      `there is no openapi.* or swagger.* here; name the document: counterproof ${name} api.yaml`,
    ],
  ),
  [['constructor'], 'unknown command'],
  [['proxy', 'http://localhost:9', control], `The upstream "${control}" is not an http or https URL`],
  [['lint', '--format', 'markdown'], '--format expects text, json or sarif, found "markdown"'],
  [
    ['mock', control, '--prefix', 'spec/counterproof-contrl.yaml=/c'],
    'did you mean "spec/counterproof-control.yaml"? Name one as it is given',
  ],
  [['report', 'none.json'], 'none.json cannot be read: there is no such file'],
  [['merge', 'README.md'], 'README.md cannot be read: it is no JSON'],
  [['import', control, 'none.har'], 'none.har cannot be read: there is no such file'],
  [['suggest', control, '--from', 'src'], '--from src cannot be read: it is a folder'],
  [['types', control, '--out', 'src'], 'src cannot be written: it is a folder'],
  [['webhook', 'tests/documents/openapi/webhook.yaml', 'newPat'], 'has no webhook "newPat"; did you mean "newPet"?'],
])('%j is refused in one line', async (args, message) => {
  const { code, out, error } = await ran(args);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(message);
  expect(error.trimEnd().split('\n')).toHaveLength(1);
});
