import { extentOf, type FindingGroup } from './grouping.js';
import type { Report, Row, Text } from './report.js';
import { count, duration, shortened, visible } from './words.js';

/** GitHub refuses a comment of more than 65,536 characters. */
const maximumBytes = 60_000;
const maximumRows = 40;
const maximumFolded = 160;
const maximumRemarks = 20;

const signs = { kept: '✅', broken: '❌', incomplete: '⚠️', 'not-sent': '➖' } as const;

/** A comment for a pull request. What does not fit is left out, and that is said. */
export function markdown(report: Report): string {
  const begin = [...head(report), '', ...table(report)];
  const end = [...coverageLines(report), ...remarks(report), '', foot(report)];
  const encoder = new TextEncoder();
  let room = maximumBytes - encoder.encode([...begin, ...end].join('\n')).length - 200;
  const shown: string[] = [];
  for (const [index, group] of report.groups.entries()) {
    const text = findingText(group);
    room -= encoder.encode(text).length + 2;
    if (room < 0) {
      shown.push(
        `_And ${count(report.groups.length - index, 'finding')} more that did not fit: see the other reports._`,
      );
      break;
    }
    shown.push(text);
  }
  const findings = shown.length > 0 ? ['', '### Findings', '', shown.join('\n\n')] : [];
  return `${[...begin, ...findings, ...end].join('\n')}\n`;
}

function head({ outcome, verdict, title, document, target }: Report): string[] {
  return [
    `## ${signs[outcome]} ${escapeMarkdown(verdict)}`,
    '',
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

function findingText(group: FindingGroup): string {
  const { example, check, message, otherTitles, severity } = group;
  const kind = severity === 'violation' ? '' : `${severity}, `;
  const also = otherTitles.slice(0, 5).map((title) => escapeMarkdown(shortened(title, 200)));
  if (otherTitles.length > also.length) also.push(`and ${otherTitles.length - also.length} more`);
  return [
    `- **${check}**: ${escapeMarkdown(shortened(message, 500))} (${kind}${extentOf(group)})`,
    `  - ${code(shortened(example.operationId, 200))}: ${escapeMarkdown(shortened(example.title, 300))}`,
    ...(also.length > 0 ? [`  - also ${also.join('; ')}`] : []),
    `  - expected ${code(shortened(example.expected, 400))}, received ${code(shortened(example.received, 600))}`,
    `  - ${code(`${example.location.file}:${example.location.line}`)} at ${code(example.location.pointer || '/')}`,
    ...(example.curl ? [`  - ${code(shortened(example.curl, 1500))}`] : []),
  ].join('\n');
}

function coverageLines({ coverage }: Report): string[] {
  const cells = coverage.map(({ part, exercised, total }) => `${part} ${exercised}/${total}`);
  return cells.length > 0 ? ['', `**Coverage:** ${cells.join(' · ')}`] : [];
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
function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;');
}

/** A code span that the text cannot end (CommonMark, 6.1), also in a table. */
function code(text: string): string {
  const safe = visible(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(safe) || safe === '' ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}
