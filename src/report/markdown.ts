import type { RunFinding } from '../contract/run/result.js';
import { shortened, visible } from '../text/visible.js';
import type { Report, Row, Text } from './report.js';
import { count, duration, extentOf } from './words.js';

/** GitHub refuses a comment of more than 65,536 characters. */
const maximumBytes = 60_000;
const maximumRows = 40;
const maximumFolded = 160;
const maximumRemarks = 20;

const signs = { kept: '✅', broken: '❌', incomplete: '⚠️', 'not-exercised': '⭕', 'not-sent': '➖' } as const;

/** A comment for a pull request. What does not fit is left out, and that is said. */
export function markdown(report: Report): string {
  const begin = [...head(report), '', ...table(report)];
  const end = [...coverageLines(report), ...remarks(report), '', foot(report)];
  const encoder = new TextEncoder();
  let room = maximumBytes - encoder.encode([...begin, ...end].join('\n')).length - 200;
  const shown: string[] = [];
  for (const [index, finding] of report.findings.entries()) {
    const text = findingText(finding);
    room -= encoder.encode(text).length + 2;
    if (room < 0) {
      shown.push(
        `_And ${count(report.findings.length - index, 'finding')} more that did not fit: see the other reports._`,
      );
      break;
    }
    shown.push(text);
  }
  const findings = shown.length > 0 ? ['', '### Findings', '', shown.join('\n\n')] : [];
  return `${[...begin, ...findings, ...end].join('\n')}\n`;
}

function head({ outcome, verdict, title, document, target, mistakes }: Report): string[] {
  return [
    `## ${signs[outcome]} ${escapeMarkdown(verdict)}`,
    '',
    ...mistakes.flatMap((mistake) => [`**${escapeMarkdown(shortened(mistake, 500))}**`, '']),
    `Contract of **${escapeMarkdown(title)}** (${code(document)}) against ${inline(target)}.`,
  ];
}

/** Where there are many rows, those that are not well, and the others folded in. */
function table(report: Report): string[] {
  const { rows, columns } = report;
  if (rows.length <= maximumRows) return tableOf(report, rows);
  const broken = rows.filter(({ state }) => state === 'broken').slice(0, maximumRows);
  const others = rows.filter((row) => !broken.includes(row)).slice(0, maximumFolded);
  const noun = `${broken.length > 0 ? 'more ' : ''}${columns[0]?.name.toLowerCase()}`;
  const rest = rows.length - broken.length - others.length;
  return [
    ...(broken.length > 0 ? [...tableOf(report, broken), ''] : []),
    `<details><summary>${count(others.length, noun)}</summary>`,
    '',
    ...tableOf(report, others),
    ...(rest > 0 ? ['', `And ${rest.toLocaleString('en')} more.`] : []),
    '',
    '</details>',
  ];
}

function tableOf({ columns }: Report, rows: readonly Row[]): string[] {
  const isShown = (_: unknown, index: number) => columns[index]?.isWide !== true;
  const shown = columns.filter(isShown);
  const inOrder = [...rows].sort((a, b) => Number(b.state === 'broken') - Number(a.state === 'broken'));
  return [
    `| | ${shown.map(({ name }) => name.toLowerCase()).join(' | ')} |`,
    `| --- | ${shown.map(({ isNumber }) => (isNumber ? '---:' : '---')).join(' | ')} |`,
    ...inOrder.map(({ state, cells }) => `| ${signs[state]} | ${cells.filter(isShown).map(inline).join(' | ')} |`),
  ];
}

function inline(text: Text): string {
  return typeof text === 'object' ? code(shortened(text.code, 120)) : escapeMarkdown(shortened(String(text), 160));
}

function findingText(finding: RunFinding): string {
  const { check, message, otherTitles, severity } = finding;
  const kind = severity === 'violation' ? '' : `${severity}, `;
  const also = otherTitles.slice(0, 5).map((title) => escapeMarkdown(shortened(title, 200)));
  if (otherTitles.length > also.length) also.push(`and ${otherTitles.length - also.length} more`);
  return [
    `- **${check}**: ${escapeMarkdown(shortened(message, 500))} (${kind}${extentOf(finding)})`,
    `  - ${code(shortened(finding.operationId, 200))}: ${escapeMarkdown(shortened(finding.title, 300))}`,
    ...(also.length > 0 ? [`  - also ${also.join('; ')}`] : []),
    `  - expected ${code(shortened(finding.expected, 400))}, received ${code(shortened(finding.received, 600))}`,
    `  - ${code(`${finding.location.file}:${finding.location.line}`)} at ${code(finding.location.pointer || '/')}`,
    ...(finding.curl ? [`  - ${code(shortened(finding.curl, 1500))}`] : []),
  ].join('\n');
}

function coverageLines({ coverage, raise }: Report): string[] {
  const cells = coverage.map(({ part, exercised, total }) => `${part} ${exercised}/${total}`);
  const more = raise.slice(0, 5).map((way) => `- more would be exercised with ${escapeMarkdown(shortened(way, 200))}`);
  return cells.length > 0 ? ['', `**Coverage:** ${cells.join(' · ')}`, ...(more.length > 0 ? ['', ...more] : [])] : [];
}

function remarks({ notSent, notes, findingsNotKept }: Report): string[] {
  const all = [
    ...notSent.map((cases) => `Not sent: ${cases}`),
    ...notes,
    ...(findingsNotKept > 0 ? [`${count(findingsNotKept, 'further finding')} counted and not listed`] : []),
  ];
  const lines = all.slice(0, maximumRemarks).map((line) => `- ${escapeMarkdown(shortened(line, 500))}`);
  if (all.length > lines.length) lines.push(`- and ${all.length - lines.length} more, in the other reports`);
  return lines.length > 0 ? ['', ...lines] : [];
}

function foot({ tool, seed, requests, duration: time }: Report): string {
  return `<sub>${tool.name} ${escapeMarkdown(tool.version)}, seed ${seed}, ${count(requests, 'request')} in ${duration(time)}</sub>`;
}

/** Text that Markdown, HTML, mentions and references to issues leave as it is. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;');
}

/** A code span that the text cannot end (CommonMark, 6.1), also in a table. */
export function code(text: string): string {
  const safe = visible(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(safe) || safe === '' ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}
