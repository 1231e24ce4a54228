import type { AspectResult, OperationResult, RunFinding, RunResult } from '../../contract/run/result.js';
import { visible } from './words.js';

/**
 * JUnit XML as CI servers read it: a suite for each operation, a test case for each aspect of it. A run that
 * did not come to its end, and an operation that could not be exercised, are errors; what was not sent is
 * skipped.
 */
export function junit(result: RunResult): string {
  const byOperation = new Map<string, RunFinding[]>(result.operations.map(({ id }) => [id, []]));
  for (const finding of result.findings) byOperation.get(finding.operationId)?.push(finding);
  const suites = result.operations.map((operation) => suiteOf(operation, byOperation.get(operation.id) ?? []));
  if (result.partial !== null) suites.push(partialSuite(result.partial));
  const total = (of: (suite: Suite) => number) => suites.reduce((all, suite) => all + of(suite), 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="counterproof" tests="${total(({ tests }) => tests)}" failures="${total(({ failures }) => failures)}" errors="${total(({ errors }) => errors)}" time="${seconds(result.duration)}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly lines: readonly string[];
}

function suiteOf(operation: OperationResult, findings: readonly RunFinding[]): Suite {
  const cases = operation.aspects.map((aspect) => aspectCase(operation, aspect, findings));
  const whole = findings.filter(({ aspect, severity }) => aspect === null && severity === 'violation');
  if (whole.length > 0) cases.push(testCase(operation, 'the operation as a whole', 0, failure(whole)));
  if (operation.problem !== null) {
    cases.push(testCase(operation, 'the document', 0, `<error message="${escapeXml(operation.problem)}"/>`));
  }
  if (cases.length === 0) cases.push(testCase(operation, 'not sent', 0, '<skipped message="no case was sent"/>'));
  const failures = cases.filter((lines) => lines.includes('<failure ')).length;
  const errors = operation.problem === null ? 0 : 1;
  const skipped = cases.filter((lines) => lines.includes('<skipped ')).length;
  const name = escapeXml(`${operation.method} ${operation.path}`);
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  return {
    tests: cases.length,
    failures,
    errors,
    lines: [`  <testsuite name="${name}" ${counts} time="${seconds(operation.duration)}">`, ...cases, '  </testsuite>'],
  };
}

function partialSuite(why: string): Suite {
  const lines = [
    '  <testsuite name="counterproof" tests="1" failures="0" errors="1" skipped="0" time="0">',
    '    <testcase classname="counterproof" name="the run came to its end" time="0">',
    `      <error message="${escapeXml(`partial: ${why}`)}"/>`,
    '    </testcase>',
    '  </testsuite>',
  ];
  return { tests: 1, failures: 0, errors: 1, lines };
}

function aspectCase(operation: OperationResult, aspect: AspectResult, findings: readonly RunFinding[]): string {
  const violations = findings.filter((finding) => finding.aspect === aspect.aspect && finding.severity === 'violation');
  const content = violations.length > 0 ? failure(violations) : '';
  return testCase(operation, aspect.aspect, aspect.duration, content, aspect.cases);
}

/** @param assertions how many cases of ours the test case stands for */
function testCase(
  operation: OperationResult,
  name: string,
  milliseconds: number,
  content: string,
  assertions = 1,
): string {
  const names = `classname="${escapeXml(operation.id)}" name="${escapeXml(name)}"`;
  const head = `    <testcase ${names} assertions="${assertions}" time="${seconds(milliseconds)}"`;
  return content === '' ? `${head}/>` : `${head}>\n      ${content}\n    </testcase>`;
}

/** All findings in one element, since many readers show only the first. */
function failure(findings: readonly RunFinding[]): string {
  const [first] = findings;
  const text = findings.map(describe).join('\n\n');
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `<failure type="${escapeXml(first?.check ?? '')}" message="${escapeXml(`${first?.message}${more}`)}">${escapeXml(text, true)}</failure>`;
}

function describe(finding: RunFinding): string {
  const { check, message, title, expected, received, location, curl, cases, flakyCases } = finding;
  return [
    `${check}: ${visible(message)}${flakyCases > 0 ? ` (${flakyCases} of ${cases} flaky)` : ''}${cases > 1 ? ` (${cases} cases)` : ''}`,
    `  case: ${visible(title)} [${finding.caseId}]`,
    `  expected: ${visible(expected)}`,
    `  received: ${visible(received)}`,
    `  document: ${visible(`${location.file}:${location.line}:${location.column} ${location.pointer}`)}`,
    ...(curl === '' ? [] : [`  ${visible(curl)}`]),
  ].join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** XML 1.0, 2.2 and 2.4: what may not stand there at all is made visible first. */
export function escapeXml(text: string, keepLines = false): string {
  const safe = keepLines ? text.split('\n').map(visible).join('\n') : visible(text);
  return safe.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
