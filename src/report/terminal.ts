import type { RunFinding } from '../contract/run/result.js';
import { addAll, greatest } from '../text/many.js';
import { shortened, visible } from '../text/visible.js';
import { wrapped } from '../text/wrapped.js';
import type { Paint } from './paint.js';
import type { Report, Row } from './report.js';
import { count, extentOf } from './words.js';

/** Under one heading; where there are more rows, only those that are not well. */
const maximumRows = 20;
const maximumFindings = 8;
const maximumTitles = 3;
const maximumNever = 6;
const maximumNotes = 10;
const widest = 100;
const barWidth = 20;

/** What a person reads in ten seconds: what was looked at and what broke it, findings, coverage, the verdict. */
export function terminal(report: Report, paint: Paint, columns = Number.POSITIVE_INFINITY): string {
  const { headline, rows } = report;
  const width = Math.min(columns, widest);
  // Where nobody sits a sentence stays on its line, so that it is found by its words.
  const told: Told = { report, paint, width: Number.isFinite(columns) ? width : columns };
  const blocks = [
    [paint.bold(headline)],
    report.mistakes.flatMap((mistake) =>
      wrapped(visible(mistake), told.width, '  ', '! ').map((line) => paint.yellow(paint.bold(line))),
    ),
    [...rowLines(rows, paint, columns), ...checkLines(report, paint, width)],
    findingLines(told),
    coverageLines(told),
    remarkLines(told),
    [lastLine(report, paint, columns)],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A report, and how its sentences are written. */
interface Told {
  readonly report: Report;
  readonly paint: Paint;
  /** How wide a sentence may be; Infinity for one line each. */
  readonly width: number;
}

/** One line each, below their headings. */
function rowLines(rows: readonly Row[], paint: Paint, columns: number): string[] {
  const few = rows.length <= maximumRows || rows.some(({ heading }) => heading !== '');
  const shown = few ? rows : rows.filter(({ state }) => state !== 'kept').slice(0, maximumRows);
  const width = greatest(shown.map(({ name }) => visible(name).length));
  const lines = shown.flatMap((row, index) => {
    const line = rowLine(row, width, paint, columns);
    return row.heading === (shown[index - 1]?.heading ?? '') ? [line] : [paint.bold(row.heading), line];
  });
  const rest = rows.length - shown.length;
  if (rest === 0) return lines;
  const kept = rows.filter(({ state }) => state === 'kept').length;
  const more = `${count(rest, 'more operation')}; ${kept.toLocaleString('en')} of all are kept`;
  return [...lines, paint.dim(`  … and ${more}`)];
}

function rowLine({ state, name, amount, note }: Row, width: number, paint: Paint, columns: number): string {
  const start = `${visible(name).padEnd(width)} `;
  // A note that says what is broken is shown whole; any other gives way to the width of the terminal.
  const room = state === 'broken' ? 300 : Math.min(110, Math.max(24, columns - start.length - amount.length - 6));
  const text = visible(shortened(note, room));
  if (state === 'not-sent') return `  ${paint.yellow('–')} ${start}${paint.dim(text)}`;
  if (state === 'not-exercised') return `  ${paint.yellow('○')} ${start}${paint.dim(`${amount}  ${text}`)}`;
  const [sign, color] = state === 'broken' ? [paint.red('✗'), paint.red] : [paint.green('✓'), paint.dim];
  return `  ${sign} ${start}${paint.dim(amount)}${text === '' ? '' : `  ${color(text)}`}`;
}

function checkLines({ checks }: Report, paint: Paint, width: number): string[] {
  if (checks.length === 0) return [];
  const words = checks.map(({ id, state, violations }) => {
    if (state === 'broken') return { text: `✗ ${id} ${violations}`, color: paint.red };
    if (state === 'not-exercised') return { text: `○ ${id}`, color: paint.yellow };
    return state === 'kept' ? { text: `✓ ${id}`, color: paint.dim } : { text: `– ${id}`, color: paint.yellow };
  });
  return ['', ...wordLines(words, width)];
}

/** Words on lines of so many columns; colours take none. */
function wordLines(words: readonly { text: string; color: (text: string) => string }[], width: number): string[] {
  const lines: string[] = [];
  let line = ' ';
  let column = 1;
  for (const { text, color } of words) {
    if (column + text.length + 1 > width) {
      lines.push(line);
      line = ' ';
      column = 1;
    }
    line += ` ${color(text)}`;
    column += text.length + 1;
  }
  return [...lines, line];
}

function findingLines(told: Told): string[] {
  const { report, paint, width } = told;
  const { findings } = report;
  const information = findings.filter(({ severity }) => severity === 'information');
  const serious = findings.filter(({ severity }) => severity !== 'information');
  const lines = serious.slice(0, maximumFindings).flatMap((finding) => linesOf(finding, told));
  const rest = serious.length - maximumFindings;
  if (rest > 0) lines.push(paint.dim(`… and ${count(rest, 'more finding')}: --report html=report.html has them`));
  for (const { check, message, operations, operationId } of information.slice(0, maximumNever)) {
    const where = operations.length > 1 ? count(operations.length, 'operation') : operationId;
    addAll(lines, wrapped(`${check}: ${visible(message)} (${visible(where)})`, width, '  ', '· ').map(paint.dim));
  }
  const more = information.length - maximumNever;
  return more > 0 ? [...lines, paint.dim(`· … and ${more} more remarks`)] : lines;
}

function linesOf(finding: RunFinding, { paint, width }: Told): string[] {
  const { check, severity, message, otherTitles } = finding;
  const [sign, color] = severity === 'violation' ? ['✗', paint.red] : ['!', paint.yellow];
  const head = `${sign} ${check}  `;
  const title = `${visible(shortened(message, 300))} (${extentOf(finding)})`;
  const [first = '', ...more] = wrapped(title, width, '    ', head);
  const { file, line, column, pointer } = finding.location;
  const others = otherTitles.slice(0, maximumTitles).map((title) => shortened(title, 80));
  const rest = otherTitles.length - others.length;
  const also = `also ${others.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
  const id = finding.caseId === '' ? '' : ` [${finding.caseId}]`;
  const below = (text: string) => wrapped(visible(text), width, '      ', '    ');
  return [
    color(head.trimEnd()) + first.slice(head.length - 2),
    ...more,
    ...below(`${shortened(finding.operationId, 100)}: ${shortened(finding.title, 160)}${id}`),
    ...below(`expected ${shortened(finding.expected, 240)}`),
    ...below(`received ${shortened(finding.received, 240)}`),
    ...(others.length > 0 ? below(also).map(paint.dim) : []),
    paint.dim(`    ${visible(`${file}:${line}:${column} ${pointer}`)}`),
    ...(finding.curl ? [paint.dim(`    ${visible(shortened(finding.curl, 600))}`)] : []),
  ];
}

function coverageLines({ report, paint, width }: Told): string[] {
  const { coverage, undeclaredStatuses, raise } = report;
  if (coverage.length === 0) return [];
  const widths = greatest(coverage.map(({ part }) => part.length));
  const parts = coverage.map(({ part, exercised, total }) => {
    const share = exercised / total;
    // Rounded down, so that nothing short of all is shown as all.
    const full = Math.floor(barWidth * share);
    const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
    return `  ${part.padEnd(widths)} ${bar} ${String(Math.floor(100 * share)).padStart(3)} % (${exercised}/${total})`;
  });
  const never = coverage.flatMap(({ part, exercised, total, never: names }) => {
    if (names.length === 0) return [];
    const listed = names.slice(0, maximumNever).map((name) => visible(shortened(name, 90)));
    const rest = total - exercised - listed.length;
    const all = `never, ${part}: ${listed.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
    return wrapped(all, width, '    ', '  ');
  });
  const statuses = [...new Set(undeclaredStatuses.map(({ status }) => status))].sort((a, b) => a - b);
  const undeclared = statuses.map((status) => {
    const rows = undeclaredStatuses.filter((row) => row.status === status);
    return `${status} on ${count(rows.length, 'operation')}`;
  });
  return [
    'Exercised:',
    ...parts,
    ...never.map((line) => paint.dim(line)),
    ...raise
      .slice(0, maximumNever)
      .flatMap((way) => wrapped(`more with ${visible(shortened(way, 200))}`, width, '    ', '  ')),
    ...(undeclared.length > 0 ? wrapped(`Undeclared statuses met: ${undeclared.join(', ')}`, width, '  ', '') : []),
  ];
}

function remarkLines({ report, paint, width }: Told): string[] {
  const { notSent, notes } = report;
  return [
    ...notSent.map((cases) => `Not sent: ${cases}`),
    ...notes.slice(0, maximumNotes).map((note) => `Note: ${visible(shortened(note, 400))}`),
    ...(notes.length > maximumNotes ? [`Note: and ${notes.length - maximumNotes} more, in the reports`] : []),
  ].flatMap((note) => wrapped(note, width, '  ', '').map(paint.yellow));
}

/** Two lines where the terminal is too narrow for one. */
function lastLine({ outcome, verdict, effort }: Report, paint: Paint, columns: number): string {
  const color = { kept: paint.green, broken: paint.red, incomplete: paint.yellow }[outcome];
  const end = verdict.length + effort.length + 3 > columns ? `\n${effort}` : ` (${effort})`;
  return `${color(paint.bold(verdict))}${paint.dim(end)}`;
}
