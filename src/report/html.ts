import type { RunFinding } from '../contract/run/result.js';
import { style } from './html-style.js';
import { lines, type Markup, markup } from './markup.js';
import type { Cell, Column, Matrix, Report, State, Text } from './report.js';
import { count, extentOf, shortened } from './words.js';

const maximumOthers = 50;
const maximumStatuses = 200;
const maximumRemarks = 500;

const signs = { kept: '✓', broken: '✗', 'not-exercised': '○', 'not-sent': '–' } as const;
const nothing = markup``;

/**
 * One page that needs nothing else: no script, no network, light and dark. Everything that comes from the
 * target or the document is escaped, and the page's own policy forbids it to do anything.
 */
export function html(report: Report): string {
  const { title, document, openapi, target, tool, outcome, verdict, facts, findings, matrix } = report;
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
${section('Findings', findings.length > 0 ? lines(findings.map(findingHtml)) : markup`<p>None.</p>`)}
${matrix === null ? section('Operations', rowTable(report)) : section('Kill matrix', matrixTable(matrix))}
${coverageHtml(report)}
${checkTable(report)}
${remarksHtml(report)}
</main>
</body>
</html>
`);
}

function section(title: string, content: Markup): Markup {
  return markup`<section>\n<h2>${title}</h2>\n${content}\n</section>`;
}

function findingHtml(finding: RunFinding): Markup {
  const { check, severity, message, otherTitles, operations } = finding;
  return markup`<details class="${severity}">
<summary><b>${check}</b> ${shortened(message, 500)} <span class="quiet">${extentOf(finding)}</span></summary>
${detailsHtml(finding)}
${alsoHtml('Other cases', otherTitles)}${alsoHtml(
  'Other operations',
  operations.slice(1).map(({ operationId }) => operationId),
)}</details>`;
}

function alsoHtml(words: string, names: readonly string[]): Markup {
  const shown = names.slice(0, maximumOthers).map((name) => shortened(name, 300));
  return names.length === 0 ? nothing : markup`<p>${words}:</p>${list(shown, names.length)}\n`;
}

/** @param total how many there are, of which these are the first */
function list(items: readonly (string | Markup)[], total = items.length): Markup {
  const rest = total - items.length;
  const all = [...items, ...(rest > 0 ? [`and ${rest.toLocaleString('en')} more`] : [])];
  return markup`<ul>${all.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

function detailsHtml({ operationId, title, caseId, expected, received, location, curl }: RunFinding): Markup {
  const rows = Object.entries({
    Operation: operationId,
    Case: caseId ? `${title} (${caseId})` : title,
    Expected: expected,
    Received: received,
    Document: `${location.file}:${location.line}:${location.column} ${location.pointer}`,
  });
  const terms = rows.map(([term, text]) => markup`<dt>${term}</dt><dd>${shortened(text, 4000)}</dd>`);
  const again = curl === '' ? nothing : markup`\n<pre>${shortened(curl, 8000)}</pre>`;
  return markup`<dl>\n${lines(terms)}\n</dl>${again}`;
}

function rowTable({ columns, rows }: Report): Markup {
  return table(
    [{ name: '' }, ...columns],
    rows.map(({ state, cells }) => row([stateCell(state), ...cells.map(cellHtml)])),
  );
}

function stateCell(state: State): Markup {
  const words = hidden(state.replace('-', ' '));
  return markup`<td class="${state}"><span aria-hidden="true">${signs[state]}</span>${words}</td>`;
}

/** For those who hear the page. */
function hidden(text: string): Markup {
  return markup`<span class="hidden">${text}</span>`;
}

function cellHtml(text: Text): Markup {
  return typeof text === 'number' ? markup`<td class="number">${text}</td>` : markup`<td>${inline(text)}</td>`;
}

function inline(text: Text): Markup {
  return typeof text === 'object' ? markup`<code>${text.code}</code>` : markup`${text}`;
}

function row(cells: readonly Markup[]): Markup {
  return markup`<tr>${cells}</tr>`;
}

/** It scrolls by itself on a narrow screen, and can be reached by keyboard for that. */
function table(columns: readonly Column[], rows: readonly Markup[]): Markup {
  const head = columns.map(({ name, isNumber }) => {
    const kind = isNumber ? markup` class="number"` : nothing;
    return markup`<th scope="col"${kind}>${name || hidden('State')}</th>`;
  });
  const names = columns.flatMap(({ name }) => name || []);
  const label = names.slice(0, 6).join(', ');
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>\n${lines(rows)}\n</tbody></table></div>`;
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
    const bar = markup`<meter min="0" max="${Math.max(1, total)}" value="${exercised}">${exercised} of ${total}</meter>`;
    const line = markup`${bar} ${part}: ${exercised} of ${total}`;
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
  return section('Exercised', markup`${lines(parts)}${rows.length === 0 ? '' : [title, table(heads, rows)]}`);
}

function checkTable({ checks }: Report): Markup {
  const rows = checks.map(({ id, summary, state, exchanges, violations }) =>
    row([stateCell(state), ...[{ code: id }, `holds when ${summary}`, exchanges, violations].map(cellHtml)]),
  );
  const heads = ['', 'Check', 'Rule'].map((name) => ({ name }));
  const numbers = ['Exchanges', 'Violations'].map((name) => ({ name, isNumber: true as const }));
  return checks.length === 0 ? nothing : section('Checks', table([...heads, ...numbers], rows));
}

function remarksHtml({ notSent, notes, findingsNotKept }: Report): Markup {
  const remarks = [
    ...notSent.map((cases) => `Not sent: ${cases}`),
    ...notes,
    ...(findingsNotKept > 0 ? [`${count(findingsNotKept, 'further finding')} counted and not listed`] : []),
  ];
  if (remarks.length === 0) return nothing;
  return section('Remarks', list(remarks.slice(0, maximumRemarks), remarks.length));
}
