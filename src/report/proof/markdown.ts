import { shortened, visible } from '../run/words.js';
import type { ProofResult } from './result.js';
import { effort, fateOf, survivors, trialName, verdict } from './words.js';

const most = 50;

/** The kill matrix as Markdown, for a pull request. */
export function markdown(result: ProofResult): string {
  const lines = [
    `## ${cell(verdict(result))}`,
    '',
    `\`${visible(result.document.name)}\`: ${effort(result)}`,
    '',
    ...list('Survived', survivors(result).map(trialName)),
    ...list(
      'False alarms',
      result.falseAlarms.map(({ variant, operationId, check, message }) =>
        visible(`${check} accuses ${variant ?? 'the mock as it is'} in ${operationId}: ${message}`),
      ),
    ),
    '<details><summary>All faults</summary>',
    '',
    '| fault | caught | survived | does not apply | how |',
    '| --- | ---: | ---: | ---: | --- |',
    ...result.faults.map((fault) => {
      const { id, killed, survived, notApplicable } = fault;
      return `| ${id} | ${killed} | ${survived} | ${notApplicable} | ${cell(shortened(fateOf(result, fault), 160))} |`;
    }),
    '',
    '</details>',
  ];
  return `${lines.join('\n')}\n`;
}

function list(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, most).map((item) => `- ${cell(item)}`);
  const rest = items.length > most ? [`- … and ${items.length - most} more`] : [];
  return [`### ${title} (${items.length})`, '', ...shown, ...rest, ''];
}

/** Text that means nothing to Markdown. */
function cell(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}
