import { type Change, changeKinds, type DiffResult } from '../diff/index.js';
import type { Location } from '../errors.js';
import { shortened, tameJson, visible } from '../text/visible.js';
import type { DiffFormat } from './formats.js';
import { annotationOf, maximumOfEach } from './github.js';
import { code, escapeMarkdown } from './markdown.js';
import { mostOfEachKind, mostResults } from './most.js';
import { sarifLog, sarifPlace, wholeRun } from './sarif.js';
import { count } from './words.js';

/** Nobody reads more operations of one change than these; JSON has all. */
const shownOperations = 5;
/** GitHub refuses a comment of more than 65,536 characters. */
const maximumCharacters = 60_000;

/** What has changed between two documents, as a whole text of the format, without a line feed at its end. */
export function diffReport(format: DiffFormat, result: DiffResult, version: string): string {
  if (format === 'json') return tameJson(result);
  if (format === 'sarif') return sarif(result, version).trimEnd();
  if (format === 'github') return github(result);
  return format === 'markdown' ? markdown(result) : text(result);
}

/** The changes as a person tells them: by operation, what breaks first, in Markdown. */
export function changelogReport(result: DiffResult): string {
  const { old, new: other, changes } = result;
  const operations = new Map<string, Change[]>();
  const { shown, rest } = mostOfEachKind(changes, ({ kind }) => kind, { whole: 'diff --format json' });
  for (const change of shown) {
    // What many operations share is told once.
    const [first = ''] = change.operations;
    const name = change.operations.length > shownOperations ? `${change.operations.length} operations` : first;
    operations.set(name, [...(operations.get(name) ?? []), change]);
  }
  const inOrder = [...operations].sort(([, a], [, b]) => Number(isBreaking(b)) - Number(isBreaking(a)));
  return [
    `## ${escapeMarkdown(other.title)} ${escapeMarkdown(other.version)}`,
    '',
    `Since ${escapeMarkdown(old.version)} (${code(old.name)}): ${verdictOf(result)}.`,
    ...inOrder.flatMap(([name, own]) => ['', `### ${code(name)}`, '', ...own.map(told)]),
    ...rest.flatMap((line) => ['', line]),
  ].join('\n');
}

function told({ breaks, kind, message, operations }: Change): string {
  const also = operations.length > 1 ? ` (${operationsIn(operations)})` : '';
  const mark = breaks ? '**Breaking:** ' : kind === 'deprecated' ? '**Deprecated:** ' : '';
  return `- ${mark}${escapeMarkdown(shortened(message, 500))}${escapeMarkdown(also)}`;
}

function isBreaking(changes: readonly Change[]): boolean {
  return changes.some(({ breaks }) => breaks);
}

function verdictOf({ counts }: DiffResult): string {
  if (counts.breaking + counts.other === 0) return 'nothing has changed that counts';
  const others = counts.other === 0 ? '' : `, ${count(counts.other, 'other change')}`;
  return `${counts.breaking === 0 ? 'no breaking change' : count(counts.breaking, 'breaking change')}${others}`;
}

function operationsIn(operations: readonly string[]): string {
  const shown = operations.slice(0, shownOperations).join(', ');
  const more = operations.length - shownOperations;
  return more > 0 ? `${shown} and ${more.toLocaleString('en')} more` : shown;
}

function placeOf({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

function placesOf({ old, new: other }: Change): string {
  return [old && `old ${placeOf(old)}`, other && `new ${placeOf(other)}`].filter(Boolean).join(', ');
}

/** What shows it, on a line or two. */
function witnessLines({ request, answer, body }: Change): string[] {
  if (request) return [request.curl];
  if (answer) return [`answer ${answer.status}${answer.body === null ? ' without a body' : `: ${answer.body}`}`];
  return body === undefined ? [] : [`body: ${body}`];
}

function text(result: DiffResult): string {
  const { shown, rest } = mostOfEachKind(result.changes, ({ kind }) => kind);
  const lines = shown.flatMap((change) => [
    `${change.breaks ? 'breaking' : 'other   '}  ${shortened(change.message, 2000)} [${change.kind}]`,
    `          ${operationsIn(change.operations)}`,
    ...(placesOf(change) === '' ? [] : [`          ${placesOf(change)}`]),
    ...witnessLines(change).map((line) => `          ${shortened(line, 2000)}`),
  ]);
  const verdict = verdictOf(result);
  return [...lines.map((line) => visible(line)), ...rest, `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`].join(
    '\n',
  );
}

function markdown(result: DiffResult): string {
  const head = `## ${result.counts.breaking > 0 ? '❌' : '✅'} ${verdictOf(result)}`;
  const from = `From ${code(result.old.name)} to ${code(result.new.name)}.`;
  const shown: string[] = [];
  let room = maximumCharacters;
  for (const [index, change] of result.changes.entries()) {
    const lines = [
      `- ${change.breaks ? '**breaking**' : 'other'}: ${escapeMarkdown(shortened(change.message, 500))}`,
      `  - ${code(shortened(operationsIn(change.operations), 400))}`,
      ...(placesOf(change) === '' ? [] : [`  - ${code(placesOf(change))}`]),
      ...witnessLines(change).map((line) => `  - ${code(shortened(line, 1500))}`),
    ].join('\n');
    room -= lines.length + 1;
    if (room < 0) {
      shown.push(`_And ${count(result.changes.length - index, 'change')} more that did not fit._`);
      break;
    }
    shown.push(lines);
  }
  return [head, '', from, ...(shown.length > 0 ? ['', ...shown] : [])].join('\n');
}

/** At the line of the new document, or of the old one where the new one says nothing. */
function locationOf({ old, new: other }: Change): Location | null {
  return other ?? old;
}

function sarif({ changes, new: side }: DiffResult, version: string): string {
  const kinds = Object.entries(changeKinds);
  const { shown, rest } = mostOfEachKind(changes, ({ kind }) => kind, { most: mostResults });
  const results = shown.map((change) => {
    const location = locationOf(change);
    const lines = [change.message, operationsIn(change.operations), placesOf(change), ...witnessLines(change)];
    return {
      ruleId: change.kind,
      ruleIndex: kinds.findIndex(([id]) => id === change.kind),
      level: change.breaks ? 'error' : 'note',
      message: { text: lines.map((line) => visible(shortened(line, 2000))).join('\n') },
      locations: location ? [{ physicalLocation: sarifPlace(location) }] : [],
    };
  });
  const rules = kinds.map(([id, { summary }]) => ({ id, summary }));
  const tool = { name: 'counterproof diff', version };
  return sarifLog({ tool, rules, document: side.name, results, invocation: wholeRun(rest) });
}

/** Workflow commands that put changes at lines, one a line; of each kind as many as GitHub shows. */
function github({ changes }: DiffResult): string {
  const [breaking, others] = [true, false].map((breaks) => changes.filter((change) => change.breaks === breaks));
  return [...(breaking ?? []).slice(0, maximumOfEach), ...(others ?? []).slice(0, maximumOfEach)]
    .map((change) =>
      annotationOf({
        command: change.breaks ? 'error' : 'notice',
        location: locationOf(change),
        title: `counterproof ${change.kind}`,
        lines: [change.message, operationsIn(change.operations), ...witnessLines(change)],
      }),
    )
    .join('\n');
}
