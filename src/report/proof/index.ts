import type { ReportFormat } from '../../contract/index.js';
import { html } from './html.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import type { ProofResult } from './result.js';
import { sarif } from './sarif.js';

/** The formats of `--report`, each a whole file. */
export const proofReports: Readonly<Record<ReportFormat, (result: ProofResult) => string>> = {
  junit,
  json: (result) => `${JSON.stringify(result, null, 2)}\n`,
  sarif,
  markdown,
  html,
};

export { terminal as proofTerminal } from './terminal.js';
export { isProven, verdict as proofVerdict } from './words.js';
