import { expect, test } from 'vitest';
import { CounterproofError } from '../errors.js';
import { createPaint } from '../report/index.js';
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

test('an unknown command never runs anything', async () => {
  const { terminal, printed } = listener();
  expect(await runProgram(['__proto__'], terminal)).toBe(2);
  expect(printed).toMatchObject({ out: '', error: expect.stringContaining('unknown command "__proto__"') });
});

test('an error of prove is said to be one of prove', async () => {
  const { terminal, printed } = listener();
  expect(await runProgram(['prove', '--quiet', '--report', 'html=package.json/x.html'], terminal)).toBe(2);
  expect(printed.error).toMatch(/^counterproof prove: the report package\.json\/x\.html cannot be written/);
});
