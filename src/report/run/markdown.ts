import type { RunResult } from '../../contract/run/result.js';
import { extentOf, type FindingGroup, groupFindings } from './grouping.js';
import { count, coverageParts, duration, shortened, verdictLine, visible } from './words.js';

/** GitHub refuses a comment of more than 65,536 characters. */
const mostBytes = 60_000;
const mostOperations = 40;

/** A comment for a pull request. What does not fit is left out, and that is said. */
export function markdown(result: RunResult): string {
  const begin = [...head(result), '', ...operationTable(result)];
  const end = ['', ...coverageLines(result), ...remarks(result), '', foot(result)];
  const groups = groupFindings(result);
  const encoder = new TextEncoder();
  let room = mostBytes - encoder.encode([...begin, ...end].join('\n')).length - 200;
  const shown: string[] = [];
  for (const [index, group] of groups.entries()) {
    const text = findingText(group);
    room -= encoder.encode(text).length + 2;
    if (room < 0) {
      shown.push(`_And ${count(groups.length - index, 'finding')} more that did not fit: see the other reports._`);
      break;
    }
    shown.push(text);
  }
  const findings = shown.length > 0 ? ['', '### Findings', '', shown.join('\n\n')] : [];
  return `${[...begin, ...findings, ...end].join('\n')}\n`;
}

function head(result: RunResult): string[] {
  const sign = { kept: '✅', broken: '❌', incomplete: '⚠️' }[result.verdict];
  const { document, target } = result;
  return [
    `## ${sign} ${escapeMarkdown(verdictLine(result))}`,
    '',
    `Contract of **${escapeMarkdown(`${document.title} ${document.version}`.trim())}** (${code(document.name)}) against ${code(target)}.`,
  ];
}

function operationTable(result: RunResult): string[] {
  const inOrder = [...result.operations].sort((a, b) => Number(b.state === 'broken') - Number(a.state === 'broken'));
  const shown = inOrder.slice(0, mostOperations);
  const rows = shown.map((operation) => {
    const { method, path, state, cases, violations } = operation;
    const sign = { kept: '✅', broken: '❌', 'not-sent': '➖' }[state];
    const broken = Object.entries(violations).map(([check, number]) => `${check} × ${number}`);
    return `| ${sign} | ${code(shortened(`${method} ${path}`, 120))} | ${cases} | ${broken.join(', ')} |`;
  });
  const rest = inOrder.length - shown.length;
  return [
    '| | operation | cases | broken by |',
    '| --- | --- | ---: | --- |',
    ...rows,
    ...(rest > 0 ? [`| | and ${count(rest, 'more operation')} | | |`] : []),
  ];
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

function coverageLines({ coverage }: RunResult): string[] {
  const cells = Object.entries(coverageParts).map(([part, words]) => {
    const { exercised, total } = coverage[part as keyof typeof coverageParts];
    return `${words} ${exercised}/${total}`;
  });
  return [`**Coverage:** ${cells.join(' · ')}`];
}

function remarks(result: RunResult): string[] {
  const lines = [
    ...result.notSent.map(({ count: number, message }) => `${count(number, 'case')} not sent: they ${message}`),
    ...result.notes,
    ...(result.findingsNotKept > 0
      ? [`${count(result.findingsNotKept, 'further finding')} counted and not listed`]
      : []),
  ];
  return lines.length > 0 ? ['', ...lines.slice(0, 20).map((line) => `- ${escapeMarkdown(shortened(line, 500))}`)] : [];
}

function foot(result: RunResult): string {
  return `<sub>counterproof ${escapeMarkdown(result.tool.version)}, seed ${result.seed}, ${count(result.counts.requests, 'request')} in ${duration(result.duration)}</sub>`;
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
