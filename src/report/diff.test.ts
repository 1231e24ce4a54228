import { expect, test } from 'vitest';
import type { DiffResult } from '../diff/index.js';
import { changelogReport, diffReport } from './diff.js';

const at = (file: string, line: number) => ({ file, line, column: 1, pointer: '' });
const result: DiffResult = {
  schemaVersion: 1,
  old: { name: 'old.yaml', title: 'Things', version: '1' },
  new: { name: 'new.yaml', title: 'Things', version: '2' },
  counts: { operations: 3, breaking: 1, other: 1 },
  changes: [
    {
      kind: 'answer-unforeseen',
      breaks: true,
      message: 'answer 200, body: must be a string, not a number',
      operations: ['GET /a', 'GET /b'],
      old: at('old.yaml', 7),
      new: at('new.yaml', 8),
      answer: { status: 200, headers: {}, body: '5' },
    },
    {
      kind: 'operation-added',
      breaks: false,
      message: 'the operation is new',
      operations: ['GET /c'],
      old: null,
      new: at('new.yaml', 9),
    },
  ],
};

test('changes are shown as text, in Markdown, as annotations, as SARIF, and as a changelog', () => {
  expect(diffReport('text', result, '1')).toMatchInlineSnapshot(`
    "breaking  answer 200, body: must be a string, not a number [answer-unforeseen]
              GET /a, GET /b
              old old.yaml:7:1, new new.yaml:8:1
              answer 200: 5
    other     the operation is new [operation-added]
              GET /c
              new new.yaml:9:1
    1 breaking change, 1 other change"
  `);
  expect(diffReport('markdown', result, '1')).toMatchInlineSnapshot(`
    "## ❌ 1 breaking change, 1 other change

    From \`old.yaml\` to \`new.yaml\`.

    - **breaking**: answer 200, body: must be a string, not a number
      - \`GET /a, GET /b\`
      - \`old old.yaml:7:1, new new.yaml:8:1\`
      - \`answer 200: 5\`
    - other: the operation is new
      - \`GET /c\`
      - \`new new.yaml:9:1\`"
  `);
  expect(diffReport('github', result, '1')).toMatchInlineSnapshot(`
    "::error file=new.yaml,line=8,col=1,title=counterproof answer-unforeseen::answer 200, body: must be a string, not a number%0AGET /a, GET /b%0Aanswer 200: 5
    ::notice file=new.yaml,line=9,col=1,title=counterproof operation-added::the operation is new%0AGET /c"
  `);
  expect(changelogReport(result)).toMatchInlineSnapshot(`
    "## Things 2

    Since 1 (\`old.yaml\`): 1 breaking change, 1 other change.

    ### \`GET /a\`

    - **Breaking:** answer 200, body: must be a string, not a number \\(GET /a, GET /b\\)

    ### \`GET /c\`

    - the operation is new"
  `);
  const [run] = JSON.parse(diffReport('sarif', result, '1')).runs;
  expect(run.results).toMatchObject([
    { ruleId: 'answer-unforeseen', level: 'error', locations: [{ physicalLocation: { region: { startLine: 8 } } }] },
    { ruleId: 'operation-added', level: 'note' },
  ]);
  expect(JSON.parse(diffReport('json', result, '1'))).toEqual(result);
});

test('of each kind of change so many are shown as text, the others counted, and JSON has all', () => {
  const [change] = result.changes.slice(1);
  if (change === undefined) throw new Error('The result has two changes');
  const changes = [...result.changes, ...Array.from({ length: 20_000 }, () => change)];
  const many = { ...result, changes, counts: { ...result.counts, other: 20_001 } };
  const lines = diffReport('text', many, '1').split('\n');
  expect(lines.filter((line) => /^(breaking|other) /.test(line))).toHaveLength(101);
  expect(lines.slice(-2)).toEqual([
    '… and 19,901 more [operation-added]: --format json has all',
    '1 breaking change, 20,001 other changes',
  ]);
  expect(JSON.parse(diffReport('json', many, '1')).changes).toHaveLength(20_002);
  const changelog = changelogReport(many).split('\n');
  expect(changelog.filter((line) => line.startsWith('- '))).toHaveLength(101);
  expect(changelog.at(-1)).toBe('… and 19,901 more [operation-added]: diff --format json has all');
  const [log] = JSON.parse(diffReport('sarif', many, '1')).runs;
  expect(log.results).toHaveLength(1_001);
  expect(log.invocations[0].toolExecutionNotifications).toEqual([
    { level: 'note', message: { text: '… and 19,001 more [operation-added]: --format json has all' } },
  ]);
});
