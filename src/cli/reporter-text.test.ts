import { expect, test } from 'vitest';
import type { Answer, DocumentProblem, ServedExchange, Violation } from '../index.js';
import { createPaint } from '../report/index.js';
import { createTextReporter, exchangeLines } from './reporter-text.js';
import type { Terminal } from './terminal.js';

const violation = (more: Partial<Violation>): Violation => ({
  in: 'query',
  pointer: '/limit',
  keyword: 'maximum',
  message: 'must be at most 100',
  expected: 100,
  schemaPointer: '',
  params: {},
  ...more,
});

const exchange = (answer: Partial<Answer>, target = '/pets?limit=5'): ServedExchange => ({
  request: { method: 'GET', target, headers: {}, body: null },
  milliseconds: 0.42,
  answer: {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: '[]',
    delay: 0,
    effect: null,
    operationId: 'listPets',
    source: 'fake',
    name: null,
    seed: 1,
    violations: [],
    ...answer,
  },
});

const problem = { operationId: null, source: 'problem', body: '{"detail":"The document has no path /nope"}' } as const;

test('one line says what was asked and answered, and others why it was refused', () => {
  const exchanges = [
    exchange({}),
    exchange({ source: 'case', name: 'empty', delay: 200 }),
    exchange({ source: 'fault', name: 'reset', effect: { kind: 'reset', afterBytes: 0 } }),
    exchange({
      status: 422,
      source: 'problem',
      violations: [violation({}), violation({ in: 'body', pointer: '/name/0', message: 'must be string' })],
    }),
    exchange({ status: 404, ...problem }),
    { ...exchange({ status: 400, ...problem, body: '{"detail":"This is not HTTP"}' }), request: null },
  ];
  const lines = exchanges.flatMap((one) => exchangeLines(one, createPaint(false)));
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "200 GET /pets?limit=5  listPets · fake · 0.4 ms
    200 GET /pets?limit=5  listPets · case empty · 0.4 ms · after 200 ms
    200 GET /pets?limit=5  listPets · fault reset · 0.4 ms · reset
    422 GET /pets?limit=5  listPets · problem · 0.4 ms
        query limit: must be at most 100
        body name/0: must be string
    404 GET /pets?limit=5  problem · 0.4 ms
        The document has no path /nope
    400 what is not HTTP  problem · 0.4 ms
        This is not HTTP"
  `);
});

test('nothing from outside can forge a line or reach the terminal', () => {
  const hostile = '\x1b[2J\n200 GET /forged\x9b';
  const lines = exchangeLines(
    exchange(
      {
        status: 422,
        operationId: hostile,
        name: hostile,
        violations: [violation({ message: hostile, pointer: hostile })],
      },
      `/${hostile}`,
    ),
    createPaint(false),
  );
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});

test('of very many reasons the first are listed and the rest counted', () => {
  const violations = Array.from({ length: 1000 }, (_, index) => violation({ in: 'body', pointer: `/${index}` }));
  const lines = exchangeLines(exchange({ status: 422, violations }), createPaint(false));
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe('    and 980 more');
});

test('an endless target or reason is cut', () => {
  const long = 'x'.repeat(100_000);
  const lines = exchangeLines(
    exchange({ status: 422, violations: [violation({ message: long })] }, long),
    createPaint(false),
  );
  expect(lines.join('').length).toBeLessThan(1000);
});

test('what a document does wrong everywhere does not hide what else is wrong', () => {
  const lines: string[] = [];
  const terminal = { out: (line) => lines.push(line), paint: createPaint(false) } as Partial<Terminal> as Terminal;
  const { problem, looked } = createTextReporter(terminal, false);
  const one = (id: DocumentProblem['id'], message: string) => problem({ id, message, takes: 'nothing' });
  for (let index = 0; index < 60; index += 1) one('schema-read-as', `number ${index}`);
  one('example-misfit', 'another kind');
  looked();
  expect(lines.map((line) => line.slice(0, 18))).toEqual([
    ...[0, 1, 2, 3, 4].map((index) => `! number ${index}`),
    '! another kind',
    '! 55 more: ',
  ]);
});
