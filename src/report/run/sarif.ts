import type { OperationResult, RunFinding, RunResult } from '../../contract/run/result.js';
import type { Severity } from '../../contract/types.js';
import { visible } from './words.js';

const levels = { violation: 'error', warning: 'warning', information: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** SARIF 2.1.0 (OASIS): each finding at the line of the document that says so, for code scanning. */
export function sarif(result: RunResult): string {
  const operations = new Map(result.operations.map((operation) => [operation.id, operation]));
  const rules = result.checks.map(({ id }) => id);
  const run = {
    tool: {
      driver: {
        name: 'counterproof',
        ...(result.tool.version && { version: result.tool.version }),
        informationUri: 'https://www.npmjs.com/package/counterproof',
        rules: result.checks.map(({ id, summary }) => ({
          id,
          name: id.replace(/(^|-)(.)/g, (_all, _dash, letter: string) => letter.toUpperCase()),
          shortDescription: { text: `Holds when ${summary}` },
          help: { text: `Holds when ${summary}.` },
        })),
      },
    },
    invocations: [
      {
        executionSuccessful: result.partial === null,
        ...(result.partial !== null && {
          toolExecutionNotifications: [{ level: 'error', message: { text: `Partial: ${visible(result.partial)}` } }],
        }),
      },
    ],
    automationDetails: { id: `counterproof/${encodeURIComponent(result.document.name)}` },
    columnKind: 'utf16CodeUnits',
    results: result.findings.map((finding) => resultOf(finding, operations.get(finding.operationId), rules)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: RunFinding, operation: OperationResult | undefined, rules: readonly string[]) {
  const { check, severity, message, title, expected, received, location, curl, caseId, operationId } = finding;
  const words = [
    `${message}${finding.flaky ? ' (flaky: not when it was sent again)' : ''}.`,
    `${operation ? `${operation.method} ${operation.path}` : operationId}: ${title}.`,
    `Expected ${expected}; received ${received}.`,
    curl,
  ];
  return {
    ruleId: check,
    ruleIndex: rules.indexOf(check),
    level: levels[severity],
    message: { text: words.filter(Boolean).map(visible).join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(location.file),
          region: { startLine: Math.max(1, location.line), startColumn: Math.max(1, location.column) },
        },
        logicalLocations: [{ fullyQualifiedName: operationId, kind: 'function' }],
      },
    ],
    occurrenceCount: finding.cases,
    partialFingerprints: { 'counterproofCase/v1': `${check}:${operationId}:${caseId}` },
    properties: { caseId, pointer: location.pointer, flaky: finding.flaky, curl },
  };
}

/** A file of the checkout by its relative path; any other by a file URL (RFC 8089). */
export function artifact(file: string) {
  const path = file.replaceAll('\\', '/');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (/^([A-Za-z]:)?\//.test(path))
    return { uri: `file://${path.startsWith('/') ? '' : '/'}${encoded.replace('%3A', ':')}` };
  return { uri: encoded.replace(/^\.\//, ''), uriBaseId: '%SRCROOT%' };
}
