import { extentOf, type FindingGroup } from './grouping.js';
import type { Report } from './report.js';
import { count, duration, shortened, visible } from './words.js';

/** GitHub refuses a comment of more than 65,536 characters. */
const maximumBytes = 60_000;
const maximumRows = 40;
const maximumRemarks = 20;

const signs = { kept: '✅', broken: '❌', incomplete: '⚠️', 'not-sent': '➖' } as const;

/** A comment for a pull request. What does not fit is left out, and that is said. */
export function markdown(report: Report): string {
  const begin = [...head(report), '', ...table(report)];
  const end = ['', ...coverageLines(report), ...remarks(report), '', foot(report)];
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
    `Contract of **${escapeMarkdown(title)}** (${code(document)}) against ${code(target)}.`,
  ];
}

function table({ columns, rows }: Report): string[] {
  const isShown = (index: number) => columns[index]?.isWide !== true;
  const inOrder = [...rows].sort((a, b) => Number(b.state === 'broken') - Number(a.state === 'broken'));
  const lines = inOrder.slice(0, maximumRows).map(({ state, cells }) => {
    const texts = cells.filter((_, index) => isShown(index)).map(cellText);
    return `| ${signs[state]} | ${texts.join(' | ')} |`;
  });
  const shown = columns.filter((_, index) => isShown(index));
  const rest = rows.length - lines.length;
  return [
    `| | ${shown.map(({ name }) => name).join(' | ')} |`,
    `| --- | ${shown.map(({ isNumber }) => (isNumber ? '---:' : '---')).join(' | ')} |`,
    ...lines,
    ...(rest > 0 ? [`| | and ${count(rest, `more ${shown[0]?.name}`)} |${' |'.repeat(shown.length - 1)}`] : []),
  ];
}

function cellText(cell: Report['rows'][number]['cells'][number]): string {
  return typeof cell === 'object' ? code(shortened(cell.code, 120)) : escapeMarkdown(shortened(String(cell), 160));
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
  return cells.length > 0 ? [`**Coverage:** ${cells.join(' · ')}`] : [];
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
