import { escapeHtml } from '../run/html.js';
import { style } from '../run/html-style.js';
import type { FaultSummary, ProofResult, Trial } from './result.js';
import { effort, isProven, survivors, trialName, verdict } from './words.js';

/** The kill matrix as one page that needs nothing else: faults down, operations across. */
export function html(result: ProofResult): string {
  const name = [result.document.title, result.document.version].filter(Boolean).join(' ') || result.document.name;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(verdict(result))}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="verdict ${isProven(result) ? 'kept' : 'broken'}">${escapeHtml(verdict(result))}</p>
<h1>${escapeHtml(name)}</h1>
<p class="quiet"><code>${escapeHtml(result.document.name)}</code>: ${escapeHtml(effort(result))}</p>
${section('Survived', survivors(result).map(trialName))}
${section(
  'False alarms',
  result.falseAlarms.map(
    ({ variant, operationId, check, title, message }) =>
      `${check} accuses ${variant ?? 'the mock as it is'} in ${operationId}: ${message} (${title})`,
  ),
)}
<section><h2>Kill matrix</h2><div class="scroll"><table>${matrix(result)}</table></div></section>
</main>
</body>
</html>
`;
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<section><h2>${title}</h2><ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul></section>`;
}

function matrix(result: ProofResult): string {
  const operations = [...new Set(result.trials.map(({ operationId }) => operationId))];
  const head = ['fault', ...operations].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const byFault = new Map<string, Trial[]>(result.faults.map(({ id }) => [id, []]));
  for (const trial of result.trials) byFault.get(trial.fault)?.push(trial);
  const rows = result.faults.map((fault) => row(fault, byFault.get(fault.id) ?? [], operations));
  return `<thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody>`;
}

function row(fault: FaultSummary, trials: readonly Trial[], operations: readonly string[]): string {
  const cells = operations.map(
    (operation) => `<td>${cell(trials.filter(({ operationId }) => operationId === operation))}</td>`,
  );
  return `<tr><th scope="row" title="${escapeHtml(fault.summary)}"><code>${escapeHtml(fault.id)}</code></th>${cells.join('')}</tr>`;
}

/** One fault in one operation: how often it was caught, by what; or why it does not apply. */
function cell(trials: readonly Trial[]): string {
  const killed = trials.flatMap(({ outcome }) => (outcome.kind === 'killed' ? [outcome] : []));
  const lost = trials.filter(({ outcome }) => outcome.kind === 'survived').length;
  const [first] = killed;
  const parts: string[] = [];
  if (first !== undefined) {
    const how = killed.map(({ title, requests, caseId }) => `${title} [${caseId}], request ${requests}`).join('\n');
    const checks = [...new Set(killed.flatMap(({ by }) => by))].join(', ');
    parts.push(
      `<span class="kept" title="${escapeHtml(how)}">✓ ${killed.length > 1 ? `${killed.length} × ` : ''}${escapeHtml(checks)}</span>`,
    );
  }
  if (lost > 0) parts.push(`<span class="broken">✗ ${lost} survived</span>`);
  if (parts.length > 0) return parts.join('<br>');
  const [outcome] = trials.map((trial) => trial.outcome);
  const reason = outcome !== undefined && 'reason' in outcome ? outcome.reason : 'not tried';
  return `<span class="quiet" title="${escapeHtml(reason)}">–<span class="hidden"> ${escapeHtml(reason)}</span></span>`;
}
