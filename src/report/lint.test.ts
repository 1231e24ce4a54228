import { expect, test } from 'vitest';
import type { DocumentProblem } from '../document/index.js';
import { lintReport } from './lint.js';

test('of each kind of problem so many are shown as text, the others counted, and JSON has all', () => {
  const problem = (id: DocumentProblem['id'], line: number): DocumentProblem => ({
    id,
    takes: 'nothing',
    message: `Problem ${line}`,
    location: { file: 'a.yaml', line, column: 1, pointer: '' },
  });
  const many = Array.from({ length: 20_000 }, (_, index) => problem('path-parameter-undeclared', index + 1));
  const lint = {
    document: 'a.yaml',
    problems: [...many, problem('reference-dangling', 20_001)],
    leftOut: [],
    operations: 1,
  };
  const lines = lintReport('text', lint, '1').split('\n');
  expect(lines.filter((line) => line.startsWith('a.yaml:'))).toHaveLength(101);
  expect(lines.slice(-2)).toEqual([
    '… and 19,900 more [path-parameter-undeclared]: --format json has all',
    '20,001 problems, its one operation is served',
  ]);
  const [log] = JSON.parse(lintReport('sarif', lint, '1')).runs;
  expect(log.results).toHaveLength(1_001);
  expect(log.invocations[0].toolExecutionNotifications).toEqual([
    { level: 'note', message: { text: '… and 19,000 more [path-parameter-undeclared]: --format json has all' } },
  ]);
  expect(JSON.parse(lintReport('json', lint, '1')).problems).toHaveLength(20_001);
});
