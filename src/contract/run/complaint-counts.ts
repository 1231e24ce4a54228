import type { Severity } from '../types.js';
import type { CheckComplaint } from './judge.js';

/** How many complaints an operation has, by severity and by check. */
export class ComplaintCounts {
  readonly bySeverity: Record<Severity, number> = { violation: 0, warning: 0, information: 0 };
  /** By check id. */
  readonly byCheck: Record<string, Record<Severity, number>> = {};
  flaky = 0;
  /** Complaints of checks that could not tell. */
  undecided = 0;
  isEmpty = true;

  add({ check, severity, isUndecided }: CheckComplaint, isFlaky: boolean): void {
    this.isEmpty = false;
    this.bySeverity[severity]++;
    const counts = this.byCheck[check] ?? { violation: 0, warning: 0, information: 0 };
    this.byCheck[check] = { ...counts, [severity]: counts[severity] + 1 };
    if (isUndecided) this.undecided++;
    if (severity === 'violation' && isFlaky) this.flaky++;
  }
}
