import type { ReportPaint } from '../../contract/index.js';
import { shortened, visible } from '../run/words.js';
import type { ProofResult } from './result.js';
import { effort, fateOf, isProven, survivors, trialName, verdict } from './words.js';

const mostListed = 25;

/** The kill matrix, one line a fault, then what went wrong, then the verdict. */
export function terminal(result: ProofResult, paint: ReportPaint): string {
  const { document } = result;
  const name = visible([document.title, document.version].filter(Boolean).join(' '));
  return [
    `${paint.bold(name || document.name)}, ${document.name}`,
    '',
    ...matrix(result, paint),
    '',
    ...trouble(result, paint),
    ...result.unusable.map(({ operationId, reason }) =>
      paint.yellow(`Not tried: ${visible(operationId)}: ${shortened(visible(reason), 120)}`),
    ),
    `${paint.dim(effort(result))}`,
    (isProven(result) ? paint.green : paint.red)(paint.bold(verdict(result))),
  ].join('\n');
}

function matrix(result: ProofResult, paint: ReportPaint): string[] {
  const shown = result.faults.filter(({ killed, survived }) => killed + survived > 0);
  const left = result.faults.filter(({ killed, survived }) => killed + survived === 0);
  const width = Math.max(...result.faults.map(({ id }) => id.length), 0);
  const lines: string[] = [];
  let family = '';
  for (const fault of shown) {
    if (fault.family !== family) lines.push(paint.bold(fault.family));
    family = fault.family;
    const mark = fault.survived === 0 ? paint.green('✓') : paint.red('✗');
    const share = `${fault.killed}/${fault.killed + fault.survived}`.padStart(7);
    lines.push(`  ${mark} ${fault.id.padEnd(width)} ${share}  ${paint.dim(shortened(fateOf(result, fault), 110))}`);
  }
  if (left.length > 0) lines.push('', paint.bold('does not apply'));
  for (const fault of left)
    lines.push(paint.dim(`  · ${fault.id.padEnd(width)}  ${shortened(fateOf(result, fault), 110)}`));
  return lines;
}

function trouble(result: ProofResult, paint: ReportPaint): string[] {
  const lost = survivors(result);
  const { falseAlarms } = result;
  const lines = [
    ...lost.slice(0, mostListed).map((trial) => {
      const example = trial.outcome.kind === 'survived' ? trial.outcome.example : '';
      return `${paint.red('Survived:')} ${trialName(trial)}, such as in the answer to ${visible(example)}`;
    }),
    ...falseAlarms.slice(0, mostListed).map(({ variant, operationId, check, title, message }) => {
      const what = variant ?? 'the mock as it is';
      return `${paint.red('False alarm:')} ${check} accuses ${what} in ${visible(operationId)}: ${visible(message)} (${visible(title)})`;
    }),
  ];
  const more = Math.max(0, lost.length - mostListed) + Math.max(0, falseAlarms.length - mostListed);
  if (more > 0) lines.push(`… and ${more} more: --report json=FILE has all of them`);
  return lines.length > 0 ? [...lines, ''] : [];
}
