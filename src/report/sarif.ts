import type { RunFinding } from '../contract/run/result.js';
import type { Severity } from '../contract/types.js';
import type { Location } from '../errors.js';
import { percentEncoded } from '../text/percent.js';
import { visible, visibleLines } from '../text/visible.js';
import type { Report } from './report.js';

const levels = { violation: 'error', warning: 'warning', information: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** Code scanning takes 5,000 results of a run. */
const maximumOperations = 50;

/** SARIF 2.1.0 (OASIS): each finding at the line of the document that says so, for code scanning. */
export function sarif(report: Report): string {
  const { tool, rules, partial, document, findings, operationNames } = report;
  const ids = rules.map(({ id }) => id);
  return sarifLog({
    tool,
    rules,
    document,
    invocation: { executionSuccessful: partial === null, toolExecutionNotifications: notificationsOf(report) },
    results: findings.flatMap((finding) =>
      finding.operations
        .slice(0, maximumOperations)
        .map((own) => resultOf({ ...finding, ...own }, ids, operationNames.get(own.operationId))),
    ),
  });
}

/** A run that came to its end, and what is said of results that are not in its log. */
export function wholeRun(rest: readonly string[]) {
  const notes = rest.map((text) => ({ level: 'note', message: { text: visible(text) } }));
  return { executionSuccessful: true, ...(notes.length > 0 && { toolExecutionNotifications: notes }) };
}

/** A whole log of one run. */
export function sarifLog({
  tool,
  rules,
  document,
  invocation,
  results,
}: Pick<Report, 'tool' | 'rules' | 'document'> & { readonly invocation: object; readonly results: readonly object[] }) {
  const run = {
    tool: {
      driver: {
        name: tool.name,
        ...(tool.version && { version: tool.version }),
        informationUri: 'https://www.npmjs.com/package/counterproof',
        rules: rules.map(({ id, summary }) => ({
          id,
          name: id.replace(/(^|-)(.)/g, (_all, _dash, letter: string) => letter.toUpperCase()),
          shortDescription: { text: summary },
          help: { text: `${summary}.` },
        })),
      },
    },
    invocations: [invocation],
    automationDetails: { id: `${tool.name.replace(' ', '-')}/${percentEncoded(document)}` },
    columnKind: 'utf16CodeUnits',
    results,
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  const shown = (_name: string, value: unknown) => (typeof value === 'string' ? visibleLines(value) : value);
  return `${JSON.stringify(log, shown, 2)}\n`;
}

function resultOf(finding: RunFinding, rules: readonly string[], operation = finding.operationId) {
  const { check, severity, message, title, expected, received, location, curl, caseId, operationId } = finding;
  const words = [
    `${message}${finding.flaky ? ' (flaky: not when it was sent again)' : ''}.`,
    `${operation}: ${title}.`,
    `Expected ${expected}; received ${received}.`,
    curl,
  ];
  return {
    ruleId: check,
    ruleIndex: rules.indexOf(check),
    level: levels[severity],
    message: {
      text: words
        .filter(Boolean)
        .map((word) => visible(word))
        .join('\n'),
    },
    locations: [
      {
        physicalLocation: sarifPlace(location),
        logicalLocations: [{ fullyQualifiedName: operationId, kind: 'function' }],
      },
    ],
    occurrenceCount: finding.cases,
    partialFingerprints: { 'counterproofCase/v1': `${check}:${operationId}:${caseId || title}` },
    properties: { caseId, pointer: location.pointer, flaky: finding.flaky, curl },
  };
}

export function sarifPlace({ file, line, column }: Location) {
  return {
    artifactLocation: artifact(file),
    region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) },
  };
}

function notificationsOf({ partial, notSent, notes }: Report) {
  const remarks = [...notSent.map((cases) => `Not sent: ${cases}`), ...notes];
  return [
    ...(partial === null ? [] : [{ level: 'error', message: { text: `Partial: ${visible(partial)}` } }]),
    ...remarks.map((text) => ({ level: 'note', message: { text: visible(text) } })),
  ];
}

/** A file of the checkout by its relative path; any other by a file URL (RFC 8089). */
function artifact(file: string) {
  const path = file.replaceAll('\\', '/');
  const encoded = path.split('/').map(percentEncoded).join('/');
  if (/^([A-Za-z]:)?\//.test(path))
    return { uri: `file://${path.startsWith('/') ? '' : '/'}${encoded.replace('%3A', ':')}` };
  return { uri: encoded.replace(/^\.\//, ''), uriBaseId: '%SRCROOT%' };
}
