import type { RunResult } from '../../contract/run/result.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';

/** Formats of `--report FORMAT=FILE`: each makes a whole, valid file of a result, be the run at its end or not. */
export const reportFormats = {
  junit: { summary: 'JUnit XML, for CI servers', render: junit },
  json: { summary: 'the result as JSON', render: json },
  sarif: { summary: 'SARIF 2.1.0, for code scanning', render: sarif },
  markdown: { summary: 'Markdown, for a pull request', render: markdown },
  html: { summary: 'one self-contained page', render: html },
} as const satisfies Record<string, { readonly summary: string; readonly render: (result: RunResult) => string }>;

export type ReportFormat = keyof typeof reportFormats;

export { githubAnnotations } from './github.js';
export { type Paint, plainPaint, terminal } from './terminal.js';
