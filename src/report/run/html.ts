import type { OperationResult, RunFinding, RunResult } from '../../contract/run/result.js';
import { extentOf, type FindingGroup, groupFindings } from './grouping.js';
import { style } from './html-style.js';
import { count, coverageParts, duration, shortened, verdictLine, visible } from './words.js';

/**
 * One page that needs nothing else: no script, no network, light and dark. Everything that comes from the
 * target or the document is escaped, and the page's own policy forbids it to do anything.
 */
export function html(result: RunResult): string {
  const { document } = result;
  const title = `${document.title} ${document.version}`.trim();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="counterproof ${escapeHtml(result.tool.version)}">
<title>${escapeHtml(shortened(`${result.verdict}: ${title}`, 120))}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="verdict ${result.verdict}">${escapeHtml(verdictLine(result))}</p>
<h1>${escapeHtml(title)}</h1>
<p><code>${escapeHtml(document.name)}</code> (OpenAPI ${escapeHtml(document.openapi)}) against <code>${escapeHtml(result.target)}</code></p>
<p class="quiet">${escapeHtml(factsOf(result))}</p>
</header>
${section('Findings', groupFindings(result).map(findingHtml).join('\n') || '<p>None.</p>')}
${section('Operations', operationTable(result))}
${section('Exercised', coverageHtml(result))}
${section('Checks', checkTable(result))}
${remarksHtml(result)}
</main>
</body>
</html>
`;
}

function factsOf(result: RunResult): string {
  const { counts, seed, strict, shard, startedAt } = result;
  return [
    `${count(counts.cases, 'case')}, ${count(counts.requests, 'request')} in ${duration(result.duration)}`,
    `seed ${seed}`,
    strict ? 'strict' : '',
    shard ? `shard ${shard.index} of ${shard.count}` : '',
    startedAt,
    `counterproof ${result.tool.version}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function section(title: string, content: string): string {
  return `<section>\n<h2>${title}</h2>\n${content}\n</section>`;
}

function findingHtml(group: FindingGroup): string {
  const { check, severity, message, example, otherTitles, operationIds } = group;
  return `<details class="${severity}">
<summary><b>${escapeHtml(check)}</b> ${escapeHtml(shortened(message, 500))} <span class="quiet">${escapeHtml(extentOf(group))}</span></summary>
${detailsHtml(example)}
${alsoHtml('Other cases', otherTitles)}${alsoHtml('Other operations', operationIds.slice(1))}</details>`;
}

const mostOthers = 50;

function alsoHtml(words: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const items = names.slice(0, mostOthers).map((name) => `<li>${escapeHtml(shortened(name, 300))}</li>`);
  if (names.length > mostOthers) items.push(`<li>and ${names.length - mostOthers} more</li>`);
  return `<p>${words}:</p><ul>${items.join('')}</ul>\n`;
}

function detailsHtml(finding: RunFinding): string {
  const { operationId, title, caseId, expected, received, location, curl } = finding;
  const rows: [string, string][] = [
    ['Operation', operationId],
    ['Case', caseId ? `${title} (${caseId})` : title],
    ['Expected', expected],
    ['Received', received],
    ['Document', `${location.file}:${location.line}:${location.column} ${location.pointer}`],
  ];
  const list = rows.map(([term, text]) => `<dt>${term}</dt><dd>${escapeHtml(shortened(text, 4000))}</dd>`).join('\n');
  return `<dl>\n${list}\n</dl>${curl ? `\n<pre>${escapeHtml(shortened(curl, 8000))}</pre>` : ''}`;
}

function operationTable({ operations }: RunResult): string {
  return table(['', 'Operation', 'Cases', 'Answers', 'Broken by'], operations.map(operationRow), 'operations');
}

function operationRow(operation: OperationResult): string {
  const { method, path, state, cases, statuses, violations, problem } = operation;
  const sign = { kept: '✓', broken: '✗', 'not-sent': '–' }[state];
  const words = { kept: 'kept', broken: 'broken', 'not-sent': 'not sent' }[state];
  const answers = Object.entries(statuses).map(([status, number]) => `${status} × ${number}`);
  const broken = Object.entries(violations).map(([check, number]) => `${check} × ${number}`);
  const cells = [
    `<td class="${state}"><span aria-hidden="true">${sign}</span><span class="hidden">${words}</span></td>`,
    `<td><code>${escapeHtml(`${method} ${path}`)}</code></td>`,
    `<td class="number">${cases}</td>`,
    `<td>${escapeHtml(answers.join(', '))}</td>`,
    `<td>${escapeHtml(problem ?? broken.join(', '))}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function coverageHtml({ coverage, undeclaredStatuses }: RunResult): string {
  const parts = Object.entries(coverageParts).map(([part, words]) => {
    const { exercised, total, never } = coverage[part as keyof typeof coverageParts];
    const bar = `<meter min="0" max="${Math.max(1, total)}" value="${exercised}">${exercised} of ${total}</meter>`;
    const line = `${bar} ${words}: ${exercised} of ${total}`;
    if (never.length === 0) return `<p>${line}</p>`;
    const rest = total - exercised - never.length;
    const items = [
      ...never.map((name) => `<li><code>${escapeHtml(name)}</code></li>`),
      ...(rest > 0 ? [`<li>and ${rest} more</li>`] : []),
    ];
    return `<details><summary>${line}</summary><p>Never:</p><ul>${items.join('')}</ul></details>`;
  });
  const rows = undeclaredStatuses
    .slice(0, 200)
    .map(
      ({ operationId, status, count: number }) =>
        `<tr><td>${status}</td><td><code>${escapeHtml(operationId)}</code></td><td class="number">${number}</td></tr>`,
    );
  const undeclared =
    rows.length > 0
      ? `<h3>Statuses met that the document does not declare</h3>${table(['Status', 'Operation', 'Answers'], rows)}`
      : '';
  return parts.join('\n') + undeclared;
}

function checkTable({ checks }: RunResult): string {
  const rows = checks.map(
    ({ id, summary, violations }) =>
      `<tr><td><code>${escapeHtml(id)}</code></td><td>holds when ${escapeHtml(summary)}</td><td class="number">${violations}</td></tr>`,
  );
  return table(['Check', 'Rule', 'Violations'], rows);
}

function table(heads: readonly string[], rows: readonly string[], kind = ''): string {
  const head = heads.map((text) => `<th scope="col">${text || '<span class="hidden">State</span>'}</th>`).join('');
  // It scrolls by itself on a narrow screen, and can be reached by keyboard for that.
  return `<div class="scroll" tabindex="0" role="group" aria-label="${heads.filter(Boolean).join(', ')}"><table class="${kind}"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function remarksHtml(result: RunResult): string {
  const remarks = [
    ...result.notSent.map(({ count: number, message }) => `Not sent: ${count(number, 'case')} that ${message}`),
    ...result.notes,
    ...(result.findingsNotKept > 0
      ? [`${count(result.findingsNotKept, 'further finding')} counted and not listed`]
      : []),
  ];
  if (remarks.length === 0) return '';
  return section('Remarks', `<ul>${remarks.map((remark) => `<li>${escapeHtml(remark)}</li>`).join('')}</ul>`);
}

/** Text that no parser of HTML takes for anything else, in content and in quoted attributes. */
/** Text as it can stand in an element and in an attribute. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
