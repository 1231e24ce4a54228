import { shortened } from '../../text/visible.js';
import { lines, type Markup, markup } from '../markup.js';
import type { Cell, Column, Matrix, Report } from '../report.js';
import { count } from '../words.js';
import { findingsHtml } from './finding.js';
import { gridHtml } from './grid.js';
import { cellHtml, hidden, inline, list, nothing, row, section, signs, stateCell, table } from './parts.js';
import { style } from './style.js';

const maximumStatuses = 200;
const maximumRemarks = 500;

/**
 * One page that needs nothing else: no script, no network, light and dark. Everything that comes from the
 * target or the document is escaped, and the page's own policy forbids it to do anything.
 */
export function html(report: Report): string {
  const { title, document, openapi, target, tool, outcome, verdict, facts, findings, matrix, grid } = report;
  return String(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${tool.name} ${tool.version}">
<title>${shortened(`${outcome}: ${title}`, 120)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="verdict ${outcome}">${verdict}</p>
<h1>${title}</h1>
<p><code>${document}</code>${openapi === null ? '' : ` (OpenAPI ${openapi})`} against ${inline(target)}</p>
<p class="quiet">${[...facts, `${tool.name} ${tool.version}`].join(' · ')}</p>
</header>
${changeHtml(report)}
${section(findings.length > 0 ? `Findings (${findings.length})` : 'Findings', findingsHtml(report), 'findings')}
${matrix === null ? nothing : section('Kill matrix', matrixTable(matrix), 'matrix')}
${grid === null ? nothing : section('Operations and checks', gridHtml(grid), 'grid')}
${coverageHtml(report)}
${matrix === null ? section('Answers', markup`<details class="own"><summary>by operation</summary>${rowTable(report)}</details>`, 'answers') : nothing}
${checkTable(report)}
${remarksHtml(report)}
</main>
</body>
</html>
`);
}

/** What was done wrong by whoever ran it, and what would change the verdict. */
function changeHtml({ mistakes, raise, findings, outcome, partial }: Report): Markup {
  const violations = findings.filter(({ severity }) => severity === 'violation').length;
  const ways = [
    ...(outcome === 'broken'
      ? [
          `Mend ${count(violations, 'cause')}: ${violations === 1 ? 'it is below.' : 'they are below, the most serious first.'}`,
        ]
      : []),
    ...(partial === null ? [] : [`The run did not come to its end: ${partial}.`]),
    ...raise.slice(0, 8).map((way) => `More would be exercised with ${way}.`),
  ];
  const told = mistakes.map((mistake) => markup`<p class="mistake">${mistake}</p>`);
  const change = ways.length === 0 ? nothing : markup`<h2>What would change it</h2>\n${list(ways)}`;
  return markup`${lines(told)}${change}`;
}

function rowTable({ columns, rows }: Report): Markup {
  return table(
    [{ name: '' }, ...columns],
    rows.map(({ state, cells }) => row([stateCell(state), ...cells.map(cellHtml)])),
  );
}

/** Faults down, operations across. */
function matrixTable({ operations, rows }: Matrix): Markup {
  const body = rows.map(({ name, summary, cells }) => {
    const head = markup`<th scope="row" title="${summary}"><code>${name}</code></th>`;
    return row([head, ...cells.map((parts) => markup`<td>${parts.map(outcomeHtml)}</td>`)]);
  });
  return table(
    ['Fault', ...operations].map((name) => ({ name })),
    body,
  );
}

function outcomeHtml({ state, text, details }: Cell): Markup {
  if (state === 'not-sent') return markup`<span class="quiet" title="${details}">–${hidden(` ${details}`)}</span>`;
  return markup`<span class="outcome ${state}" title="${details}">${signs[state]} ${text}</span>`;
}

function coverageHtml({ coverage, undeclaredStatuses }: Report): Markup {
  if (coverage.length === 0) return nothing;
  const parts = coverage.map(({ part, exercised, total, never }) => {
    const bar = markup`<meter min="0" max="${total}" value="${exercised}">${exercised} of ${total}</meter>`;
    const share = Math.floor((100 * exercised) / total);
    const line = markup`${bar} ${share} % ${part}: ${exercised} of ${total}`;
    if (never.length === 0) return markup`<p>${line}</p>`;
    const names = never.map((name) => markup`<code>${name}</code>`);
    return markup`<details><summary>${line}</summary><p>Never:</p>${list(names, total - exercised)}</details>`;
  });
  const rows = undeclaredStatuses
    .slice(0, maximumStatuses)
    .map(({ operationId, status, count: number }) =>
      row([String(status), { code: operationId }, number].map(cellHtml)),
    );
  const heads: Column[] = [{ name: 'Status' }, { name: 'Operation' }, { name: 'Answers', isNumber: true }];
  const title = markup`<h3>Statuses met that the document does not declare</h3>`;
  return section(
    'Exercised',
    markup`${lines(parts)}${rows.length === 0 ? '' : [title, table(heads, rows)]}`,
    'exercised',
  );
}

function checkTable({ checks }: Report): Markup {
  const rows = checks.map(({ id, summary, state, exchanges, violations }) =>
    row([stateCell(state), cellHtml({ code: id }), ruleHtml(summary), ...[exchanges, violations].map(cellHtml)]),
  );
  const heads = ['', 'Check', 'Rule'].map((name) => ({ name }));
  const numbers = ['Exchanges', 'Violations'].map((name) => ({ name, isNumber: true as const }));
  return checks.length === 0 ? nothing : section('Checks', table([...heads, ...numbers], rows), 'checks');
}

/** A rule in words; what stands in backticks is code. */
function ruleHtml(summary: string): Markup {
  const words = summary.split('`').map((text, index) => inline(index % 2 === 1 ? { code: text } : text));
  return markup`<td>${words}</td>`;
}

function remarksHtml({ notSent, notes, findingsNotKept }: Report): Markup {
  const remarks = [
    ...notSent.map((cases) => `Not sent: ${cases}`),
    ...notes,
    ...(findingsNotKept > 0 ? [`${count(findingsNotKept, 'further finding')} counted and not listed`] : []),
  ];
  if (remarks.length === 0) return nothing;
  return section('Remarks', list(remarks.slice(0, maximumRemarks), remarks.length), 'remarks');
}
