import type { RunFinding } from '../contract/run/result.js';
import { visible } from '../text/visible.js';
import { lines, type Markup, markup } from './markup.js';
import type { Report, Suite, Test } from './report.js';

/** JUnit XML as CI servers read it. */
export function junit({ tool, suites, duration }: Report): string {
  const { tests, failures, errors } = countsOf(suites.flatMap((suite) => suite.tests));
  return `${lines([
    markup`<?xml version="1.0" encoding="UTF-8"?>`,
    markup`<testsuites name="${tool.name}" tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds(duration)}">`,
    ...suites.map(suiteXml),
    markup`</testsuites>`,
  ])}\n`;
}

function countsOf(tests: readonly Test[]) {
  return {
    tests: tests.length,
    failures: tests.filter(({ findings }) => findings.length > 0).length,
    errors: tests.filter(({ error }) => error !== null).length,
    skipped: tests.filter(({ skipped }) => skipped !== null).length,
  };
}

function suiteXml({ name, duration, tests: all }: Suite): Markup {
  const { tests, failures, errors, skipped } = countsOf(all);
  const counts = markup`tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  return lines([
    markup`  <testsuite name="${name}" ${counts} time="${seconds(duration)}">`,
    ...all.map(testXml),
    markup`  </testsuite>`,
  ]);
}

function testXml(test: Test): Markup {
  const names = markup`classname="${test.group}" name="${test.name}"`;
  const head = markup`    <testcase ${names} assertions="${test.assertions}" time="${seconds(test.duration)}"`;
  const content = contentXml(test);
  return content === null
    ? markup`${head}/>`
    : lines([markup`${head}>`, markup`      ${content}`, markup`    </testcase>`]);
}

/** All findings in one element, since many readers show only the first. */
function contentXml({ findings, error, skipped }: Test): Markup | null {
  const [first] = findings;
  if (error !== null) return markup`<error message="${error}"/>`;
  if (skipped !== null) return markup`<skipped message="${skipped}"/>`;
  if (first === undefined) return null;
  const message = `${first.message}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`;
  const text = lines(findings.map(describe).join('\n\n'));
  return markup`<failure type="${first.check}" message="${message}">${text}</failure>`;
}

function describe(finding: RunFinding): string {
  const { check, message, title, caseId, expected, received, location, curl, cases, flakyCases } = finding;
  const { file, line, column, pointer } = location;
  return [
    `${check}: ${visible(message)}${flakyCases > 0 ? ` (${flakyCases} of ${cases} flaky)` : ''}${cases > 1 ? ` (${cases} cases)` : ''}`,
    `  case: ${visible(title)}${caseId === '' ? '' : ` [${caseId}]`}`,
    `  expected: ${visible(expected)}`,
    `  received: ${visible(received)}`,
    `  document: ${visible(`${file}:${line}:${column} ${pointer}`)}`,
    ...(curl === '' ? [] : [`  ${visible(curl)}`]),
  ].join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
