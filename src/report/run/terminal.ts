import type { OperationResult, RunResult } from '../../contract/run/result.js';
import { extentOf, type FindingGroup, groupFindings } from './grouping.js';
import { count, coverageParts, duration, headline, shortened, verdictLine, visible } from './words.js';

/** Colours, or functions that leave text as it is. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const asItIs = (text: string) => text;

/** No colours. */
export const plainPaint: Paint = { bold: asItIs, dim: asItIs, red: asItIs, green: asItIs, yellow: asItIs };

const mostOperations = 20;
const mostGroups = 8;
const mostTitles = 3;
const mostNever = 6;

/** What a person reads in ten seconds: operations and what broke them, findings grouped, coverage, the verdict. */
export function terminal(result: RunResult, paint: Paint): string {
  const blocks = [
    [paint.bold(headline(result))],
    operationLines(result, paint),
    findingLines(result, paint),
    coverageLines(result, paint),
    remarkLines(result, paint),
    [lastLine(result, paint)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The table of operations and checks: one row each, and where there are many only those that are not well. */
function operationLines(result: RunResult, paint: Paint): string[] {
  const unwell = result.operations.filter(({ state }) => state !== 'kept');
  const few = result.operations.length <= mostOperations;
  const shown = (few ? result.operations : unwell).slice(0, mostOperations);
  const width = Math.max(0, ...shown.map((operation) => Math.min(60, nameOf(operation).length)));
  const lines = shown.map((operation) => operationLine(operation, width, paint));
  const rest = result.operations.length - shown.length;
  if (rest > 0) {
    const kept = result.operations.filter(({ state }) => state === 'kept').length;
    lines.push(paint.dim(`  … and ${count(rest, 'more operation')}; ${kept.toLocaleString('en')} of all are kept`));
  }
  const checks = result.checks.map(({ id, violations, exchanges }) => {
    if (violations > 0) return paint.red(`✗ ${id} ${violations}`);
    return exchanges > 0 ? paint.dim(`✓ ${id}`) : paint.yellow(`– ${id}`);
  });
  return [
    ...lines,
    '',
    ...wrapped(
      checks,
      result.checks.map(({ id }) => id.length + 4),
    ),
  ];
}

function operationLine(operation: OperationResult, width: number, paint: Paint): string {
  const { state, cases, violations, problem } = operation;
  const name = visible(shortened(nameOf(operation), 60)).padEnd(width);
  const sent = `${String(cases).padStart(5)} ${cases === 1 ? 'case ' : 'cases'}`;
  if (state === 'kept') return `  ${paint.green('✓')} ${name} ${paint.dim(sent)}`;
  if (state === 'not-sent')
    return `  ${paint.yellow('–')} ${name} ${paint.dim(problem === null ? 'not sent' : 'cannot be used')}`;
  const broken = Object.entries(violations).map(([check, number]) => `${check} ${number}`);
  return `  ${paint.red('✗')} ${name} ${paint.dim(sent)}  ${paint.red(broken.join(' · '))}`;
}

function nameOf({ method, path }: OperationResult): string {
  return `${method} ${path}`;
}

/** Words on lines of at most 100 columns; their widths are given apart, since colours take none. */
function wrapped(words: readonly string[], widths: readonly number[]): string[] {
  const lines: string[] = [];
  let line = ' ';
  let column = 1;
  for (const [index, word] of words.entries()) {
    const width = (widths[index] ?? 0) + 1;
    if (column + width > 100) {
      lines.push(line);
      line = ' ';
      column = 1;
    }
    line += ` ${word}`;
    column += width;
  }
  return [...lines, line];
}

function findingLines(result: RunResult, paint: Paint): string[] {
  const groups = groupFindings(result);
  const shown = groups.filter(({ severity }) => severity !== 'information').slice(0, mostGroups);
  const lines = shown.flatMap((group) => groupLines(group, paint));
  const rest = groups.filter(({ severity }) => severity !== 'information').length - shown.length;
  if (rest > 0) lines.push(paint.dim(`… and ${count(rest, 'more finding')}: --report html=report.html has them`));
  const information = groups.filter(({ severity }) => severity === 'information');
  for (const { check, message, operationIds, example } of information.slice(0, mostNever)) {
    const where = operationIds.length > 1 ? count(operationIds.length, 'operation') : example.operationId;
    lines.push(paint.dim(`· ${check}: ${visible(message)} (${visible(where)})`));
  }
  if (information.length > mostNever) lines.push(paint.dim(`· … and ${information.length - mostNever} more remarks`));
  return lines;
}

function groupLines(group: FindingGroup, paint: Paint): string[] {
  const { check, severity, message, example, otherTitles } = group;
  const color = severity === 'violation' ? paint.red : paint.yellow;
  const sign = color(`${severity === 'violation' ? '✗' : '!'} ${check}`);
  const { file, line, column, pointer } = example.location;
  const others = otherTitles.slice(0, mostTitles).map((title) => shortened(title, 80));
  const rest = otherTitles.length - others.length;
  return [
    `${sign}  ${visible(shortened(message, 300))} ${paint.dim(`(${extentOf(group)})`)}`,
    `    ${visible(shortened(example.operationId, 100))}: ${visible(shortened(example.title, 160))} ${paint.dim(`[${example.caseId}]`)}`,
    `    expected ${visible(shortened(example.expected, 240))}`,
    `    received ${visible(shortened(example.received, 240))}`,
    ...(others.length > 0
      ? [paint.dim(`    also ${visible(others.join('; '))}${rest > 0 ? `; and ${rest} more` : ''}`)]
      : []),
    paint.dim(`    ${visible(`${file}:${line}:${column} ${pointer}`)}`),
    ...(example.curl ? [paint.dim(`    ${visible(shortened(example.curl, 600))}`)] : []),
  ];
}

function coverageLines({ coverage, undeclaredStatuses }: RunResult, paint: Paint): string[] {
  const parts = Object.entries(coverageParts).map(([part, words]) => {
    const { exercised, total } = coverage[part as keyof typeof coverageParts];
    return `${words} ${exercised}/${total}`;
  });
  const never = Object.entries(coverageParts).flatMap(([part, words]) => {
    const { never, exercised, total } = coverage[part as keyof typeof coverageParts];
    if (never.length === 0) return [];
    const listed = never.slice(0, mostNever).map((name) => visible(shortened(name, 90)));
    const rest = total - exercised - listed.length;
    return [`  never, ${words}: ${listed.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`];
  });
  const statuses = [...new Set(undeclaredStatuses.map(({ status }) => status))].sort((a, b) => a - b);
  const undeclared = statuses.map((status) => {
    const rows = undeclaredStatuses.filter((row) => row.status === status);
    return `${status} on ${count(rows.length, 'operation')}`;
  });
  return [
    `Exercised: ${parts.join(' · ')}`,
    ...never.map((line) => paint.dim(line)),
    ...(undeclared.length > 0 ? [`Undeclared statuses met: ${undeclared.join(', ')}`] : []),
  ];
}

function remarkLines(result: RunResult, paint: Paint): string[] {
  return [
    ...result.notSent.map(({ count: number, message }) => `Not sent: ${count(number, 'case')} that ${message}`),
    ...result.notes.slice(0, 10).map((note) => `Note: ${visible(shortened(note, 400))}`),
    ...(result.notes.length > 10 ? [`Note: and ${result.notes.length - 10} more, in the reports`] : []),
  ].map((line) => paint.yellow(line));
}

function lastLine(result: RunResult, paint: Paint): string {
  const { counts } = result;
  const color = { kept: paint.green, broken: paint.red, incomplete: paint.yellow }[result.verdict];
  const again = counts.sentAgain > 0 ? `, ${counts.sentAgain.toLocaleString('en')} of them sent again` : '';
  return `${color(paint.bold(verdictLine(result)))} ${paint.dim(`(${count(counts.requests, 'request')} in ${duration(result.duration)}${again})`)}`;
}
