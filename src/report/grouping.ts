import type { RunFinding } from '../contract/run/result.js';
import { severities } from '../contract/types.js';
import { count } from './words.js';

/** Findings that say the same of several cases and operations. */
export interface FindingGroup {
  readonly check: string;
  readonly severity: RunFinding['severity'];
  /** Without the case that it is about, where it names that. */
  readonly message: string;
  /** The one that stands first in the document. */
  readonly example: RunFinding;
  /** Titles of cases besides the example's: each is another way to see the same. */
  readonly otherTitles: readonly string[];
  readonly operationIds: readonly string[];
  readonly cases: number;
  readonly flakyCases: number;
}

/** The most serious first, and of these what concerns most operations. */
export function groupFindings(findings: readonly RunFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, RunFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.check, stem(finding)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()]
    .flatMap(groupOf)
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.operationIds.length - a.operationIds.length ||
        b.cases - a.cases,
    );
}

function groupOf(findings: readonly RunFinding[]): FindingGroup[] {
  const [example] = findings;
  if (example === undefined) return [];
  const { check, severity } = example;
  const titles = new Set(findings.map(({ title }) => title));
  titles.delete(example.title);
  return [
    {
      check,
      severity,
      message: stem(example),
      example,
      otherTitles: [...titles],
      operationIds: [...new Set(findings.map(({ operationId }) => operationId))],
      cases: findings.reduce((total, { cases }) => total + cases, 0),
      flakyCases: findings.reduce((total, { flakyCases }) => total + flakyCases, 0),
    },
  ];
}

/** Many messages end with the title of their case. */
function stem({ message, title }: RunFinding): string {
  return message.endsWith(title) ? message.slice(0, -title.length).replace(/(: | on )$/, '') : message;
}

/** `3 operations, 12 cases, 2 of them flaky`. */
export function extentOf({ operationIds, cases, flakyCases }: FindingGroup): string {
  const flaky =
    flakyCases === 0 ? '' : flakyCases === cases ? 'flaky' : `${flakyCases.toLocaleString('en')} of them flaky`;
  const operations = operationIds.length > 1 ? count(operationIds.length, 'operation') : '';
  return [operations, count(cases, 'case'), flaky].filter(Boolean).join(', ');
}
