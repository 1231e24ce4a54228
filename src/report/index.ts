import type { RunResult } from '../contract/run/result.js';
import { tameJson } from '../text/visible.js';
import type { ReportFormat } from './formats.js';
import { github } from './github.js';
import { html } from './html/page.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import type { Paint } from './paint.js';
import { reportOfProof, verdictOfProof } from './proof/report.js';
import type { ProofResult } from './proof/result.js';
import type { Report } from './report.js';
import { reportOfRun, verdictOfRun } from './run/report.js';
import { sarif } from './sarif.js';
import { terminal } from './terminal.js';

export { misfitOf } from './result-shape.js';

/** What `check` found, or what `prove` found. */
export type Result = RunResult | ProofResult;

const renderers: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  junit,
  json: ({ result }) => `${tameJson(result)}\n`,
  sarif,
  markdown,
  html,
};

/** A result as the text of a file. */
export function renderReport(format: ReportFormat, result: Result): string {
  return renderers[format](reportOf(result));
}

/**
 * A result for a person at a terminal, without a line feed at its end.
 * @param columns how wide the terminal is
 */
export function terminalReport(result: Result, paint: Paint, columns?: number): string {
  return terminal(reportOf(result), paint, columns);
}

/** Workflow commands of GitHub that put findings at lines of the document, one a line. */
export function githubAnnotations(result: Result): readonly string[] {
  return github(reportOf(result));
}

/** A result in one line. */
export function verdictLine(result: Result): string {
  return isProof(result) ? verdictOfProof(result) : verdictOfRun(result);
}

const reports = new WeakMap<Result, Report>();

/** Made once for all formats. */
function reportOf(result: Result): Report {
  let known = reports.get(result);
  if (known === undefined) {
    known = isProof(result) ? reportOfProof(result) : reportOfRun(result);
    reports.set(result, known);
  }
  return known;
}

function isProof(result: Result): result is ProofResult {
  return 'trials' in result;
}

export { problemsLine } from '../document/index.js';
export { changelogReport, diffReport } from './diff.js';
export { type DiffFormat, diffFormats, type ReportFormat, reportFormats } from './formats.js';
export { type Lint, lintReport } from './lint.js';
export { createPaint, type Paint } from './paint.js';
export { isProven } from './proof/report.js';
export type * from './proof/result.js';
export { type FoundIn, resourcesReport } from './resources.js';
