import { expect, test } from 'vitest';
import { Findings } from './findings.js';

const prefix = 'A request was answered: ';
const said = [
  ['missing', 'no credential'],
  ['empty', 'key empty'],
  ['elsewhere', 'key in the query'],
] as const;

/** What is listed where the complaints come in this order. */
function listed(order: readonly number[]) {
  const findings = new Findings();
  for (const index of order) {
    const [keyword, title] = said[index] ?? said[0];
    const complaint = {
      check: 'auth-required',
      severity: 'violation',
      message: prefix + title,
      expected: '401',
      received: '200',
      pointer: '',
      cause: prefix + keyword,
      within: [`${prefix}missing`],
    } as const;
    const shown = () => ({ curl: '', exchange: null });
    findings.add(complaint, { operationId: 'a', case: null, order: index, title, isFlaky: false, shown });
  }
  const locate = (pointer: string) => ({ file: 'a.yaml', pointer, line: 1, column: 1 });
  return findings
    .list({ locate, around: () => undefined })
    .findings.map(({ title, cases, otherTitles }) => ({ title, cases, otherTitles }));
}

test('the widest cause has what it explains, whichever answer came first, and is never lost', () => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of orders) {
    expect(listed(order)).toEqual([
      { title: 'no credential', cases: 3, otherTitles: ['key empty', 'key in the query'] },
    ]);
  }
  expect(listed([2, 1])).toHaveLength(2);
});

test('of very long exchanges no more are kept whole than fit into memory', () => {
  const findings = new Findings();
  const response = 'r'.repeat(1_000_000);
  const shown = () => ({ curl: '', exchange: { request: '', response, wrongLine: null, replay: null } });
  for (let order = 0; order < 50; order++) {
    const complaint = {
      check: 'c',
      severity: 'violation',
      message: 'm',
      expected: '',
      received: '',
      pointer: '',
    } as const;
    findings.add(complaint, { operationId: `o${order}`, case: null, order, title: 't', isFlaky: false, shown });
  }
  const locate = (pointer: string) => ({ file: 'a.yaml', pointer, line: 1, column: 1 });
  const all = findings.list({ locate, around: () => undefined }).findings.flatMap(({ operations }) => operations);
  expect(all).toHaveLength(50);
  expect(all.filter(({ exchange }) => exchange !== null)).toHaveLength(16);
});

test('where a rule stands is looked up when it is asked for, since that reads the document', () => {
  const findings = new Findings();
  const shown = () => ({ curl: '', exchange: null });
  const complaint = { check: 'c', severity: 'violation', message: 'm', expected: '', received: '' } as const;
  findings.add(
    { ...complaint, pointer: '/info' },
    { operationId: 'o', case: null, order: 0, title: 't', isFlaky: false, shown },
  );
  const asked: string[] = [];
  const { findings: all } = findings.list({
    locate(pointer) {
      asked.push(pointer);
      return { file: 'a.yaml', pointer, line: 2, column: 1 };
    },
    around: ({ line }) => ({ from: line, lines: ['info:'] }),
  });
  expect(asked).toEqual([]);
  expect(JSON.parse(JSON.stringify(all))).toMatchObject([
    { location: { pointer: '/info' }, source: { from: 2 }, operations: [{ location: { line: 2 } }] },
  ]);
});
