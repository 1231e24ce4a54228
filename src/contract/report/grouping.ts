import type { RunFinding, RunResult } from '../run-result.js';
import { severities } from '../types.js';

/** Findings that say the same of several operations. */
export interface FindingGroup {
  readonly check: string;
  readonly severity: RunFinding['severity'];
  readonly message: string;
  /** The one that stands first in the document. */
  readonly example: RunFinding;
  readonly operationIds: readonly string[];
  readonly cases: number;
  readonly flaky: boolean;
}

/** The findings of a run, the most serious first, and of these what concerns most operations. */
export function groupFindings(result: RunResult): readonly FindingGroup[] {
  const groups = new Map<string, RunFinding[]>();
  for (const finding of result.findings) {
    const key = JSON.stringify([finding.severity, finding.check, finding.message]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap((findings): FindingGroup[] => {
      const [example] = findings;
      if (example === undefined) return [];
      const { check, severity, message } = example;
      return [
        {
          check,
          severity,
          message,
          example,
          operationIds: [...new Set(findings.map(({ operationId }) => operationId))],
          cases: findings.reduce((total, { cases }) => total + cases, 0),
          flaky: findings.some(({ flaky }) => flaky),
        },
      ];
    })
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.operationIds.length - a.operationIds.length ||
        b.cases - a.cases,
    );
}
